import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { pinned } from '../../../src/mirror/images';
import { runCommand } from '../tokens/harness/command';
import { Compiled } from '../tokens/harness/compiled';
import { Front } from '../tokens/harness/front';
import { skopeo } from '../tokens/harness/programs';
import { type Account, newToken } from '../tokens/harness/token-service';
import { World } from '../tokens/harness/world';
import { writeLayout } from './platform-image';

const execute = promisify(execFile);
const USED = [pinned.spegel, pinned.envoy, pinned.iptables];
const BOTH = ['amd64', 'arm64'];
/** Where the registry of the test plays the makers' registries. */
const OFFICIAL = USED.map(({ repository }) => `official/${repository}`);
const COPIES = USED.map(({ repository }) => `site/${repository.slice(repository.indexOf('/') + 1)}`);

let world: World;
let compiled: Compiled;
let account: Account;
let digests: string[];

beforeAll(async () => {
  world = await World.start();
  compiled = new Compiled();
  const rights = Object.fromEntries([...OFFICIAL, ...COPIES].map((name) => [name, ['pull', 'push', 'delete']]));
  account = { user: 'site', token: newToken(), rights };
  world.service.accounts.push(account);
  digests = [];
  for (const [index, name] of OFFICIAL.entries()) digests.push(await push(name, USED[index]?.tag ?? '', BOTH));
});

afterAll(async () => {
  compiled.remove();
  await world.stop();
});

/** A docker configuration with the account at a host. */
function login(host: string, { user, token } = account): string {
  const folder = world.newFolder();
  const auth = Buffer.from(`${user}:${token}`).toString('base64');
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }), { mode: 0o600 });
  return folder;
}

/** The environment of skopeo, and of the command in a pipe. */
function environment(): NodeJS.ProcessEnv {
  const folder = world.newFolder();
  const registries = USED.map(({ repository }) => ({
    prefix: repository,
    location: `${world.host}/official/${repository}`,
  }));
  const text = registries.map(
    ({ prefix, location }) => `[[registry]]\nprefix = "${prefix}"\nlocation = "${location}"\n`,
  );
  mkdirSync(join(folder, '.config/containers'), { recursive: true });
  writeFileSync(join(folder, '.config/containers/registries.conf'), text.join(''));
  const script = join(folder, 'secure-mirror');
  writeFileSync(script, `#!/bin/sh\nexec "${process.execPath}" "${compiled.main}" "$@"\n`);
  chmodSync(script, 0o700);
  return {
    PATH: `${folder}:${process.env.PATH}`,
    HOME: folder,
    REGISTRY_AUTH_FILE: join(login(world.host), 'config.json'),
    DOCKER_CONFIG: login(world.host),
    SSL_CERT_FILE: world.ca,
    NODE_EXTRA_CA_CERTS: world.ca,
  };
}

/** Pushes an image for some architectures by skopeo, and returns the digest of its index. */
async function push(repository: string, tag: string, architectures: string[], name = `${repository}:${tag}`) {
  const folder = world.newFolder();
  const digest = writeLayout(folder, name, architectures);
  const to = `docker://${world.host}/${repository}:${tag}`;
  await execute(skopeo(), ['--insecure-policy', 'copy', '--all', `oci:${folder}`, to], { env: environment() });
  return digest;
}

/** A stack whose images are at a registry. */
function stackFile(images: object): string {
  const authentication = { mutualTls: { issuer: { caSecret: 'mirror-ca' } } };
  const file = join(world.newFolder(), 'stack.yaml');
  writeFileSync(file, stringify({ clusters: [{ name: 'c', registries: ['docker.io'], authentication, images }] }));
  return file;
}

/** Runs the command; nothing shows the token. */
async function lock(file: string, config?: string, ...args: string[]) {
  const env = { DOCKER_CONFIG: config ?? world.newFolder() };
  const run = await runCommand(compiled.main, ['images', 'lock', '-f', file, ...args], {
    ca: world.ca,
    input: '',
    env,
  });
  expect(run.stdout + run.stderr + run.process).not.toMatch(/dckr_oat_|eyJ[\w-]{10}/);
  expect(run.stdout + run.stderr).not.toContain(Buffer.from(`${account.user}:${account.token}`).toString('base64'));
  return run;
}

