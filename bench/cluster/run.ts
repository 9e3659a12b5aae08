import { Kubectl } from '../../src/cli/kubectl/kubectl';
import { EarlyEnd } from '../../src/cli/shared/early-end';
import { makeImages } from './images';
import { inspect, installMirrors, installTools, settled } from './install';
import { architectureOf, machineOf } from './machine';
import { type BothTools, memoryOf } from './measure';
import { type SetUp, TOOLS_NAMESPACE } from './names';
import type { BenchOptions } from './options';
import { measurePasses } from './passes';
import { podUids } from './pods';
import { type Nodes, preflight } from './preflight';
import { removeAll } from './remove';
import type { ClusterResults } from './results';
import { snapshotsIn } from './snapshot';
import { NodeTools } from './tools';
import { bytesOf, sizesOf, workloads } from './workloads';

/** Longer than any run: a run ends by itself. */
const LIMIT_SECONDS = 24 * 3600;
/** What a node needs beside the images: their archives while they are made, and one size unpacked. */
const SPARE_BYTES = 2 ** 30;
/** Exit code of a run that could not remove everything. */
const LEFT_BEHIND = 2;

/** The end of a run. */
export interface Outcome {
  /** Missing when the user interrupted it. */
  results?: ClusterResults;
  /** The exit code of a run that the user interrupted, or that left something behind. */
  exitCode?: number;
}

/**
 * Measures, and removes everything that it made for it.
 *
 * @param options what the user asks for
 * @param say tells the user how far it is
 */
export async function measureCluster(options: BenchOptions, say: (text: string) => void): Promise<Outcome> {
  const access = { kubeconfig: options.kubeconfig, context: options.context, namespace: TOOLS_NAMESPACE };
  const kubectl = new Kubectl(access);
  const nodes = await preflight(kubectl, options.nodes);
  const end = new EarlyEnd(LIMIT_SECONDS, (again) =>
    say(
      again
        ? 'not all is removed: npm run bench -- --remove'
        : 'interrupted: removing everything; wait, or press Ctrl-C again',
    ),
  );
  const outcome: Outcome = {};
  try {
    outcome.results = await end.within(measured(kubectl, nodes, options, say));
  } catch (error) {
    if (end.exitCode === undefined) throw error;
    await kubectl.stop(end.signal.reason);
    outcome.exitCode = end.exitCode;
  } finally {
    if (options.keep && end.exitCode === undefined) say('left installed: npm run bench -- --remove removes it');
    else {
      say('removing everything');
      // Neither the figures nor an error of the run may get lost because something stays.
      await removeAll(new Kubectl(access)).catch((error: Error) => {
        say(error.message);
        outcome.exitCode ??= LEFT_BEHIND;
      });
    }
    end.dispose();
  }
  return outcome;
}

async function measured(
  kubectl: Kubectl,
  nodes: Nodes,
  options: BenchOptions,
  say: (text: string) => void,
): Promise<ClusterResults> {
  const tools: BothTools = {
    serving: new NodeTools(kubectl, nodes.serving.metadata.name),
    pulling: new NodeTools(kubectl, nodes.pulling.metadata.name),
  };
  say(`${tools.serving.node} serves, ${tools.pulling.node} pulls`);
  const work = workloads(options.only, options.parallel);
  const sizes = sizesOf(work);
  const sum = sizes.reduce((bytes, size) => bytes + bytesOf(size), 0);
  const largest = Math.max(...sizes.map(bytesOf));
  await installTools(kubectl, tools, options.toolsImage, options.platform);
  await inspect(tools.serving, sum + largest + SPARE_BYTES);
  const processor = await inspect(tools.pulling, 2 * largest + SPARE_BYTES);
  const images = await makeImages(tools.serving, sizes, architectureOf(nodes), say);
  say('installing plain Spegel and the secured mirror');
  await installMirrors(kubectl, tools, options.platform);
  say('waiting until both find all layers');
  for (const setUp of ['plain', 'secured'] as const) await settled(tools.pulling, setUp, images);
  const pods = () => podUids(kubectl);
  const idleMemoryBytes = await idleMemory(tools, await pods());
  const measurePass = { tools, images, workloads: work, passes: options.passes, pods, say };
  return {
    date: new Date().toISOString().slice(0, 10),
    passes: options.passes,
    machine: machineOf(nodes, processor),
    idleMemoryBytes,
    workloads: await measurePasses(measurePass),
  };
}

async function idleMemory({ serving, pulling }: BothTools, pods: Awaited<ReturnType<typeof podUids>>) {
  const snapshots = (await Promise.all([serving, pulling].map((tools) => tools.run('snapshot')))).flatMap(snapshotsIn);
  const of = (setUp: SetUp) => memoryOf(snapshots, pods(setUp));
  return { plain: of('plain'), secured: of('secured') };
}
