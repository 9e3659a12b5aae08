import { setTimeout as sleep } from 'node:timers/promises';
import type { Kubectl } from '../../src/cli/kubectl/kubectl';
import { CliError } from '../../src/cli/shared/cli-error';
import { resolvePaths } from '../../src/mirror/platforms';
import type { Platform } from '../../src/mirror/props/containerd-props';
import { counted } from '../../src/settings/counted';
import type { ImagesBySize } from './images';
import type { BothTools } from './measure';
import { NODE_LABEL, places, type SetUp, TOOLS_NAMESPACE } from './names';
import { apply, done, rolledOut } from './objects';
import { plainHostsToml, plainObjects } from './plain';
import { securedObjects } from './secured';
import { type NodeTools, toolsPod } from './tools';

/** How long the mirrors may take to know each other, and what the serving node has. */
const PATIENCE_SECONDS = 180;

/** Spegel remembers for 5 s that it found nobody. */
const PAUSE_MS = 6000;

/** Starts the bench's own pods on the two nodes. */
export async function installTools(
  kubectl: Kubectl,
  { serving, pulling }: BothTools,
  image: string,
  platform: Platform,
): Promise<void> {
  const namespace = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: TOOLS_NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
  };
  const paths = resolvePaths(platform);
  await apply(kubectl, TOOLS_NAMESPACE, [
    namespace,
    ...[serving, pulling].map(({ node }) => toolsPod(node, image, paths)),
  ]);
  const words = ['--namespace', TOOLS_NAMESPACE, 'wait', '--for=condition=Ready', 'pod', '--all', '--timeout=180s'];
  await done(kubectl, words, 190).catch(() => {
    throw new CliError(
      'other',
      `the pods of the image ${image} do not start: name one that the nodes can pull with --tools-image`,
    );
  });
}

/**
 * Looks whether the bench can work on a node.
 *
 * @param tools the node's
 * @param bytes how much of its disk the bench needs
 * @returns the name of its processor
 * @throws CliError naming what is missing
 */
export async function inspect(tools: NodeTools, bytes: number): Promise<string> {
  const output = await tools.run('facts');
  const value = (name: string) => new RegExp(`^${name} +(.*)$`, 'm').exec(output)?.[1];
  const problem = value('problem');
  if (problem !== undefined) throw new CliError('other', `the node ${tools.node}: ${problem}`);
  const freeBytes = Number(value('free')) * 1024;
  if (freeBytes < bytes) {
    const [needed, free] = [bytes, freeBytes].map((n) => `${(n / 2 ** 30).toFixed(1)} GiB`);
    throw new CliError(
      'other',
      `the node ${tools.node} has ${free} of free disk, the bench needs ${needed}: see --only`,
    );
  }
  return value('processor')?.trim() || 'unknown';
}

/** Installs both mirrors side by side, once the serving node has the images. */
export async function installMirrors(
  kubectl: Kubectl,
  { serving, pulling }: BothTools,
  platform: Platform,
): Promise<void> {
  await done(kubectl, ['label', 'node', serving.node, pulling.node, `${NODE_LABEL}=true`, '--overwrite'], 60);
  await pulling.run(`settings ${places.plain.registry} <<'END'\n${plainHostsToml()}END`);
  await apply(kubectl, places.plain.namespace, plainObjects(resolvePaths(platform)));
  await apply(kubectl, places.secured.namespace, securedObjects(platform));
  await rolledOut(kubectl, places.plain.namespace, 'spegel');
  await rolledOut(kubectl, places.secured.namespace, 'mirror');
}

/**
 * Waits until a mirror finds all layers that the serving node has.
 *
 * @param tools of the pulling node
 * @param setUp the mirror
 * @param images the images
 */
export async function settled(tools: NodeTools, setUp: SetUp, images: ImagesBySize): Promise<void> {
  const { url, registry } = places[setUp];
  let missing = [...images.values()].flat().flatMap(({ layers }) => layers.map(({ digest }) => digest));
  const end = Date.now() + PATIENCE_SECONDS * 1000;
  for (;;) {
    const output = await tools.run(`missing ${url} ${registry} ${missing.join(' ')}`, PATIENCE_SECONDS);
    missing = output.split('\n').filter((line) => line !== '');
    if (missing.length === 0) return;
    if (Date.now() > end) {
      const layers = counted(missing.length, 'layer');
      throw new CliError(
        'other',
        `after ${PATIENCE_SECONDS} s the ${setUp} mirror on ${tools.node} does not find ${layers}`,
      );
    }
    await sleep(PAUSE_MS);
  }
}
