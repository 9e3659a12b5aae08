import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROGRESS_TIMEOUT } from '../../src/mirror/envoy/http';
import type { Emitted } from './harness/emitted';
import { Mirror } from './harness/mirror';
import { blob } from './harness/registry-requests';
import { connect } from './harness/request';
import { until } from './harness/until';

const KIB = 1024;
/** Less than a seventh of the stack's own time, so the rates are as much higher: below 32 KiB/s always cut off, from 1 MiB/s on never. */
const SHORTER = '4s';

let mirror: Mirror;

beforeAll(async () => {
  mirror = await Mirror.start({ change: shortened });
});

afterEach(() => mirror.reset());

afterAll(() => mirror.stop());

function shortened(emitted: Emitted): Emitted {
  const text = JSON.stringify(emitted);
  const time = (seconds: string) => JSON.stringify(`"stream_idle_timeout":"${seconds}"`).slice(1, -1);
  expect(text).toContain(time(PROGRESS_TIMEOUT));
  return JSON.parse(text.replaceAll(time(PROGRESS_TIMEOUT), time(SHORTER)));
}

/** Asks for a layer without end and reads it at a rate, in bytes per second. */
async function read(listener: 'entry' | 'peers', rate: number): Promise<{ socket: Socket; bytes: number }> {
  const reader = { socket: await connect(mirror.listener(listener)), bytes: 0 };
  const begin = Date.now();
  reader.socket.on('error', () => {});
  reader.socket.on('data', async (text) => {
    reader.bytes += text.length;
    reader.socket.pause();
    await sleep(Math.max(0, (reader.bytes / rate) * 1000 - (Date.now() - begin)), undefined, { ref: false });
    reader.socket.resume();
  });
  reader.socket.write(`GET ${blob} HTTP/1.1\r\nHost: mirror\r\n\r\n`);
  return reader;
}

it.each(['entry', 'peers'] as const)(
  '%s: who reads too slowly frees his place, and a slow link keeps its own',
  async (listener) => {
    mirror.registry.behaviour = 'endless';
    const slow = await Promise.all([1, 2, 4, 8].map((rate) => read(listener, rate * KIB)));
    const honest = await read(listener, 1024 * KIB);
    const held = () => mirror.envoy.stat('cluster.spegel.upstream_rq_active');
    await until('all are read', async () => (await held()) === slow.length + 1);

    await until('the slow ones are cut off', async () => (await held()) === 1);
    const before = honest.bytes;
    await until('the other one reads on', () => honest.bytes > before + 8 * 1024 * KIB);
    expect(await held()).toBe(1);
    expect(await mirror.envoy.stat(`http.${listener}.downstream_rq_idle_timeout`)).toBe(slow.length);
    for (const { socket } of [...slow, honest]) {
      socket.destroy();
    }
  },
);
