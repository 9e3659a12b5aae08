import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { readToken } from '../../../../src/cli/tokens/stdin';
import { StackFolder } from '../plan/plan-example';

const TOKEN = 'dckr_oat_planted-7Qm2';
const OLD = 'dckr_oat_planted-old1';
const RELEASE = 'kubernetes-ingress-controller pull';
const NIGHTLY = 'nightly-ingress-controller pull';
const HUB = 'https://index.docker.io/v1/';

let stack: StackFolder;
let config: string;
const before = { ...process.env };
const stdin = Object.getOwnPropertyDescriptor(process, 'stdin');
beforeEach(() => {
  stack = new StackFolder();
  config = join(stack.path, '.docker', 'config.json');
  process.env.DOCKER_CONFIG = join(stack.path, '.docker');
});
afterEach(() => {
  process.env = { ...before };
  if (stdin) Object.defineProperty(process, 'stdin', stdin);
  stack.remove();
});

/** Runs the command with a token on stdin; nothing that it prints ever holds one. */
async function put(token: string, purpose: string, ...args: string[]) {
  Object.defineProperty(process, 'stdin', { value: Readable.from([Buffer.from(token)]), configurable: true });
  const outcome = await stack.tokens('docker-config', '--purpose', purpose, ...args);
  for (const secret of [TOKEN, OLD].flatMap((one) => [one, Buffer.from(`kong:${one}`).toString('base64')])) {
    expect(outcome.stdout + outcome.stderr).not.toContain(secret);
  }
  expect(readdirSync(stack.path, { recursive: true }).filter((file) => /json\.[0-9a-f]+$/.test(`${file}`))).toEqual([]);
  return outcome;
}

function given(value: object): void {
  mkdirSync(join(stack.path, '.docker'), { recursive: true });
  writeFileSync(config, `${JSON.stringify(value, null, 2)}\n`);
}

function there() {
  return JSON.parse(readFileSync(config, 'utf8'));
}

function auth(user: string, token: string) {
  return { auth: Buffer.from(`${user}:${token}`).toString('base64') };
}

function modeOf(file: string): number {
  return statSync(file).mode & 0o777;
}

describe('secure-mirror tokens docker-config, on a machine', () => {
  it('makes the configuration for its owner alone', async () => {
    const { code, stdout, stderr } = await put(`${TOKEN}\n`, NIGHTLY, '--today', '2025-06-01');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [done, reach, ...more] = stdout.trimEnd().split('\n');
    expect(done).toBe(`docker now pulls as kong at docker.io with the token for "${NIGHTLY}": ${HUB} in ${config}`);
    expect(reach).toContain('Docker Hub refuses it for all but kong/nightly-ingress-controller, public images such as');
    expect(reach).not.toContain('docker logout');
    expect(more).toEqual([]);
    expect(there()).toEqual({ auths: { [HUB]: auth('kong', TOKEN) } });
    expect(modeOf(config)).toBe(0o600);
    expect(modeOf(join(stack.path, '.docker'))).toBe(0o700);
  });

  it('leaves entries of others and unknown keys alone', async () => {
    const others = { auths: { 'ghcr.io': auth('alice', OLD) }, psFormat: 'x', currentContext: 'desktop' };
    given(others);
    expect((await put(TOKEN, NIGHTLY)).code).toBe(0);
    expect(there()).toEqual({ ...others, auths: { ...others.auths, [HUB]: auth('kong', TOKEN) } });
    expect(modeOf(config)).toBe(0o600);
  });

  it('does nothing when it is there already', async () => {
    given({ auths: { [HUB]: auth('kong', TOKEN) } });
    const text = readFileSync(config, 'utf8');
    const { code, stdout } = await put(TOKEN, NIGHTLY);
    expect(code).toBe(0);
    expect(stdout).toContain('has it already');
    expect(readFileSync(config, 'utf8')).toBe(text);
  });

  it('refuses to replace another user, unless told to', async () => {
    given({ auths: { [HUB]: auth('alice', OLD) } });
    const refused = await put(TOKEN, NIGHTLY);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/has another user for .*which is kept.*--replace.*DOCKER_CONFIG=/);
    expect(there()).toEqual({ auths: { [HUB]: auth('alice', OLD) } });
    expect((await put(TOKEN, NIGHTLY, '--replace')).code).toBe(0);
    expect(there()).toEqual({ auths: { [HUB]: auth('kong', TOKEN) } });
  });

  it('refuses a second purpose at the same host, and says the way out', async () => {
    await put(OLD, RELEASE);
    const { code, stderr } = await put(TOKEN, NIGHTLY);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /it may be the one for "kubernetes-ingress-controller pull" or .*docker has one for each host/,
    );
    expect(there()).toEqual({ auths: { [HUB]: auth('kong', OLD) } });
    process.env.DOCKER_CONFIG = join(stack.path, '.docker-nightly');
    expect((await put(TOKEN, NIGHTLY)).code).toBe(0);
  });

  it('has containers tools use purposes side by side', async () => {
    process.env.REGISTRY_AUTH_FILE = config;
    expect((await put(OLD, RELEASE, '--tool', 'containers')).code).toBe(0);
    expect((await put(TOKEN, NIGHTLY, '--tool', 'containers')).code).toBe(0);
    expect(there().auths).toEqual({
      'docker.io/kong/kubernetes-ingress-controller': auth('kong', OLD),
      'docker.io/kong/nightly-ingress-controller': auth('kong', TOKEN),
    });
  });

  it('gives it to Buildx for its repository, and says nothing of other images', async () => {
    const file = join(stack.path, 'buildx/config/registry-1.docker.io/kong/nightly-ingress-controller/config.json');
    const { code, stdout } = await put(TOKEN, NIGHTLY, '--docker-config', file);
    const who = `kong at docker.io with the token for "${NIGHTLY}"`;
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `Buildx (0.31.0 or newer) now pulls as ${who}: ${HUB} in ${file}\n`,
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ auths: { [HUB]: auth('kong', TOKEN) } });
    expect(modeOf(file)).toBe(0o600);
  });

  it('says nothing of other images to tools that know repositories', async () => {
    const { stdout } = await put(TOKEN, NIGHTLY, '--tool', 'containers', '--docker-config', config);
    expect(stdout).toMatch(/^podman, skopeo or buildah now pulls as .*\n$/);
  });

  it('refuses where a helper of the host would hide a repository from containers tools', async () => {
    given({ credHelpers: { 'docker.io': 'fake' } });
    const { code, stderr } = await put(TOKEN, NIGHTLY, '--tool', 'containers', '--docker-config', config);
    expect(code).toBe(2);
    expect(stderr).toContain('a credential helper has all of docker.io there');
  });

  it('keeps a link, and writes what it points to', async () => {
    given({});
    const link = join(stack.path, 'link.json');
    symlinkSync(config, link);
    expect((await put(TOKEN, NIGHTLY, '--docker-config', link)).code).toBe(0);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(there().auths).toHaveProperty([HUB]);
  });

  it('says that a configuration is none, without what it holds', async () => {
    mkdirSync(join(stack.path, '.docker'));
    writeFileSync(config, `{"auths": {"x": "${OLD}"`);
    const { code, stderr } = await put(TOKEN, NIGHTLY);
    expect(code).toBe(2);
    expect(stderr).toBe(`secure-mirror: ${config}: it is no docker configuration (JSON); nothing was changed\n`);
  });

  it('notes a token that stack.yaml has as expired', async () => {
    const { stdout } = await put(TOKEN, RELEASE, '--today', '2026-01-01');
    expect(stdout).toContain('expired on 2025-11-16: is this a new one?');
  });
});

