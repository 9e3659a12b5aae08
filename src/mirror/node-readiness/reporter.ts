import type { k8s } from 'cdk8s-plus-28';
import { restricted } from '../../../imports/pod-security';
import { PUBLISHED_PATH } from '../contract/http';
import { containers } from '../contract/names';
import { READINESS_CONDITION } from '../contract/node-readiness';
import type { PodPart } from '../contract/pod-part';
import { ports } from '../contract/ports';

/** User of the reporter in its official image. */
const UID = 65532;
const TOKEN = 'api-token';

/**
 * The reporter of the Node Readiness Controller in the pod: it writes into a condition of the node whether the node agent has put the
 * mirror in use. It alone mounts a token of the API server, at the place where every client looks for it.
 *
 * @param image image of the reporter
 */
export function reporterPart(image: string): PodPart {
  const container = {
    name: containers.reporter,
    image,
    env: [
      { name: 'NODE_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } } },
      { name: 'CONDITION_TYPE', value: READINESS_CONDITION },
      { name: 'CHECK_ENDPOINT', value: `http://127.0.0.1:${ports.agent.report}${PUBLISHED_PATH}` },
      // Each check reads the node, so more often would burden the API server of a large cluster.
      { name: 'CHECK_INTERVAL', value: '10s' },
      // How often it writes what has not changed. Nobody reads when that was.
      { name: 'HEARTBEAT_PERIOD', value: '1h' },
    ],
    securityContext: restricted(UID),
    volumeMounts: [{ name: TOKEN, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true }],
  };
  return { initContainers: [], containers: [container], volumes: [token()] };
}

/** A token of the pod, which ends with it, and what the API server's certificate is checked with. */
function token(): k8s.Volume {
  const ca = { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] };
  return {
    name: TOKEN,
    projected: {
      // The user and the pod's group.
      defaultMode: 0o440,
      // Ten minutes is the shortest; the kubelet renews it in time.
      sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: 600 } }, { configMap: ca }],
    },
  };
}
