import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Readable } from 'node:stream';
import { StackFolder } from '../plan/plan-example';

const TOKEN = 'dckr_oat_planted-7Qm2';
const OLD = 'dckr_oat_planted-old1';
const RELEASE = 'kubernetes-ingress-controller pull';
const NIGHTLY = 'nightly-ingress-controller pull';
const HUB = 'https://index.docker.io/v1/';

/** Keeps what it has in a file, and notes how it was called. */
const HELPER = `#!/bin/bash
cd "$(dirname "$0")" || exit 1
{ echo "$0 $*"; env; } >>log
[[ /dev/fd/2 -ef /dev/null ]] || echo 'is heard' >>log
case $1 in
  get) read -r server; [[ -e kept && $server == ${HUB} ]] && cat kept || { echo 'credentials not found in native keychain'; exit 1; } ;;
  store) cat >kept ;;
esac
`;

let stack: StackFolder;
const before = { ...process.env };
const stdin = Object.getOwnPropertyDescriptor(process, 'stdin');
beforeEach(() => {
  stack = new StackFolder();
  process.env.DOCKER_CONFIG = stack.path;
  process.env.PATH = `${join(stack.path, 'bin')}${delimiter}${process.env.PATH}`;
  mkdirSync(join(stack.path, 'bin'));
  writeFileSync(join(stack.path, 'bin', 'docker-credential-fake'), HELPER, { mode: 0o755 });
});
afterEach(() => {
  process.env = { ...before };
  if (stdin) Object.defineProperty(process, 'stdin', stdin);
  stack.remove();
});

function given(config: object): void {
  writeFileSync(join(stack.path, 'config.json'), JSON.stringify(config));
}

function read(file: string): string {
  return readFileSync(join(stack.path, file), 'utf8');
}

/** Runs the command; nothing that it prints or leaves in the configuration holds a token. */
async function put(token: string, purpose: string, ...more: string[]) {
  Object.defineProperty(process, 'stdin', { value: Readable.from([Buffer.from(token)]), configurable: true });
  const { code, stdout, stderr } = await stack.tokens('docker-config', '--purpose', purpose, ...more);
  const seen = `${stdout}${stderr}${read('config.json')}`;
  for (const secret of [TOKEN, OLD].flatMap((one) => [one, Buffer.from(`kong:${one}`).toString('base64')])) {
    expect(seen).not.toContain(secret);
  }
  return { code, stdout, stderr };
}

describe('secure-mirror tokens docker-config, with a credential helper', () => {
  it('hands it over on stdin, and knows it the next time', async () => {
    given({ credsStore: 'fake' });
    const { code, stdout } = await put(TOKEN, NIGHTLY);
    expect(code).toBe(0);
    expect(stdout).toContain('docker-credential-fake keeps it');
    expect(JSON.parse(read('bin/kept'))).toEqual({ ServerURL: HUB, Username: 'kong', Secret: TOKEN });
    expect(read('config.json')).toBe('{"credsStore":"fake"}');
    expect(read('bin/log')).toContain('docker-credential-fake store');
    expect(read('bin/log')).not.toContain(TOKEN);
    expect(read('bin/log')).not.toContain('is heard');
    expect((await put(TOKEN, NIGHTLY)).stdout).toContain('already');
  });

  it('asks that of the host first, and replaces what is of another purpose only when told to', async () => {
    given({ credsStore: 'other', credHelpers: { [HUB]: 'fake' } });
    expect((await put(OLD, RELEASE)).code).toBe(0);
    const refused = await put(TOKEN, NIGHTLY);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('docker-credential-fake has another token of kong');
    expect(JSON.parse(read('bin/kept'))).toMatchObject({ Secret: OLD });
    expect((await put(TOKEN, NIGHTLY, '--replace')).code).toBe(0);
    expect(JSON.parse(read('bin/kept'))).toMatchObject({ Secret: TOKEN });
  });

  it('says that a helper does not take it, and repeats nothing that it says', async () => {
    given({ credsStore: 'fake' });
    const refusing = HELPER.replace('cat >kept', 'cat; cat >&2 <<<"$HOME"; exit 3');
    writeFileSync(join(stack.path, 'bin', 'docker-credential-fake'), refusing);
    expect(await put(TOKEN, NIGHTLY)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'secure-mirror: docker-credential-fake did not take the credential (exit code 3)\n',
    });
    expect(read('config.json')).toBe('{"credsStore":"fake"}');
  });

  it('says what is wrong with a helper, and writes no token into the file instead', async () => {
    given({ credsStore: 'nowhere' });
    const { code, stderr } = await put(TOKEN, NIGHTLY);
    expect(code).toBe(2);
    expect(stderr).toContain('docker-credential-nowhere cannot be run (ENOENT): is it on the PATH?');
    expect(read('config.json')).toBe('{"credsStore":"nowhere"}');
  });
});