describe('secure-mirror tokens docker-config, for a Secret', () => {
  it('writes a new file for its owner alone, and never over another', async () => {
    const output = join(stack.path, 'config.json');
    const { code, stdout } = await put(TOKEN, NIGHTLY, '--output', output);
    expect(code).toBe(0);
    expect(stdout).toBe(
      `${output} is for the Secret nightly-ingress-controller-pull; remove it when the Secret is made\n`,
    );
    expect(modeOf(output)).toBe(0o600);
    const text = readFileSync(output, 'utf8');
    expect(Object.keys(JSON.parse(text).auths).every((key) => key.endsWith('/kong/nightly-ingress-controller'))).toBe(
      true,
    );
    const again = await put(OLD, NIGHTLY, '--output', output);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('it exists, and is not overwritten');
    expect(readFileSync(output, 'utf8')).toBe(text);
    expect(existsSync(config)).toBe(false);
  });

  it('refuses a token that pushes, but for the Secret of its build workload', async () => {
    const release = await put(TOKEN, 'kubernetes-ingress-controller push', '--output', join(stack.path, 'a.json'));
    expect(release.code).toBe(2);
    expect(release.stderr).toContain('pushes: it is for CI, not for a machine or a pull secret');
    const nightly = await put(TOKEN, 'nightly-ingress-controller push');
    expect(nightly.code).toBe(2);
    expect(nightly.stderr).toContain('add --output');
    const output = join(stack.path, 'b.json');
    const { code, stdout } = await put(TOKEN, 'nightly-ingress-controller push', '--output', output);
    expect(code).toBe(0);
    expect(stdout).toContain(`has the key ${HUB} for builders`);
    expect(stdout).toContain(
      'Docker Hub refuses it for public base images, so let the build have it for the push alone',
    );
    expect(JSON.parse(readFileSync(output, 'utf8')).auths[HUB]).toMatchObject(auth('kong', TOKEN));
    expect(existsSync(config)).toBe(false);
  });
});

describe('a token on stdin', () => {
  const read = (text: string) => readToken(Readable.from([Buffer.from(text)]), 'COMMAND');

  it('may end with one line break', async () => {
    expect(await read(`${TOKEN}\r\n`)).toBe(TOKEN);
    expect(await read(TOKEN)).toBe(TOKEN);
  });

  it.each(['', '\n', `${TOKEN}\n\n`, `user ${TOKEN}`, `${TOKEN}\u0000`, 'ключ', 'x'.repeat(70_000)])(
    'is not %j',
    async (text) => {
      const error = await read(text).catch((error: Error) => error.message);
      expect(error).toMatch(/^stdin: .*expected a token alone$/);
      expect(error).not.toContain(TOKEN);
    },
  );

  it('is not typed into a terminal, which shows it', async () => {
    const terminal = Object.assign(Readable.from([]), { isTTY: true });
    await expect(readToken(terminal, 'COMMAND')).rejects.toThrow('pass show my-token | COMMAND, or COMMAND <FILE');
  });
});
