import { randomBytes } from 'node:crypto';
import type { Api } from './api';
import { type Frame, firstFrame, frame } from './frames';
import type { Outcome } from './run';

/** Channels of a command's connection, which each message names first. */
const [STDIN, STDOUT, STDERR, RESULT, END] = [0, 1, 2, 3, 255];
/** Bytes of input in a message. */
const CHUNK = 32_768;

/** A command in a pod. */
export interface PodCommand {
  readonly namespace: string;
  readonly pod: string;
  /** The pod's only one unless given. */
  readonly container?: string;
  readonly command: readonly string[];
  readonly input?: Buffer;
}

/** Runs a command in a pod, as `kubectl exec` does. */
export async function execIn(api: Api, what: PodCommand, milliseconds = 120_000): Promise<Outcome> {
  const { namespace, pod, container, command, input } = what;
  const query = new URLSearchParams({ stdin: String(input !== undefined), stdout: 'true', stderr: 'true' });
  for (const word of command) query.append('command', word);
  if (container !== undefined) query.set('container', container);
  const { socket, head } = await api.upgrade(`/api/v1/namespaces/${namespace}/pods/${pod}/exec?${query}`, {
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
    'sec-websocket-protocol': 'v5.channel.k8s.io',
  });
  const channels = new Map<number, Buffer[]>([STDOUT, STDERR, RESULT].map((channel) => [channel, []]));
  const text = (channel: number) => Buffer.concat(channels.get(channel) ?? []).toString();
  let message: Buffer[] = [];
  const take = ({ kind, last, data }: Frame) => {
    if (kind === 8) socket.end(frame(data, 8));
    if (kind === 9) socket.write(frame(data, 10));
    if (kind > 2) return;
    message.push(data);
    if (!last) return;
    const whole = Buffer.concat(message);
    message = [];
    channels.get(whole[0] ?? -1)?.push(whole.subarray(1));
  };
  const timer = setTimeout(() => socket.destroy(), milliseconds);
  const closed = new Promise<void>((resolve) => {
    let bytes: Buffer = Buffer.alloc(0);
    const read = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (let next = firstFrame(bytes); next !== undefined; next = firstFrame(bytes)) {
        bytes = next.rest;
        take(next.frame);
      }
    };
    socket.on('data', read);
    socket.on('error', () => {}); // it is closed then, without a result
    socket.on('close', () => resolve());
    socket.on('end', () => socket.end());
    read(head);
  });
  if (input !== undefined) {
    for (let at = 0; at < input.length; at += CHUNK) {
      socket.write(frame(Buffer.concat([Buffer.from([STDIN]), input.subarray(at, at + CHUNK)])));
    }
    socket.write(frame(Buffer.from([END, STDIN])));
  }
  await closed;
  clearTimeout(timer);
  return { ...resultOf(text(RESULT), text(STDERR)), stdout: text(STDOUT) };
}

/** The exit code that the server tells of; -1 without one: the connection broke, or it took too long. */
function resultOf(result: string, stderr: string): Pick<Outcome, 'code' | 'stderr'> {
  if (result === '') return { code: -1, stderr: `${stderr}the connection ended before the command\n` };
  const { status, message, details } = JSON.parse(result);
  if (status === 'Success') return { code: 0, stderr };
  const exit = details?.causes?.find((cause: { reason: string }) => cause.reason === 'ExitCode');
  return { code: Number(exit?.message ?? -1), stderr: `${stderr}${message}\n` };
}
