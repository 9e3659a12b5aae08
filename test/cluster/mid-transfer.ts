import { spawn } from 'node:child_process';
import { environment, nodes } from './environment';
import { inPodNetwork, processOf } from './load';
import { inNode } from './nodes';
import { passed } from './passage';
import { type Pull, pullOnce } from './pods';
import { bytesOf, openRegistry, pushNew, watch } from './registry';
import { type MirrorPod, mirrorPodOn } from './stack';

/** What is killed while a layer is on its way. */
export type Victim =
  | 'the proxy of the peer'
  | 'the Spegel of the peer'
  | 'the network of the peer'
  | 'the proxy of the node itself';

/** Bytes of the layer. */
export const LAYER = 134_000_000;
/** Bytes that containerd has when the transfer stops, but for those that are on their way. */
const STOPPED_AT = 50_000_000;
/**
 * More than proxies and kernels hold of a transfer, and less than containerd has by then: a second transfer of the whole is noticed. Linux
 * lets the buffer of one receiver grow to 32 MiB, which it does when all that reads is slow.
 */
export const IN_FLIGHT = 45_000_000;

/** A transfer may be over before it can be broken, on a machine that is busy with other things: it takes another image then. */
const ATTEMPTS = 6;

/** What became of a transfer. */
export interface Broken {
  readonly pull: Pull;
  /** Bytes of the image's blobs. */
  readonly bytes: number;
  /** Bytes from peers, of which answers' headers are a few. */
  readonly peers: number;
  /** Bytes from the registry. */
  readonly origin: number;
}

/** Pulls a layer on the second node that all the others have, and kills something in its midst. */
export async function killDuring(namespace: string, victim: Victim): Promise<Broken> {
  for (let attempts = 0; attempts < ATTEMPTS; attempts++) {
    const broken = await tryToBreak(namespace, victim);
    if (broken !== undefined) return broken;
  }
  throw new Error(`${ATTEMPTS} transfers were over before they could be broken`);
}

async function tryToBreak(namespace: string, victim: Victim): Promise<Broken | undefined> {
  const [, second] = nodes();
  const holders = nodes().filter((node) => node !== second);
  const image = await pushNew(openRegistry(), 1, LAYER);
  for (const node of holders) {
    await pullOnce(namespace, node, image.reference);
  }
  const own = await mirrorPodOn(second);
  const peers = await Promise.all(holders.map(mirrorPodOn));
  const received = await passed(own);
  const sent = await Promise.all(peers.map(passed));
  const sentSince = async () =>
    (await Promise.all(peers.map(passed))).map(({ served }, i) => served - (sent[i]?.served ?? 0));
  const requests = watch(image);

  let mend = async () => {};
  const strike = async () => {
    if (victim === 'the proxy of the node itself') return kill(own, 'envoy');
    const bytes = await sentSince();
    const sender = peers[bytes.indexOf(Math.max(...bytes))] as MirrorPod;
    if (victim !== 'the network of the peer')
      return kill(sender, victim === 'the proxy of the peer' ? 'envoy' : 'spegel');
    mend = await silence(sender, own);
  };
  const stopper = await stopAt(second, image.blobs[1] ?? '');
  const breaking = stopper.stopped.then(async (stopped) => {
    try {
      if (stopped) await strike();
    } finally {
      await inNode(second, 'pkill', '-CONT', '-x', 'containerd');
    }
    return stopped;
  });
  const pulling = pullOnce(namespace, second, image.reference, { seconds: 90 }).finally(stopper.end);
  const [broken, pull] = await Promise.all([breaking, pulling]).finally(async () => {
    await breaking.catch(() => {});
    await mend();
  });
  if (!broken) return undefined;
  const origin = bytesOf((await requests()).blobs);
  // The counters of what was killed are gone.
  const bytes =
    victim === 'the proxy of the node itself'
      ? (await sentSince()).reduce((sum, one) => sum + one, 0)
      : (await passed(own)).peers - received.peers;
  return { pull, bytes: image.bytes, peers: bytes, origin };
}

async function kill(mirror: MirrorPod, program: 'envoy' | 'spegel'): Promise<void> {
  await inNode(mirror.node, 'kill', '-KILL', await processOf(mirror, program));
}

/** Has a mirror say nothing more to another one, and refuse nothing, as on a node that has lost its power. Gives a function that ends it. */
async function silence(mirror: MirrorPod, other: MirrorPod): Promise<() => Promise<void>> {
  const route = async (change: 'add' | 'del') => {
    await inNode(mirror.node, ...(await inPodNetwork(mirror, 'ip', 'route', change, 'blackhole', other.ip)));
  };
  await route('add');
  return () => route('del');
}

const INGEST = '/var/lib/containerd/io.containerd.content.v1.content/ingest';

/** A program that stops a node's containerd as soon as it has a part of a layer. It has begun to watch. */
interface Stopper {
  /** Whether it has stopped it when much of the layer was yet to come. */
  readonly stopped: Promise<boolean>;
  /** Ends it, as the layer has come. */
  end(): void;
}

/** It stops containerd, not a proxy: nothing probes containerd and kills it meanwhile. */
async function stopAt(node: string, digest: string): Promise<Stopper> {
  const script = `cd "$1" && echo watching || exit
    until ref=$(grep -lsF "$2" */ref); do
      read -rt 0.01
      (($? > 128)) || exit 0
    done
    data=\${ref%/ref}/data
    while size=$(stat -c %s "$data") && ((size < $3)); do :; done
    pkill -STOP -x containerd
    stat -c %s "$data"`;
  // It competes with all that moves the bytes.
  const shell = ['nice', '-n', '-20', 'bash', '-c', script, 'stop', INGEST, digest, `${STOPPED_AT}`];
  const child = spawn(environment('CLUSTER_NODE_EXEC'), [node, ...shell], { stdio: ['pipe', 'pipe', 'ignore'] });
  let out = '';
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      out += chunk;
      resolve();
    });
    child.on('error', reject);
    child.on('close', () => reject(new Error(`nothing watches ${INGEST} on ${node}`)));
  });
  const stopped = closed.then(() => {
    const size = Number(out.replace('watching', ''));
    return size > 0 && size < LAYER - IN_FLIGHT;
  });
  return { stopped, end: () => child.stdin.end() };
}

/** A line about it. */
export function told(victim: Victim, { pull, bytes, peers, origin }: Broken): string {
  const twice = peers + origin - bytes;
  return (
    `${victim} ${victim === 'the network of the peer' ? 'silent' : 'killed'} in mid-transfer of ${bytes} bytes: ${peers} from peers and ${origin} from the registry, so ${twice} ` +
    `more than once; pulled in ${pull.seconds.toFixed(1)} s`
  );
}
