import { type ComponentResource, Config, type ProviderResource, RunError } from '@pulumi/pulumi';
import { liveObjects, stackState } from './live-objects';

/**
 * Folder that a provider writes objects to, in place of a cluster; nothing for one with a cluster, or for one of which a preview does not
 * know it yet.
 *
 * @param provider a provider of Kubernetes
 */
export async function renderFolder(provider: ProviderResource): Promise<string | undefined> {
  // A resource has what it was registered with as Outputs, but the class does not declare this one, nor an Output its promise.
  const { renderYamlToDirectory: folder } = provider as {
    readonly renderYamlToDirectory?: { promise(): Promise<unknown> };
  };
  const known = await folder?.promise();
  return typeof known === 'string' && known !== '' ? known : undefined;
}

/**
 * Resolves once the objects of a component may be registered: files would hold secret values in the clear, and would take the place
 * of objects in a cluster, which Pulumi then deletes.
 *
 * @param component the component
 * @param secretValues gives what is secret in its arguments, by names that the user knows
 * @throws RunError where the component must not be written to files
 */
export async function mayBeRegistered(
  component: ComponentResource,
  secretValues: () => Promise<string[]>,
): Promise<void> {
  const provider = component.getProvider('kubernetes:core/v1:ConfigMap');
  // Only settings configure this for the default provider: it has no variable of the environment.
  const folder = provider ? await renderFolder(provider) : new Config('kubernetes').get('renderYamlToDirectory');
  if (!folder) return;
  const why = `its provider has renderYamlToDirectory, ${JSON.stringify(folder)}`;
  const secret = await secretValues();
  if (secret.length > 0) {
    throw new RunError(`files would hold these secrets in the clear: ${secret.join(', ')}; ${why}; leave them out`);
  }
  const state = await stackState();
  const live = liveObjects(state);
  if (live.length > 0) {
    const some = `${live.slice(0, 3).join(', ')}${live.length > 3 ? ` and ${live.length - 3} more` : ''}`;
    throw new RunError(
      `this stack has objects in a cluster, which Pulumi would delete once files take their place: ${some}; ${why}; ` +
        'make a Pulumi stack of its own for files: pulumi stack init',
    );
  }
  // An update shows a resource with what it was given, also where ignoreChanges keeps the earlier value: only the state knows.
  const urn = await (provider?.urn as { promise(): Promise<string> } | undefined)?.promise();
  const kept = state[urn ?? ''];
  if (kept !== undefined && kept.outputs?.renderYamlToDirectory !== folder) {
    throw new RunError(
      `${why}, but Pulumi keeps it as it was, by ignoreChanges: make a Pulumi stack of its own for files`,
    );
  }
}
