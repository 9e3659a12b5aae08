import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { kubectlCommand } from './kubectl';
import type { PushedImage } from './registry';
import { run } from './run';

/** Ports of the mirror's pod and of its entry on the node. */
export const PORTS = [5000, 5001, 5443, 5444, 5445, 5003, 5004, 9090, 30020, 15001, 15002];
export const SCHEMES = ['http', 'https'];

/** With it, Spegel answers from its own node's content: what a stranger is after. */
const MIRRORED = 'x-spegel-mirrored';

/** What a stranger asked for, and got. */
export interface Attempt {
  readonly from: string;
  readonly url: string;
  /** Status of the answer; 0 without one. */
  readonly status: number;
  /** Bytes of the answer's body. */
  readonly bytes: number;
}

/** Where an image's content would be, as a client of a registry asks for it. */
export function pathsOf(image: PushedImage): string[] {
  const base = `/v2/${image.repository}`;
  const ns = `?ns=${image.registry.host}`;
  return [`${base}/blobs/${image.blobs[1]}${ns}`, `${base}/manifests/1${ns}`, `${base}/manifests/${image.digest}${ns}`];
}

/** Paths besides the registry's that tell of images. */
export const otherPaths = ['/metrics', '/metrics/proxy', '/debug/pprof/', '/debug/web/', '/config_dump', '/readyz'];

/** Every port of every host over http and https. */
export function urls(hosts: string[], paths: string[], ports = PORTS): string[] {
  return hosts.flatMap((host) =>
    ports.flatMap((port) => SCHEMES.flatMap((scheme) => paths.map((path) => `${scheme}://${host}:${port}${path}`))),
  );
}

/**
 * Asks for URLs with curl, many at a time.
 *
 * @param from who asks, for messages
 * @param prefix command that runs a command there, with its input
 * @param urls what to ask for
 * @param options more options of curl
 */
export async function ask(from: string, prefix: string[], urls: string[], options: string[] = []): Promise<Attempt[]> {
  const config = urls.map((url) => `url = "${url}"\noutput = "/dev/null"\n`).join('');
  const mirrored = ['-H', `${MIRRORED}: true`];
  const common = [
    ...mirrored,
    '-s',
    '-k',
    '-g',
    '-Z',
    '--parallel-max',
    '150',
    '--connect-timeout',
    '2',
    '-m',
    '4',
    '-K',
    '-',
  ];
  const curl = ['curl', ...common, ...options, '-w', '%{http_code} %{size_download} %{url}\\n'];
  // curl's exit code is that of the last transfer.
  const script = 'config=$(cat); printf "%s\\n" "$config" | "$@" || true';
  const out = await run([...prefix, 'sh', '-c', script, 'sh', ...curl], { input: config, timeout: 300_000 });
  const attempts = [...out.matchAll(/^(\d{3}) (\d+) (\S+)$/gm)].map(([, status, bytes, url = '']) => ({
    from,
    url,
    status: Number(status),
    bytes: Number(bytes),
  }));
  if (attempts.length !== urls.length) {
    throw new Error(`${from}: ${urls.length} requests were wanted, ${attempts.length} were made`);
  }
  return attempts;
}

/** Where a command runs: a prefix for `ask`. */
export function inPod(pod: { namespace: string; name: string }): string[] {
  return kubectlCommand('-n', pod.namespace, 'exec', '-i', pod.name, '--');
}

/** The API server as a way in: asks it, as an administrator, to pass requests on. */
export async function askThroughApiServer(paths: string[]): Promise<(Attempt & { body: Buffer })[]> {
  const [command = '', ...args] = kubectlCommand('proxy', '--port=0');
  const proxy = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const port = await new Promise<number>((resolve, reject) => {
      proxy.on('error', reject);
      proxy.on('exit', (code) => reject(new Error(`kubectl proxy ended with ${code}`)));
      proxy.stdout.on('data', (text) => {
        const found = /127\.0\.0\.1:(\d+)/.exec(String(text));
        found && resolve(Number(found[1]));
      });
    });
    const todo = [...paths];
    const done: (Attempt & { body: Buffer })[] = [];
    const worker = async () => {
      for (let path = todo.shift(); path !== undefined; path = todo.shift()) {
        done.push(await httpGet(port, path));
      }
    };
    await Promise.all(Array.from({ length: 150 }, worker));
    return done;
  } finally {
    proxy.kill();
  }
}

function httpGet(port: number, path: string): Promise<Attempt & { body: Buffer }> {
  const from = 'API server';
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let status = 0;
    const finish = () => {
      const body = Buffer.concat(chunks);
      resolve({ from, url: path, status, bytes: body.length, body });
    };
    const sent = request(
      { host: '127.0.0.1', port, path, timeout: 3_000, headers: { [MIRRORED]: 'true' } },
      (response) => {
        status = response.statusCode ?? 0;
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', finish);
        response.on('error', finish);
      },
    );
    sent.on('timeout', () => sent.destroy());
    sent.on('error', finish);
    sent.end();
  });
}

/** Whether a body is, or begins like, something of an image: its manifest, its configuration or a layer. */
export function isOf(image: PushedImage, body: Buffer): boolean {
  return body.length >= 12 && image.archive.includes(body.subarray(0, 12));
}
