import { k8s } from 'cdk8s-plus-28';
import { restricted } from '../../../imports/pod-security';
import type { IAuthentication } from '../authentication/authentication';
import { ADMIN_DIRECTORY, DYNAMIC_DIRECTORY, ENVOY_DIRECTORY, PERMISSIVE_DIRECTORY } from '../contract/directories';
import { containers, METRICS_PORT, NODE_NAME_VARIABLE, POD_UID_VARIABLE, volumes } from '../contract/names';
import { ENVOY_UID, ports } from '../contract/ports';
import { files } from '../envoy/bootstrap';
import { CONNECTION_DURATION } from '../envoy/http';
import type { LogLevel } from '../props/log-level-props';

/** The settings of the proxy's container. */
export interface ProxyContainerProps {
  /** How nodes and mirrors authenticate themselves. */
  readonly authentication: IAuthentication;
  /** Image of Envoy. */
  readonly image: string;
  /** Whether anybody may read the metrics. */
  readonly metrics: boolean;
  /** How much it logs. */
  readonly logLevel: LogLevel;
}

// At a higher level these would print request headers and dynamic files, and so credentials.
const quiet = 'config:warning,http:warning,rbac:warning,router:warning';
// When filter chains change, connections end with their next answer, and running transfers like all others within their duration.
const drain = ['--drain-strategy', 'immediate', '--drain-time-s', CONNECTION_DURATION.replace('s', '')];
/**
 * Whether the proxy answers, at a listener that nobody outside the pod reaches. By a command, as the kubelet's own requests come from the
 * node's address: any process of the node could take all their places, and the proxy would be restarted.
 */
const answers = `exec 3<>/dev/tcp/127.0.0.1/${ports.agent.counters} && printf 'GET /alive HTTP/1.0\\r\\n\\r\\n' >&3 && read -rt 5 line <&3 && [[ $line == HTTP* ]]`;
const alive = { exec: { command: ['bash', '-c', answers] } };

/** The native sidecar, which mounts the volumes of `containerVolumes`. */
export function proxyContainer(props: ProxyContainerProps): k8s.Container {
  const { proxyVolumes, permissive } = props.authentication;
  return {
    name: containers.proxy,
    image: props.image,
    restartPolicy: 'Always',
    command: ['envoy', '--config-path', `${ENVOY_DIRECTORY}/${files.bootstrap}`],
    args: [
      '--log-level',
      props.logLevel,
      '--component-log-level',
      quiet,
      '--concurrency',
      '2',
      '--disable-hot-restart',
      ...drain,
    ],
    env: [
      { name: POD_UID_VARIABLE, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.uid' } } },
      { name: NODE_NAME_VARIABLE, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } } },
    ],
    ...(props.metrics ? { ports: [{ name: METRICS_PORT, containerPort: ports.listeners.metrics }] } : {}),
    startupProbe: { ...alive, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 60 },
    // A frozen proxy costs every pull on its node half a minute, and the command costs CPU.
    livenessProbe: {
      ...alive,
      periodSeconds: 10,
      timeoutSeconds: 8,
      failureThreshold: 2,
      // It cannot be asked to end either, and the pod's grace period would pass first.
      terminationGracePeriodSeconds: 1,
    },
    securityContext: restricted(ENVOY_UID),
    volumeMounts: [
      { name: 'auth-proxy', mountPath: ENVOY_DIRECTORY, readOnly: true },
      { name: 'auth-proxy-admin', mountPath: ADMIN_DIRECTORY },
      { name: volumes.dynamicFiles, mountPath: DYNAMIC_DIRECTORY, readOnly: true },
      ...(permissive ? [{ name: volumes.permissive, mountPath: PERMISSIVE_DIRECTORY }] : []),
      ...proxyVolumes.map(({ name, mountPath }) => ({ name, mountPath, readOnly: true })),
    ],
  };
}

/**
 * Volumes that the container mounts.
 *
 * @param props the settings of the container
 * @param configMap the ConfigMap with its files
 */
export function containerVolumes({ authentication }: ProxyContainerProps, configMap: string): k8s.Volume[] {
  const { proxyVolumes, permissive } = authentication;
  return [
    { name: 'auth-proxy', configMap: { name: configMap } },
    { name: 'auth-proxy-admin', emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('1Mi') } },
    { name: volumes.dynamicFiles, emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('1Mi') } },
    // On its own and limited, as every caller can fill it.
    ...(permissive
      ? [{ name: volumes.permissive, emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('8Mi') } }]
      : []),
    ...proxyVolumes.map(({ name, source }) => ({ name, ...source })),
  ];
}