const official = (host: string) =>
  Object.fromEntries(
    ['spegel', 'envoy', 'iptables'].map((key, index) => [key, `${host}/${OFFICIAL[index]}:${USED[index]?.tag}`]),
  );

describe('images lock at a private registry', () => {
  it('writes the digests of indexes that skopeo pushed, and finds a tag that moved', async () => {
    const file = stackFile(official(world.host));
    const before = readFileSync(file, 'utf8');
    const { code, stdout, stderr } = await lock(file, login(world.host));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`${OFFICIAL[0]}:${USED[0]?.tag}: is ${digests[0]} (linux/amd64, linux/arm64)\n`);
    const images = Object.values(official(world.host));
    const expected = images.reduce((text, image, index) => text.replace(image, `${image}@${digests[index]}`), before);
    expect(readFileSync(file, 'utf8')).toBe(expected);
    expect((await lock(file, login(world.host), '--check')).code).toBe(0);
    const moved = await push(OFFICIAL[1] ?? '', USED[1]?.tag ?? '', ['amd64'], 'moved');
    const check = await lock(file, login(world.host), '--check');
    expect(check.code).toBe(1);
    expect(check.stdout).toContain(`has moved: ${digests[1]} → ${moved} (linux/amd64)\n`);
    expect(check.stdout).toContain('is no longer for linux/arm64\n');
    expect(await push(OFFICIAL[1] ?? '', USED[1]?.tag ?? '', BOTH)).toBe(digests[1]);
  });

  it('is refused without a credential, with a dead one, and with one of another repository', async () => {
    const file = stackFile(official(world.host));
    const before = readFileSync(file, 'utf8');
    const nobody = await lock(file);
    expect(nobody.code).toBe(1);
    expect(nobody.stdout).toContain(`${world.host} refuses it to everybody, or has no such image\n`);
    const dead = await lock(file, login(world.host, { ...account, token: newToken() }));
    expect(dead.stdout).toContain(`${world.host} refuses it to "site" and to everybody, or has no such image\n`);
    const other = { user: 'other', token: newToken(), rights: {} };
    world.service.accounts.push(other);
    expect((await lock(file, login(world.host, other))).code).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('knows a tag that is not there, and a registry whose CA it does not trust', async () => {
    const images = { ...official(world.host), envoy: `${world.host}/${OFFICIAL[1]}:v0` };
    const absent = await lock(stackFile(images), login(world.host));
    expect(absent.code).toBe(1);
    expect(absent.stdout).toContain(`problem  ${images.envoy}: ${world.host} has no such image\n`);
    const env = { DOCKER_CONFIG: login(world.host) };
    const args = ['images', 'lock', '-f', stackFile(official(world.host))];
    const stranger = await runCommand(compiled.main, args, { ca: '', input: '', env });
    expect(stranger.code).toBe(2);
    expect(stranger.stdout).toContain(`${world.host} shows a certificate that is not trusted`);
  });

  it.each(['basic', 'open', 'opaque'] as const)('is %s', async (way) => {
    const front = await Front.start(world, way);
    try {
      const file = stackFile(official(front.host));
      const { code, stdout } = await lock(file, way === 'open' ? undefined : login(front.host));
      expect({ code, found: digests.every((digest) => stdout.includes(digest)) }).toEqual({ code: 0, found: true });
    } finally {
      front.stop();
    }
  });
});

describe('the commands for a site without Internet access', () => {
  it('copy the images, and lock the copies', async () => {
    const page = readFileSync(resolve(__dirname, '../../../docs/operations.md'), 'utf8');
    const [, commands = ''] = /### Without Internet access\n[\s\S]*?```sh\n([\s\S]*?)```/.exec(page) ?? [];
    expect(commands).toContain('skopeo copy --all');
    const file = stackFile({ registryPrefix: `${world.host}/site` });
    const text = readFileSync(file, 'utf8');
    const options = { cwd: resolve(file, '..'), env: environment() };
    const { stdout } = await execute('bash', ['-euo', 'pipefail', '-c', commands], options);
    expect(stdout).toContain('3 new digests written');
    const after = readFileSync(file, 'utf8');
    expect(after.startsWith(text)).toBe(true);
    for (const digest of digests) expect(after).toContain(digest);
  });
});
