import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { running } from '../processes';
import { endOf, hanging, launchCommand, stackText } from './launch';

let folder: string;
let silent: Server;
let port: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'timeout-'));
  // It takes connections, and never answers.
  silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  port = (silent.address() as { port: number }).port;
  writeFileSync(join(folder, 'stack.yaml'), stackText(`127.0.0.1:${port}`));
  mkdirSync(join(folder, 'tokens'));
  writeFileSync(join(folder, 'tokens/app'), 'planted', { mode: 0o600 });
  hanging(folder, 'kubectl');
  hanging(folder, 'docker-credential-slow');
  mkdirSync(join(folder, 'docker'));
  writeFileSync(join(folder, 'docker/config.json'), JSON.stringify({ credsStore: 'slow' }), { mode: 0o600 });
});
afterAll(() => {
  silent.close();
  rmSync(folder, { recursive: true });
});

/** Runs a command whose standard input never ends. */
async function timed(args: string[], input = '') {
  const child = launchCommand([...args, '--timeout', '1s'], folder, {
    KUBECTL: join(folder, 'kubectl'),
    PATH: `${folder}:${process.env.PATH}`,
    DOCKER_CONFIG: join(folder, 'docker'),
  });
  child.stdin?.on('error', () => undefined).write(input);
  if (input !== '') child.stdin?.end();
  return endOf(child);
}

describe('--timeout', () => {
  it.each([
    [['status'], 'kubectl get daemonset mirror'],
    [['ca'], 'kubectl get daemonset mirror'],
    [['check'], 'kubectl get nodes'],
    [['check', '--clean'], 'kubectl get namespaces'],
    [['verify'], 'kubectl get nodes'],
    [['tokens', 'drift'], 'kubectl get serviceaccounts'],
    [['tokens', 'verify', '--from-cluster'], 'kubectl get secret app'],
    [['tokens', 'verify', '--docker-config', 'docker/config.json', '--purpose', 'app'], 'docker-credential-slow'],
    [['tokens', 'verify', '--stdin'], 'a JSON object, such as {"nightly-ingress-controller-pull": "TOKEN"} on stdin'],
    [['tokens', 'docker-config', '--purpose', 'app'], 'a token alone on stdin'],
  ])('ends %j, leaves no program, and says what it waited for', async (args, what) => {
    const { code, stdout, stderr } = await timed(args);
    expect(stderr).toBe(`secure-mirror: not finished after the 1 s of --timeout: it waited for ${what}\n`);
    expect({ code, stdout, left: running(folder) }).toEqual({ code: 2, stdout: '', left: [] });
  });

  it('ends while a registry does not answer', async () => {
    const { code, stdout, stderr } = await timed(['tokens', 'verify', '--from-dir', 'tokens']);
    const waited = `it waited for an answer of 127.0.0.1:${port}`;
    expect(stderr).toBe(`secure-mirror: not finished after the 1 s of --timeout: ${waited}\n`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('ends while a credential helper does not take a token', async () => {
    const { code, stderr } = await timed(['tokens', 'docker-config', '--purpose', 'app'], 'planted');
    expect(stderr).toBe(
      'secure-mirror: not finished after the 1 s of --timeout: it waited for docker-credential-slow\n',
    );
    expect({ code, left: running(folder) }).toEqual({ code: 2, left: [] });
  });

  it('takes no duration that is none', async () => {
    const { code, stderr } = await endOf(launchCommand(['status', '--timeout', 'soon'], folder));
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'secure-mirror: --timeout: got "soon"; expected a duration such as 90s, 5m or 1h30m\n',
    });
  });
});
