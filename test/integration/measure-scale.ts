import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ports } from '../../src/mirror/contract/ports';
import { dialling, withClusters } from './harness/dialling';
import { Mirror } from './harness/mirror';
import { blob } from './harness/registry-requests';
import { ask, connect, type Target } from './harness/request';

/**
 * Measures the constants of the model that a proxy alone can tell: CPU of a handshake, memory of a connection and of a stream, with the
 * emitted configuration in the real Envoy (ENVOY). Prints them; nothing is written, as `constants.ts` says under which conditions it took them.
 */

const GET = `GET ${blob} HTTP/1.1\r\nHost: mirror\r\n\r\n`;
const STACK = { limits: { requests: 1024, connections: 20_000 } };

/** Milliseconds of CPU that a process has used; the kernel counts in hundredths of a second. */
function cpu(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const fields = rest.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function residentKib(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

async function open(count: number, target: Target, text: string, reads: boolean): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const some = [...Array(Math.min(20, count - sockets.length))].map(() => connect(target));
    sockets.push(...(await Promise.all(some)));
  }
  for (const socket of sockets) {
    socket.on('error', () => socket.destroy());
    if (reads) socket.resume();
    else socket.pause();
    socket.write(text);
  }
  return sockets;
}

/** KiB that the proxy takes more while so many connections are open, each. A new proxy each time: one that gave memory free keeps it. */
async function memoryOf(mirror: Mirror, make: () => Promise<Socket[]>): Promise<number> {
  await ask(mirror.listener('peers'), blob);
  mirror.reset();
  await sleep(500);
  const before = residentKib(mirror.envoy.pid);
  const sockets = await make();
  await sleep(3000);
  const each = (residentKib(mirror.envoy.pid) - before) / sockets.length;
  for (const socket of sockets) socket.destroy();
  return Math.round(each);
}

async function withMirror<T>(use: (mirror: Mirror) => Promise<T>, options: object = {}): Promise<T> {
  const mirror = await Mirror.start({ stack: STACK, ...options });
  try {
    return await use(mirror);
  } finally {
    await mirror.stop();
  }
}

/** The proxy that pulls, its peer behind it. */
function withPair<T>(perConnection: number | undefined, use: (near: Mirror, far: Mirror) => Promise<T>): Promise<T> {
  return withMirror((far) =>
    withMirror((near) => use(near, far), {
      authority: far.authority,
      change: (emitted: Mirror['emitted']) =>
        withClusters(emitted, (cluster) => {
          if (cluster.name !== 'peer-registry') return cluster;
          const text = JSON.stringify(dialling(cluster, far.port(ports.listeners.peers)));
          return JSON.parse(text, (key, value) =>
            key === 'common_http_protocol_options' && perConnection !== undefined
              ? { ...value, max_requests_per_connection: perConnection }
              : value,
          );
        }),
    }),
  );
}

/** Median of five passes, milliseconds of CPU each. */
async function cpuOf(pids: number[], once: () => Promise<unknown>): Promise<string> {
  const COUNT = 400;
  const passes: number[][] = [];
  for (let pass = 0; pass < 5; pass++) {
    const before = pids.map(cpu);
    for (let i = 0; i < COUNT; i += 4) await Promise.all([...Array(4)].map(once));
    passes.push(pids.map((pid, index) => (cpu(pid) - (before[index] ?? 0)) / COUNT));
  }
  return pids
    .map((_, i) => passes.map((pass) => pass[i] ?? 0).sort((a, b) => a - b))
    .map((sorted) => `${sorted[2]?.toFixed(2)} (${sorted[0]?.toFixed(2)} to ${sorted[4]?.toFixed(2)})`)
    .join(', ');
}

async function main(): Promise<void> {
  const load = () => console.log('load', readFileSync('/proc/loadavg', 'utf8').trim());
  load();
  console.log(
    'handshake and end of a connection, ms of CPU where it is served:',
    await withMirror((mirror) =>
      cpuOf([mirror.envoy.pid], async () => {
        const socket = await connect(mirror.listener('peers'));
        const closed = new Promise((resolve) => socket.on('close', resolve));
        socket.destroy();
        return closed;
      }),
    ),
  );
  for (const perConnection of [1, undefined]) {
    const kind = perConnection ? 'on a new connection' : 'on a pooled connection';
    console.log(
      `request of a small blob ${kind}, ms of CPU where it is pulled, where it is served:`,
      await withPair(perConnection, (near, far) =>
        cpuOf([near.envoy.pid, far.envoy.pid], () => ask({ port: near.port(ports.egress.registry) }, blob)),
      ),
    );
  }
  const idle = (name: 'peers' | 'router', text: string) =>
    withMirror((mirror) => memoryOf(mirror, () => open(1000, mirror.listener(name), text, true)));
  console.log('idle connection of a peer after a request, KiB:', await idle('peers', GET));
  console.log('connection of a router, KiB:', await idle('router', 'hello'));
  for (const count of [64, 512]) {
    console.log(
      `${count} streams that nobody reads, served, KiB each:`,
      await withMirror((mirror) =>
        memoryOf(mirror, () => {
          mirror.registry.behaviour = 'endless';
          return open(count, mirror.listener('peers'), GET, false);
        }),
      ),
    );
    console.log(
      `${count} streams that nobody reads, pulled, KiB each:`,
      await withPair(undefined, (near, far) =>
        memoryOf(near, () => {
          far.registry.behaviour = 'endless';
          return open(count, { port: near.port(ports.egress.registry) }, GET, false);
        }),
      ),
    );
  }
  load();
}

void main();
