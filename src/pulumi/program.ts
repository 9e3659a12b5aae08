import { Config, getStack } from '@pulumi/pulumi';
import { providerOf } from './program-provider';
import { clusterOf, holdsSecrets, valuesOf } from './program-settings';
import { SecuredStack } from './secured-stack';

// One Pulumi stack is one cluster of stack.yaml. Settings and secrets: docs/pulumi.md.
const config = new Config('secure-mirror');
const cluster = clusterOf(config, getStack(), __dirname);
const secrets = valuesOf(config, cluster);
if (config.get('renderTo') !== undefined && holdsSecrets(secrets)) {
  throw new Error(
    'secure-mirror:renderTo: files would hold the secrets of this stack in the clear; take them out of it first',
  );
}
const { provider, ready } = providerOf(config);
const stack = new SecuredStack('secured-mirror', { ...cluster, secrets }, { provider, dependsOn: ready });

export const { namespace, entry, trustDomain, secretNames, serviceAccountNames, configHash } = stack;
