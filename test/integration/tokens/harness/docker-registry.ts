import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Authority } from '../../harness/certificates';
import { freePort } from '../../harness/free-ports';
import { until } from '../../harness/until';
import { dockerRegistry } from './programs';
import { TokenService } from './token-service';

/** A real registry with token authentication, on this machine alone unless it is given another address of it. */
export class DockerRegistry {
  private log = '';

  private constructor(
    public readonly port: number,
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.log += text;
    });
  }

  public static async start(authority: Authority, realm: string, address = '127.0.0.1'): Promise<DockerRegistry> {
    const folder = mkdtempSync(join(tmpdir(), 'docker-registry-'));
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text, { mode: 0o600 });
      return join(folder, name);
    };
    const pair = authority.issue({ usages: ['server auth'], dnsNames: ['localhost'], ipAddresses: [address] });
    const port = await freePort();
    const config = {
      version: '0.1',
      log: { level: 'error', accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: join(folder, 'storage') }, delete: { enabled: true } },
      http: {
        addr: `${address}:${port}`,
        secret: 'of this test',
        relativeurls: true,
        tls: { certificate: file('tls.crt', pair['tls.crt']), key: file('tls.key', pair['tls.key']) },
      },
      auth: {
        token: {
          realm,
          service: TokenService.SERVICE,
          issuer: TokenService.ISSUER,
          rootcertbundle: file('ca.crt', pair['ca.crt']),
        },
      },
    };
    const child = spawn(dockerRegistry(), ['serve', file('config.yml', stringify(config))], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { OTEL_TRACES_EXPORTER: 'none' },
    });
    const registry = new DockerRegistry(port, folder, child);
    await until('docker-registry listens', async () => {
      if (child.exitCode !== null) throw new Error(`docker-registry ended: ${registry.log}`);
      return listens(port, address);
    });
    return registry;
  }

  public async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      this.child.kill('SIGKILL');
      await once(this.child, 'close');
    }
    rmSync(this.folder, { recursive: true });
  }
}

function listens(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
