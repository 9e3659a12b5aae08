import type { Kubectl } from '../../src/cli/kubectl/kubectl';
import { CliError } from '../../src/cli/shared/cli-error';
import { IMAGE_PREFIX, NODE_LABEL, places, TOOLS_NAMESPACE } from './names';
import { done } from './objects';
import { NodeTools } from './tools';

/**
 * Removes everything that a run made, in the cluster and on its nodes. It goes on where one part fails.
 *
 * @param kubectl the user's own
 * @throws CliError naming what is left
 */
export async function removeAll(kubectl: Kubectl): Promise<void> {
  const problems: string[] = [];
  const attempt = async (work: Promise<unknown>) => {
    await work.catch((error) => problems.push(error.message));
  };
  const gone = (namespace: string) =>
    done(kubectl, ['delete', 'namespace', namespace, '--ignore-not-found', '--timeout=180s'], 190);
  const nodes = await toolsNodes(kubectl);
  await Promise.all(nodes.map((node) => attempt(new NodeTools(kubectl, node).run('end_earlier'))));
  // The mirror's agent takes its settings back as it stops.
  await Promise.all(Object.values(places).map(({ namespace }) => attempt(gone(namespace))));
  await Promise.all(nodes.map((node) => attempt(new NodeTools(kubectl, node).run(cleanNode()))));
  await attempt(done(kubectl, ['label', 'nodes', '--all', `${NODE_LABEL}-`], 60));
  if (problems.length > 0) throw new CliError('other', `not all is removed, try --remove: ${problems.join('; ')}`);
  await gone(TOOLS_NAMESPACE);
}

function cleanNode(): string {
  const prefixes = [IMAGE_PREFIX, ...Object.values(places).map(({ registry }) => `${registry}/`)];
  const commands = prefixes.map((prefix) => `remove_images ${prefix}`);
  return [...commands, `remove_settings ${places.plain.registry}`, 'rm -rf /work/image'].join('\n');
}

/** The nodes with the bench's own pods. */
async function toolsNodes(kubectl: Kubectl): Promise<string[]> {
  const list = await kubectl.object<{ items: { spec: { nodeName: string }; status: { phase: string } }[] }>(
    'pods',
    '--namespace',
    TOOLS_NAMESPACE,
  );
  return (list?.items ?? []).filter(({ status }) => status.phase === 'Running').map(({ spec }) => spec.nodeName);
}
