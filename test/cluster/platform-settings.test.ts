import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { platformSettings } from '../../src/mirror/platform-settings/platform-settings';
import type { SettingStep } from '../../src/mirror/platform-settings/step';
import { resolvePaths } from '../../src/mirror/platforms';
import type { Platform } from '../../src/mirror/props/containerd-props';
import { attempt, type Outcome } from './run';

/** What containerd says about images. */
interface ImageSettings {
  readonly discard_unpacked_layers: boolean;
  readonly use_local_image_pull: boolean;
  readonly registry: { readonly config_path: string };
}

/** A table of TOML. */
interface Table {
  readonly [key: string]: unknown;
}

/** The package has types for ECMAScript modules alone. */
const { parse, stringify } = require('smol-toml') as { parse(text: string): Table; stringify(table: Table): string };

const LIST = '/etc/containerd/certs.d:/etc/docker/certs.d';

/** A main file with the wrong value for both settings, and a runtime that must stay. */
const main = (version: 2 | 3 | 4, { list = true, discard = true, local = false } = {}) =>
  version === 2
    ? [
        'version = 2',
        '[plugins."io.containerd.grpc.v1.cri".containerd]',
        `discard_unpacked_layers = ${discard}`,
        '[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]',
        'SystemdCgroup = true',
        ...(list ? ['[plugins."io.containerd.grpc.v1.cri".registry]', `config_path = "${LIST}"`] : []),
      ].join('\n')
    : [
        `version = ${version}`,
        '[plugins."io.containerd.cri.v1.images"]',
        `discard_unpacked_layers = ${discard}`,
        `use_local_image_pull = ${local}`,
        ...(list ? ['[plugins."io.containerd.cri.v1.images".registry]', `config_path = "${LIST}"`] : []),
        '[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]',
        'SystemdCgroup = true',
      ].join('\n');

let folder: string;
let binary: string;

beforeAll(() => {
  binary = process.env.CONTAINERD ?? '';
  if (binary === '')
    throw new Error(
      'CONTAINERD is not set: the path of a containerd of version 2, whose `config dump` reads files of ours',
    );
  folder = mkdtempSync(join(tmpdir(), 'platform-settings-'));
});

afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

/** What containerd makes of a main file and of drop-ins in a folder beside it. */
async function dump(text: string, dropIns: { readonly [name: string]: string } = {}): Promise<Outcome> {
  const place = mkdtempSync(join(folder, 'node-'));
  mkdirSync(join(place, 'conf.d'));
  for (const [name, drop] of Object.entries(dropIns)) writeFileSync(join(place, 'conf.d', name), drop);
  writeFileSync(join(place, 'config.toml'), text.replace('/etc/containerd/conf.d', join(place, 'conf.d')));
  return attempt([binary, '-c', join(place, 'config.toml'), 'config', 'dump']);
}

/** The settings in force, when containerd takes the files. */
async function inForce(text: string, dropIns?: { readonly [name: string]: string }): Promise<ImageSettings> {
  const { code, stdout, stderr } = await dump(text, dropIns);
  if (code !== 0) throw new Error(`containerd refuses the file:\n${stderr}\n${text}`);
  expect(stdout).toContain('SystemdCgroup = true');
  return (parse(stdout).plugins as Table)['io.containerd.cri.v1.images'] as ImageSettings;
}

/** Tables of a file under those of another, as kind, nodeadm and Talos merge them: RFC 7396. */
function merged(under: Table, over: Table): Table {
  const isTable = (value: unknown): value is Table =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = Object.entries(over).map(([key, value]) => {
    const below = under[key];
    return [key, isTable(below) && isTable(value) ? merged(below, value) : value];
  });
  return { ...under, ...Object.fromEntries(entries) };
}

const merge = (under: string, over: string) => stringify(merged(parse(under), parse(over)));

function stepOf(platform: Platform, version: string, find: (step: SettingStep) => boolean): SettingStep {
  const step = platformSettings(platform, version).steps.find(find);
  if (step === undefined) throw new Error(`${platform} has no such step`);
  return step;
}

