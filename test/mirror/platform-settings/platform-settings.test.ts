import { parseAllDocuments } from 'yaml';
import { notPossible, notPossibleOn } from '../../../src/mirror/platform-settings/not-possible';
import { platformSettings } from '../../../src/mirror/platform-settings/platform-settings';
import { type SettingStep, stepsText } from '../../../src/mirror/platform-settings/step';
import { platforms, resolvePaths } from '../../../src/mirror/platforms';
import type { Platform } from '../../../src/mirror/props/containerd-props';

const names = Object.keys(platforms) as Platform[];
const steps = names.flatMap((name) => platformSettings(name).steps.map((step) => ({ name, ...step })));

/** Platforms whose own configuration names the folder, and those without a place for settings. */
const FOLDER_BY_PLATFORM = ['talos'];
const NO_PLACE = ['aks', 'gke'];

it.each(names)('%s has a short answer, facts, sources, and a place for the settings or none', (name) => {
  const { needed, facts, sources, steps } = platformSettings(name);
  expect(needed).toMatch(/^(nothing|not confirmed|`)/);
  expect(facts).toMatch(/^[^ ].*\.$/);
  expect(sources.length).toBeGreaterThan(0);
  expect(sources.filter((source) => !source.startsWith('https://'))).toEqual([]);
  expect(steps.length === 0).toBe(NO_PLACE.includes(name));
});

describe.each(steps.filter(({ text }) => !text.startsWith('imports')))('the text of $name for $file', (step) => {
  it('keeps layers', () => {
    expect(step.text).toContain('discard_unpacked_layers = false');
  });

  it('names the one folder, unless the platform does', () => {
    const line = `config_path = "${resolvePaths(step.name).registryConfig}"`;
    expect(step.text.includes(line)).toBe(!FOLDER_BY_PLATFORM.includes(step.name));
  });

  it('has the table names of its containerd', () => {
    const other = step.containerd === 1 ? 'io.containerd.cri.v1.images' : 'io.containerd.grpc.v1.cri';
    if (step.containerd !== undefined) expect(step.text).not.toContain(other);
    expect(step.text).toContain('plugins."io.containerd.');
    if (step.text.startsWith('version'))
      expect(step.text).toMatch(step.containerd === 1 ? /^version = 2$/m : /^version = 3$/m);
  });

  it('says what to do afterwards', () => {
    expect(step.after).toMatch(/\.$/);
  });
});

describe.each(steps.filter(({ language }) => language !== 'toml'))('the file of $name for $file', (step) => {
  it('is YAML that holds the table with its lines', () => {
    const [document] = parseAllDocuments(yamlOf(step)).slice(-1);
    expect(document?.errors).toEqual([]);
    expect(JSON.stringify(document?.toJS())).toContain('\\n  discard_unpacked_layers = false');
  });
});

/** The YAML of a step: the part of a MIME message, or all of it. */
function yamlOf({ language, text }: SettingStep): string {
  return language === 'yaml' ? text : (text.split(/^--BOUNDARY.*(?:\nContent-Type: .*)?$/m)[1] ?? '');
}

it('takes the steps for a version of containerd when it is known', () => {
  const files = (version?: string) => platformSettings('eks', version).steps.map(({ containerd }) => containerd);
  expect(files()).toEqual([2, 1]);
  expect(files('1.7.30')).toEqual([1]);
  expect(files('2.4.2')).toEqual([2]);
  expect(platformSettings('kind', '2.4.2').steps).toEqual(platformSettings('kind', '1.7.24').steps);
});

it('takes the steps for the version of the main file when it is known', () => {
  const files = (mainFile?: number) => platformSettings('containerd', '2.4.2', undefined, mainFile).steps;
  expect(files()).toHaveLength(4);
  expect(files(2).map(({ text }) => text.includes('io.containerd.grpc.v1.cri'))).toEqual([true]);
  expect(files(3)).toEqual(files(4));
  expect(files(4)).toHaveLength(3);
  expect(platformSettings('containerd', '1.7.30').steps).toEqual(files(2));
});

it('names the folder of the user in place of the platform', () => {
  const [step] = platformSettings('k0s', '2.3.4', { registryConfig: '/etc/k0s/containerd.d/certs "d"' }).steps;
  expect(step?.text).toContain('config_path = "/etc/k0s/containerd.d/certs \\"d\\""');
});

it('prints steps for a terminal', () => {
  expect(stepsText(platformSettings('k0s', '2.3.4').steps)).toBe(
    [
      'k0s 1.36 and newer: write into /etc/k0s/containerd.d/secure-mirror.toml:',
      '',
      '  version = 3',
      '',
      '  [plugins."io.containerd.cri.v1.images"]',
      '    discard_unpacked_layers = false',
      '',
      '  [plugins."io.containerd.cri.v1.images".registry]',
      '    config_path = "/etc/containerd/certs.d"',
      '',
      'k0s sees the file and loads containerd anew, as long as the first line of /etc/k0s/containerd.toml is `# k0s_managed=true`. On nodes that you make, write it before k0s starts.',
    ].join('\n'),
  );
  expect(stepsText(platformSettings('kind').steps)).toMatch(/^Write into the configuration of the cluster/);
});

describe('a node that cannot use a mirror', () => {
  const debian = 'Debian GNU/Linux 12 (bookworm)';

  it.each([
    ['cri-o://1.33.2', 'Red Hat Enterprise Linux CoreOS 418.94', /^CRI-O/],
    ['docker://28.0.1', debian, /^Docker/],
    ['containerd://1.7.27+bottlerocket', 'Bottlerocket OS 1.56.0 (aws-k8s-1.34)', /^Bottlerocket/],
  ])('is one with %s on %s', (containerRuntimeVersion, osImage, name) => {
    expect(notPossibleOn({ containerRuntimeVersion, osImage })?.name).toMatch(name);
  });

  it('is none with containerd on another system', () => {
    expect(notPossibleOn({ containerRuntimeVersion: 'containerd://2.4.2', osImage: debian })).toBeUndefined();
  });

  it.each(notPossible)('has a reason and a source: $name', ({ why, sources }) => {
    expect(why).toMatch(/\.$/);
    expect(sources.filter((source) => !source.startsWith('https://'))).toEqual([]);
  });
});
