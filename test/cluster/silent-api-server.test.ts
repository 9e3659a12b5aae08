import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endOf, launchCommand, stackText } from '../cli/manners/launch';
import { running } from '../cli/processes';

let folder: string;
let silent: Server;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'silent-'));
  silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as { port: number };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'silent', cluster: { server: `https://127.0.0.1:${port}` } }],
    contexts: [{ name: 'silent', context: { cluster: 'silent', user: 'nobody' } }],
    users: [{ name: 'nobody', user: { token: 'planted' } }],
    'current-context': 'silent',
  };
  writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(config));
  writeFileSync(join(folder, 'stack.yaml'), stackText());
});
afterAll(() => {
  silent.close();
  rmSync(folder, { recursive: true });
});

describe('kubectl itself, at an API server that takes connections and never answers', () => {
  it.each([
    [['status'], 'kubectl get daemonset mirror'],
    [['check'], 'kubectl get nodes'],
    [['tokens', 'drift'], 'kubectl get serviceaccounts'],
  ])('ends with %j after --timeout 5s', async (args, what) => {
    const access = ['--kubeconfig', join(folder, 'kubeconfig'), '--timeout', '5s'];
    const { code, stdout, stderr } = await endOf(launchCommand([...args, ...access], folder));
    expect(stderr).toBe(`secure-mirror: not finished after the 5 s of --timeout: it waited for ${what}\n`);
    expect({ code, stdout, left: running(folder) }).toEqual({ code: 2, stdout: '', left: [] });
  });
});
