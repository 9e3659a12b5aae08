import type { k8s } from 'cdk8s-plus-28';
import { resources, restricted } from '../../../imports/pod-security';
import { ENVOY_UID } from '../../mirror/contract/ports';

/** Label of a pod that says what its check's policies let it do. */
export const ROLE_LABEL = 'secure-mirror/probe';

/** Port of the pod that serves. */
export const PORT = 8080;

/**
 * A container that runs a script in the image of Envoy, the one of the stack's images with a shell.
 *
 * @param image the image
 * @param script the script
 * @param words its arguments
 */
export function scriptContainer(image: string, script: string, ...words: string[]): k8s.Container {
  return {
    name: 'probe',
    image,
    command: ['bash', '-c', script, 'probe', ...words],
    securityContext: restricted(ENVOY_UID),
  };
}

/** Envoy, answering 200 to everybody: this image has no other program that listens. */
export function serverContainer(image: string): k8s.Container {
  return {
    name: 'server',
    image,
    command: ['envoy', '--config-yaml', JSON.stringify(SERVER), '--disable-hot-restart'],
    args: ['--concurrency', '1', '--log-level', 'error'],
    securityContext: restricted(ENVOY_UID),
    resources: resources('10m', '64Mi', '256Mi'),
    // From inside, as policies may deny the kubelet of odd networks.
    readinessProbe: { exec: { command: ['bash', '-c', `: </dev/tcp/127.0.0.1/${PORT}`] }, periodSeconds: 1 },
  };
}

const MANAGER = 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';
const ROUTER = 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router';

const manager = {
  '@type': MANAGER,
  stat_prefix: 'probe',
  http_filters: [{ name: 'router', typed_config: { '@type': ROUTER } }],
  route_config: {
    virtual_hosts: [
      { name: 'all', domains: ['*'], routes: [{ match: { prefix: '/' }, direct_response: { status: 200 } }] },
    ],
  },
};

const SERVER = {
  static_resources: {
    listeners: [
      {
        name: 'probe',
        address: { socket_address: { address: '::', port_value: PORT, ipv4_compat: true } },
        filter_chains: [{ filters: [{ name: 'manager', typed_config: manager }] }],
      },
    ],
  },
};
