import { k8s } from 'cdk8s-plus-28';
import { restricted } from '../../../imports/pod-security';
import { healthPaths } from '../contract/http';
import { containers, volumes as volumeNames } from '../contract/names';
import type { PodPart } from '../contract/pod-part';
import { ports } from '../contract/ports';
import type { NodePaths } from '../platforms';
import type { LogLevel } from '../props/log-level-props';
import type { ResolvedEntry } from '../resolved';

/** Spegel's words for the levels. */
const LEVELS: { readonly [level in LogLevel]: string } = {
  debug: 'DEBUG',
  info: 'INFO',
  warning: 'WARN',
  error: 'ERROR',
};

/** What Spegel's container is made of. */
export interface SpegelOptions {
  /** Image of Spegel. */
  readonly image: string;
  /** Registries that it mirrors; with `_default` among them, all. */
  readonly registries: string[];
  /** Where the node's containerd keeps its files. */
  readonly paths: NodePaths;
  /** Name that resolves to the addresses of all mirrors. */
  readonly peersName: string;
  /** Whether pods have IPv6 addresses too. */
  readonly dualStack: boolean;
  /** The entry. Its hostPort is declared here, as the kubelet ignores a hostPort of a native sidecar. */
  readonly entry: ResolvedEntry;
  /** How much it logs. */
  readonly logLevel: LogLevel;
  /** Whether the hostPort is on every address of the node, as plain Spegel's is, and not on its loopback alone. */
  readonly permissive: boolean;
}

/**
 * Spegel in the pod, with two places of the node, the content read-only.
 *
 * @param options what it is made of
 */
export function spegelPart(options: SpegelOptions): PodPart {
  const { socket, content } = options.paths;
  const volumes = [
    { name: 'containerd-socket', hostPath: { path: socket, type: 'Socket' } },
    { name: volumeNames.content, hostPath: { path: content, type: 'Directory' } },
  ];
  return { initContainers: [], containers: [spegelContainer(options)], volumes };
}

/** Spegel, unmodified. Its registry and metrics are on loopback, so nobody reaches them but through the auth proxy. */
function spegelContainer(options: SpegelOptions): k8s.Container {
  const { registry, router, metrics } = ports.spegel;
  const alive = { path: healthPaths.spegelAlive, port: k8s.IntOrString.fromNumber(ports.listeners.health) };
  const mirrored = options.registries.includes('_default') ? [] : options.registries.map((host) => `https://${host}`);
  return {
    name: containers.spegel,
    image: options.image,
    args: [
      'registry',
      `--log-level=${LEVELS[options.logLevel]}`,
      `--registry-addr=127.0.0.1:${registry}`,
      `--metrics-addr=127.0.0.1:${metrics}`,
      // On IPv6, too, only where the redirect covers it.
      `--router-addr=${options.dualStack ? '' : '0.0.0.0'}:${router}`,
      ...(mirrored.length > 0 ? ['--mirrored-registries', ...mirrored] : []),
      `--containerd-sock=${options.paths.socket}`,
      `--containerd-content-path=${options.paths.content}`,
      '--bootstrap-kind=dns',
      `--dns-bootstrap-domain=${options.peersName}`,
      // 20 ms, its default, is missed by a busy node (measured).
      '--mirror-resolve-timeout=250ms',
      '--debug-web-enabled=false',
    ],
    ports:
      options.entry.kind === 'clusterIp'
        ? []
        : [
            {
              name: 'entry',
              containerPort: ports.listeners.entry,
              hostPort: options.entry.port,
              ...(options.permissive ? {} : { hostIp: '127.0.0.1' }),
            },
          ],
    // Through the proxy, as Spegel is on loopback. It looks for peers as long as it takes, so a restart finds none earlier; the pod is ready
    // when the node agent says so.
    startupProbe: { httpGet: alive, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 90 },
    // Slower than the proxy's own, so that a proxy that hangs is restarted and not Spegel; and so slow that a flood from the node, which
    // shares the kubelet's address, does not restart it: a packet that finds no place comes again after 1 and 3 s.
    livenessProbe: { httpGet: alive, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 30 },
    // Root, as containerd's socket demands it.
    securityContext: restricted(0),
    volumeMounts: [
      { name: 'containerd-socket', mountPath: options.paths.socket },
      { name: volumeNames.content, mountPath: options.paths.content, readOnly: true },
    ],
  };
}
