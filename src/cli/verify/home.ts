import { k8s } from 'cdk8s-plus-28';
import type { HomeProps } from '../probe/probe-home';

/** The namespace of a tenant: restricted, but in the version before Pod Security forbade probes of other hosts, as many clusters have it. */
const LABELS = {
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/enforce-version': 'v1.33',
};

/** Where the pods of attacks are: in a namespace as a tenant has one, with no policy of its own and no pull secret. */
export function tenantHome(): HomeProps {
  return {
    command: 'verify',
    objects: (name) => [k8s.KubeNamespace.manifest({ metadata: { name, labels: LABELS } })],
    isolated: false,
  };
}
