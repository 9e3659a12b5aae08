import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { environment } from './environment';
import { inNode, SETTINGS } from './nodes';
import { type Program, program } from './programs';
import { run } from './run';
import type { MirrorPod } from './stack';

/** What became of requests. */
export interface Figures {
  readonly sent: number;
  readonly ok: number;
  /** Spegel found nobody in time: the pull goes on at the origin, as it does without a mirror. */
  readonly missed: number;
  /** Somebody did not take whom he should have. */
  readonly refused: number;
  readonly firstRefusals: { readonly time: string; readonly reason: string }[];
}

/** A program on a node that goes on until it is ended, and then tells what became of it. */
export interface Running<T> {
  end(): Promise<T>;
}

/** Requests that go on until they are ended. */
export type Load = Running<Figures>;

const LOAD = '/run/cluster-test-load';

/** Puts the program that makes requests on a node. */
export function putLoad(node: string): Promise<void> {
  return putProgram(node, 'load', LOAD);
}

/** Puts one of the tests' programs on a node. */
export async function putProgram(node: string, name: Program, path: string): Promise<void> {
  const into = ['bash', '-c', 'cat >"$1.new" && chmod 700 "$1.new" && mv -f "$1.new" "$1"', 'put', path];
  await run([environment('CLUSTER_NODE_EXEC'), node, ...into], { input: readFileSync(program(name)) });
}

/** Takes it away again. */
export async function removeLoad(node: string): Promise<void> {
  await inNode(node, 'rm', '-f', LOAD);
}

/** What containerd accepts when it asks for a blob: its media type, by which the entry knows a layer, and anything. */
export const ACCEPT = {
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip, */*',
  configuration: 'application/vnd.oci.image.config.v1+json, */*',
};

/**
 * Asks a node's entry, as its containerd would.
 *
 * @param node the node
 * @param registry whose settings are read
 * @param path what is asked for
 * @param kind what it is to containerd
 * @param options more options of the program
 */
export function askEntry(
  node: string,
  registry: string,
  path: string,
  kind: keyof typeof ACCEPT,
  ...options: string[]
): Load {
  const settings = `${SETTINGS}/${registry}/hosts.toml`;
  return start(node, [LOAD, '-settings', settings, '-path', path, '-accept', ACCEPT[kind], ...options]);
}

/**
 * Asks a peer, as a mirror's Spegel would.
 *
 * @param mirror who asks
 * @param peer who is asked
 * @param path what is asked for
 */
export async function askPeer(mirror: MirrorPod, peer: MirrorPod, path: string): Promise<Load> {
  return start(mirror.node, await inPodNetwork(mirror, LOAD, '-url', `http://${peer.ip}:5000${path}`));
}

/** The command that runs a command of the node in the network of a mirror's pod, as root: so the pod's redirect leads it. */
export async function inPodNetwork(mirror: MirrorPod, ...command: string[]): Promise<string[]> {
  return ['nsenter', '-t', await processOf(mirror, 'envoy'), '-n', ...command];
}

/** The process of a program in a mirror's pod: its number in the node. */
export async function processOf(mirror: MirrorPod, name: 'envoy' | 'bash' | 'spegel'): Promise<string> {
  const script = `for pid in $(pgrep -x "$2"); do
      if tr _ - <"/proc/$pid/cgroup" | grep -q "$1"; then echo "$pid"; exit; fi
    done; exit 1`;
  return (await inNode(mirror.node, 'bash', '-c', script, 'process', mirror.uid, name)).trim();
}

/** Starts a program on a node that ends with its input and then prints what became of it as JSON. */
export function start<T>(node: string, command: string[]): Running<T> {
  const [exec = '', ...args] = [environment('CLUSTER_NODE_EXEC'), node, ...command];
  const child = spawn(exec, args);
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk) => out.push(chunk));
  child.stderr.on('data', (chunk) => err.push(chunk));
  child.stdin.on('error', () => {});
  const closed = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? -1));
  });
  closed.catch(() => {});
  const end = async () => {
    child.stdin.end();
    const code = await closed;
    if (code !== 0) {
      throw new Error(`the requests from ${node} ended with ${code}: ${Buffer.concat(err)}`);
    }
    return JSON.parse(Buffer.concat(out).toString());
  };
  return { end };
}

/** Sums of figures. */
export function sum(all: Figures[]): Figures {
  const of = (key: 'sent' | 'ok' | 'missed' | 'refused') => all.reduce((total, figures) => total + figures[key], 0);
  return {
    sent: of('sent'),
    ok: of('ok'),
    missed: of('missed'),
    refused: of('refused'),
    firstRefusals: all.flatMap((figures) => figures.firstRefusals),
  };
}
