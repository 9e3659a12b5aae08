import { Provider } from '@pulumi/kubernetes/provider';
import { Config, getStack } from '@pulumi/pulumi';
import { clusterOf, holdsSecrets, valuesOf } from './program-settings';
import { SecuredStack } from './secured-stack';

// One Pulumi stack is one cluster of stack.yaml. Settings and secrets: docs/pulumi.md.
const config = new Config('secure-mirror');
const cluster = clusterOf(config, getStack(), __dirname);
const secrets = valuesOf(config, cluster);
const renderYamlToDirectory = config.get('renderTo');
if (renderYamlToDirectory !== undefined && holdsSecrets(secrets)) {
  throw new Error(
    'secure-mirror:renderTo: files would hold the secrets of this stack in the clear; take them out of it first',
  );
}
const provider = new Provider('cluster', {
  kubeconfig: config.getSecret('kubeconfig'),
  context: config.get('context'),
  renderYamlToDirectory,
  // A ConfigMap or a Secret is changed, not deleted and made again.
  enableConfigMapMutable: true,
  enableSecretMutable: true,
  upsertExistingObjects: config.getBoolean('adopt') ?? false,
});
const stack = new SecuredStack('secured-mirror', { ...cluster, secrets }, { provider });

export const { namespace, entry, trustDomain, secretNames, serviceAccountNames, configHash } = stack;
