import { resources, restricted } from '../../../../imports/pod-security';
import { redirectContainers, redirectFiles } from '../../../mirror/auth-proxy/redirect-container';
import { STATE_DIRECTORY } from '../../../mirror/contract/directories';
import { containers } from '../../../mirror/contract/names';
import { platforms } from '../../../mirror/platforms';
import type { ResolvedMirror } from '../../../mirror/resolved';
import type { ProbePod } from '../../probe/probes';
import { probeScript } from './scripts';
import { services } from './services';

/** The container that looks at the node. */
export const FACTS = 'facts';

/** Containers that try the rules of the redirect. */
export const redirects = [containers.redirect, containers.redirectIpv6];

const ROOT = '/host';
const RULES = '/rules';

/**
 * A pod that looks at a node: one container reads the node's files, without any right to change them and without the node's network,
 * and others load the rules of the redirect into the pod's own network namespace.
 *
 * @param mirror the settings
 * @param node the node
 */
export function nodeProbe(mirror: ResolvedMirror, node: string): ProbePod {
  const redirect = {
    image: mirror.images.iptables,
    connectionsPerSource: mirror.limits.connectionsPerSource,
    entryConnections: mirror.limits.entryConnections,
    permissive: mirror.authentication.permissive,
    dualStack: mirror.dualStack,
  };
  const shell = {
    image: mirror.images.envoy,
    resources: resources('10m', '32Mi', '128Mi'),
    // Root, as containerd's settings are root's; without a single capability.
    securityContext: restricted(0),
  };
  const service = services[mirror.platform];
  const variables = (values: { [name: string]: string }) =>
    Object.entries(values).map(([name, value]) => ({ name, value }));
  return {
    purpose: 'node',
    node,
    spec: {
      initContainers: [
        {
          ...shell,
          name: 'rules',
          command: [
            'bash',
            '-c',
            `while (($# > 0)); do printf %s "$2" >"${RULES}/$1" && shift 2 || exit; done`,
            'rules',
          ],
          args: Object.entries(redirectFiles(redirect)).flat(),
          volumeMounts: [{ name: 'redirect', mountPath: RULES }],
        },
      ],
      containers: [
        {
          ...shell,
          name: FACTS,
          command: ['bash', '-c', probeScript()],
          env: variables({
            PROBE_ROOT: ROOT,
            PROBE_CONFIG: platforms[mirror.platform].configFile,
            PROBE_SOCKET: mirror.paths.socket,
            PROBE_HOSTS: mirror.paths.registryConfig,
            PROBE_STATE: STATE_DIRECTORY,
            PROBE_REGISTRIES: mirror.registries.join(' '),
            PROBE_ENTRY: `https://${mirror.entry.address}:${mirror.entry.port}`,
            PROBE_PORT: `${mirror.entry.port}`,
            PROBE_UNITS: service.units.join(' '),
            PROBE_ENVIRONMENT: service.environment ?? '',
          }),
          volumeMounts: [{ name: 'node', mountPath: ROOT, readOnly: true }],
        },
        ...redirectContainers(redirect),
      ],
      volumes: [
        // All of it, as `imports` of containerd's configuration may lead anywhere.
        { name: 'node', hostPath: { path: '/' } },
        { name: 'redirect', emptyDir: {} },
      ],
    },
  };
}
