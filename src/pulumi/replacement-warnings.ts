import { type ComponentResource, Config } from '@pulumi/pulumi';

const SETTINGS = {
  enableConfigMapMutable: 'PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE',
  enableSecretMutable: 'PULUMI_K8S_ENABLE_SECRET_MUTABLE',
};

/**
 * Warnings of a provider that deletes ConfigMaps and Secrets in order to change them. Only the default provider shows how it is set.
 *
 * @param component the component
 */
export function replacementWarnings(component: ComponentResource): string[] {
  if (component.getProvider('kubernetes:core/v1:ConfigMap') !== undefined) return [];
  const config = new Config('kubernetes');
  const missing = Object.entries(SETTINGS).filter(
    ([key, variable]) => (config.get(key) ?? process.env[variable]) !== 'true',
  );
  return missing.map(
    ([key]) =>
      `the default provider of Kubernetes replaces what it could change: pulumi config set kubernetes:${key} true, ` +
      `or give the component a provider with ${key}`,
  );
}
