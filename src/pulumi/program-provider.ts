import { Provider } from '@pulumi/kubernetes/provider';
import { type Config, type Resource, RunError } from '@pulumi/pulumi';
import { renderFolder } from './rendering';

/** The provider of a program, and what has to come about before anything is registered with it. */
interface ProgramProvider {
  readonly provider: Provider;
  readonly ready: Promise<Resource[]>;
}

/**
 * The provider that a program's settings ask for. A stack that was applied is never written to files: Pulumi would replace the provider and
 * with it every object, which it deletes in the cluster. So `ignoreChanges` keeps the folder as it was. In a preview `ready` fails
 * if the settings name another one; an update shows the given one, and the component finds the kept one in the state.
 *
 * @param config the program's settings
 */
export function providerOf(config: Config): ProgramProvider {
  const renderTo = config.get('renderTo');
  const common = {
    // A ConfigMap or a Secret is changed, not deleted and made again.
    enableConfigMapMutable: true,
    enableSecretMutable: true,
    upsertExistingObjects: config.getBoolean('adopt') ?? false,
  };
  if (renderTo === undefined) {
    const access = { kubeconfig: config.getSecret('kubeconfig'), context: config.get('context') };
    return { provider: new Provider('cluster', { ...common, ...access }), ready: Promise.resolve([]) };
  }
  // It refuses access to a cluster beside a folder. An empty text keeps its class from putting in the KUBECONFIG of the environment.
  const files = { kubeconfig: '', renderYamlToDirectory: renderTo };
  const ignoreChanges = ['renderYamlToDirectory', 'kubeconfig', 'context'];
  const provider = new Provider('cluster', { ...common, ...files }, { ignoreChanges });
  return { provider, ready: writesTo(provider, renderTo) };
}

async function writesTo(provider: Provider, renderTo: string): Promise<Resource[]> {
  const folder = await renderFolder(provider);
  if (folder === renderTo) return [];
  throw new RunError(
    folder === undefined
      ? 'secure-mirror:renderTo: this stack was applied to a cluster, and Pulumi would delete its objects there; take renderTo out of its ' +
          'settings, and make a stack of its own for files: pulumi stack init'
      : `secure-mirror:renderTo: this stack is written to ${folder}, not to ${renderTo}; destroy it first, which deletes files alone`,
  );
}
