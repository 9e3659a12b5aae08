import { Provider } from '@pulumi/kubernetes';
import { Config, getStack } from '@pulumi/pulumi';
import { SecuredStack } from 'secure-mirror/pulumi';

const config = new Config();
const provider = new Provider('cluster', {
  kubeconfig: config.requireSecret('kubeconfig'),
  // Without these the provider deletes a ConfigMap or a Secret to change it.
  enableConfigMapMutable: true,
  enableSecretMutable: true,
});

const mirror = new SecuredStack(
  'mirror',
  {
    name: getStack(),
    registries: ['docker.io', 'ghcr.io'],
    authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
    tokens: [
      {
        organization: 'example',
        pull: [
          {
            purpose: 'shop pull',
            repositories: ['example/shop'],
            owner: 'team-shop',
            bindTo: [{ namespace: 'shop', serviceAccounts: ['shop'] }],
          },
        ],
      },
    ],
    secrets: {
      ca: { certificate: config.requireSecret('caCertificate'), key: config.requireSecret('caKey') },
      tokens: { 'shop pull': config.requireSecret('shopToken') },
    },
  },
  { provider },
);

export const { entry, trustDomain, secretNames, configHash } = mirror;
