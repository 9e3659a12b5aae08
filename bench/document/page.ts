import type { ClusterResults } from '../cluster/results';
import { beforeLines, byteLines, chainLines, machineLines, processLines, pullLines } from './cluster-part';
import { summaryLines } from './summary';
import { type SynthResults, synthLines } from './synth-part';

/** The results that the page is made of. */
export interface Results {
  readonly cluster: ClusterResults;
  /** The same, measured with the release before the direct path. */
  readonly before?: ClusterResults;
  readonly synth?: SynthResults;
}

/** The text of docs/performance.md. */
export function performancePage({ cluster, before, synth }: Results): string {
  return `${[
    '# Performance',
    '',
    'The price of a mirror with mutual TLS, compared with a plain Spegel on the same nodes in the same run. `npm run bench` measures it on a cluster of yours and writes this page from `bench/results`, so do not edit it.',
    '',
    'All figures are ratios: plain Spegel is 1.00, and 1.30 means 30 % more. Each is the median over the passes, with the lowest and the highest pass behind it. Times and CPU seconds depend on the machine; they are in `bench/results/cluster.json` of the repository.',
    '',
    '## In short',
    '',
    ...summaryLines(cluster, before),
    '',
    '**What it means for you.** The proxies read, encrypt and write every byte of a layer on both nodes, so the extra cost grows with the bytes that nodes pull. At rest the mirror takes [little CPU](limits.md). containerd spends most of the CPU of a pull, on hashing and unpacking. The layers here are not compressed; with compressed layers containerd works longer, and the share of the mirror is smaller.',
    '',
    '## Pulls by containerd',
    '',
    'containerd of one node pulls images that only the other node has. CPU is the sum over both nodes; the mirror alone is Envoy, Spegel and the node agent. Half of the images took no longer than p50, and 99 of 100 no longer than p99.',
    '',
    ...pullLines(cluster),
    '',
    'containerd fetches at most three layers at the same time, however many images it pulls, unless `max_concurrent_downloads` says otherwise.',
    '',
    '## The mirror alone',
    '',
    'The same layers, but curl asks the mirror for them as containerd would, with the identity of the node, and throws them away. Nothing hides the cost of the mirror here.',
    '',
    ...chainLines(cluster),
    '',
    '## Where the CPU goes',
    '',
    'The pull of the 1 GiB layer, by process; 1.00 is what all processes together take with plain Spegel. The client is `ctr`, and the shell that measures.',
    '',
    ...processLines(cluster),
    '',
    '## Bytes and memory',
    '',
    'Bytes that the pulling pod received from the network, and bytes that its Spegel wrote, as parts of the bytes of the layers. No registry exists behind the mirrors, so every byte came from the peer. Memory is what the processes of the mirror hold on both nodes after the pull.',
    '',
    ...byteLines(cluster),
    '',
    '## How it was measured',
    '',
    ...machineLines(cluster),
    ...(before === undefined ? [] : beforeLines(before)),
    '- Both mirrors stay installed, each for a registry of its own, with the same layers on the serving node. In each pass each workload runs with one and then at once with the other, and the order changes from pass to pass.',
    '- CPU is the time of each process, from the kernel, between two moments: before the first pull and after the last; the idle pods of the other mirror are left out. `kubectl exec` of the bench itself is in containerd and kubelet, with both mirrors alike.',
    "- The client pulls by `ctr images pull --hosts-dir` and by digest, through containerd's transfer service, which also serves the kubelet since containerd 2.1. The kubelet itself pulls one image at a time unless `serializeImagePulls` is off.",
    "- After each pull the image and its content are removed, and containerd's garbage is collected, before the next one begins.",
    '- curl keeps its connections from one layer to the next, with both mirrors alike, as containerd does: 3 connections for 64 layers, 3 at a time. So a layer costs no handshake of its own.',
    '- The plain Spegel has the arguments of its chart, but `--mirror-resolve-timeout=250ms`, as in the secured mirror.',
    '',
    ...(synth === undefined ? [] : ['## Manifests', '', ...synthLines(synth), '']),
    '## Repeat it',
    '',
    'You need a cluster with two Linux nodes that you can do without for a while, with [cert-manager](getting-started.md), and 7 GiB of free disk on each. The bench uses `kubectl`, with your `KUBECONFIG`.',
    '',
    '<!-- not run: takes hours, and a cluster with nothing else to do; test/bench has its parts -->',
    '```sh',
    'npm ci',
    'npm run bench                                              # all of it, five passes',
    'npm run bench -- --passes 1 --only 1x1GiB,chain --json try.json',
    'npm run bench -- --platform k3s                            # on k3s, whose containerd has other paths',
    'npm run bench -- --help',
    '```',
    '',
    'It says on stderr what it does, refuses to begin where something is missing or a mirror is already installed, and removes everything that it made, also at Ctrl-C. Its own pods are privileged, and while it runs every pod of the cluster can read what the plain Spegel serves. The CA is made by cert-manager for the run alone: the mirror itself never makes one.',
    '',
  ].join('\n')}`;
}
