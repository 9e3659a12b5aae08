import { App, Chart } from 'cdk8s';
import type { Platform } from '../../src/mirror/props/containerd-props';
import { Entry } from '../../src/mirror/props/entry-props';
import { SecuredStack } from '../../src/stack/secured-stack';
import { NODE_LABEL, places } from './names';

const CA = 'bench-ca';

/** Our stack with mutual TLS, and a CA of the bench's own that lives as long as the run. */
export function securedObjects(platform: Platform): object[] {
  const { namespace, registry, port } = places.secured;
  const chart = new Chart(new App(), 'bench');
  new SecuredStack(chart, 'mirror', {
    name: 'bench',
    namespace,
    registries: [registry],
    // No origin could answer for the manifests.
    publicRepositories: [`${registry}/bench/*`],
    platform,
    nodeSelector: { [NODE_LABEL]: 'true' },
    entry: Entry.loopback(port),
    authentication: { mutualTls: { issuer: { caSecret: CA } } },
  });
  return [...chart.toJson(), ...temporaryCa(namespace)];
}

/** The mirror never makes the key of a CA; this one is the bench's, made by cert-manager and deleted with the namespace. */
function temporaryCa(namespace: string): object[] {
  const apiVersion = 'cert-manager.io/v1';
  return [
    { apiVersion, kind: 'Issuer', metadata: { namespace, name: CA }, spec: { selfSigned: {} } },
    {
      apiVersion,
      kind: 'Certificate',
      metadata: { namespace, name: CA },
      spec: {
        isCA: true,
        commonName: 'temporary CA of a bench',
        secretName: CA,
        duration: '24h',
        privateKey: { algorithm: 'ECDSA', size: 256 },
        issuerRef: { name: CA, kind: 'Issuer' },
      },
    },
  ];
}