/** The TOML in a YAML file: the value of its only text of several lines. */
function tomlIn({ text }: SettingStep): string {
  const yaml = text.replace(/^MIME-Version(?:.*\n)*?---\n/, '').replace(/\n--BOUNDARY--$/, '');
  const found: string[] = [];
  JSON.stringify(parseAllDocuments(yaml).at(-1)?.toJS(), (_, value) => {
    if (typeof value === 'string' && value.includes('\n')) found.push(value);
    return value;
  });
  expect(found).toHaveLength(1);
  return found[0] ?? '';
}

const good = (platform: Platform, local = false) =>
  expect.objectContaining({
    discard_unpacked_layers: false,
    use_local_image_pull: local,
    registry: expect.objectContaining({ config_path: resolvePaths(platform).registryConfig }),
  });

describe('a drop-in for containerd 2', () => {
  const imports = stepOf('containerd', '2.4.2', ({ text }) => text.startsWith('imports')).text;
  const dropIn = stepOf('containerd', '2.4.2', ({ file }) => file.includes('/conf.d/')).text;

  it.each([3, 4] as const)('overrules a main file of version %d', async (version) => {
    expect(await inForce(`${imports}\n${main(version)}`)).not.toEqual(good('containerd'));
    expect(await inForce(`${imports}\n${main(version)}`, { 'secure-mirror.toml': dropIn })).toEqual(good('containerd'));
  });

  it('is read only with the line in the main file', async () => {
    expect(await inForce(main(3), { 'secure-mirror.toml': dropIn })).not.toEqual(good('containerd'));
  });

  it.each(['k3s', 'rke2'] as const)('does the same for %s, and leaves its way to pull', async (platform) => {
    const { text } = stepOf(platform, '2.2.3', ({ file }) => file.includes('/config-v3.toml.d/'));
    const settings = await inForce(`${imports}\n${main(3, { local: true })}`, { 'secure-mirror.toml': text });
    expect(settings).toEqual(good(platform, true));
  });

  it('does the same for k0s', async () => {
    const { text } = stepOf('k0s', '2.3.4', ({ containerd }) => containerd === 2);
    expect(await inForce(`${imports}\n${main(3)}`, { 'secure-mirror.toml': text })).toEqual(good('k0s'));
  });
});

describe('the main file', () => {
  const { text } = stepOf('containerd', '2.4.2', ({ when }) => when === 'The same without a drop-in');
  const bare = '[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]\nSystemdCgroup = true';

  it.each([3, 4])('of version %d takes the tables', async (version) => {
    expect(await inForce(`version = ${version}\n${bare}\n${text}`)).toEqual(good('containerd'));
  });

  it('may have no table twice', async () => {
    const { code, stderr } = await dump(`${main(3)}\n${text}`);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/table .* already exists/);
  });

  it('of version 2 takes the keys of its text', async () => {
    const { text } = stepOf('containerd', '2.4.2', ({ mainFile }) => mainFile === 2);
    expect(await inForce(merge(main(2), text))).toEqual(good('containerd'));
  });
});

describe('what a platform merges into its own file', () => {
  it('of kind, with the main file that its images have', async () => {
    const [step] = platformSettings('kind').steps;
    expect(await inForce(merge(main(2, { list: false }), tomlIn(step as SettingStep)))).toEqual(good('kind'));
  });

  it.each([3, 2] as const)('of EKS, with the template of version %d', async (version) => {
    const [step] = platformSettings('eks', version === 3 ? '2.1.5' : '1.7.30').steps;
    expect(await inForce(merge(main(version), tomlIn(step as SettingStep)))).toEqual(good('eks'));
  });

  it.each(['1.14 and newer', 'before 1.14'])('of Talos %s, with its base and its folder', async (release) => {
    const step = stepOf('talos', '2.2.3', ({ when }) => when === `Talos ${release}`);
    const registry = '[plugins."io.containerd.cri.v1.images".registry]\nconfig_path = "/etc/cri/conf.d/hosts"';
    const base = `${main(3, { list: false, local: true })}\n${registry}`;
    expect(await inForce(merge(base, tomlIn(step)))).toEqual(good('talos', true));
  });

  it('of MicroK8s, with its template', async () => {
    const [step] = platformSettings('microk8s').steps;
    expect(await inForce(merge(main(2), step?.text ?? ''))).toEqual(good('microk8s'));
  });
});
