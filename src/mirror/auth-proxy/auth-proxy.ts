import { createHash } from 'node:crypto';
import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { restricted } from '../../../imports/pod-security';
import { amountOf } from '../../kubernetes/quantity';
import { textMetadata } from '../../kubernetes/tool-annotations';
import type { IAuthentication } from '../authentication/authentication';
import { ADMIN_DIRECTORY, DYNAMIC_DIRECTORY, ENVOY_DIRECTORY, PERMISSIVE_DIRECTORY } from '../contract/directories';
import { containers, METRICS_PORT, NODE_NAME_VARIABLE, POD_UID_VARIABLE, volumes } from '../contract/names';
import type { PodPart } from '../contract/pod-part';
import { ENVOY_UID, ports } from '../contract/ports';
import { bootstrap, files, resourceFile } from '../envoy/bootstrap';
import { clusters } from '../envoy/clusters';
import { CONNECTION_DURATION } from '../envoy/http';
import { jsonText } from '../envoy/json-text';
import { listeners, type ProxyOptions } from '../envoy/listeners';
import type { LogLevel } from '../props/log-level-props';

/** The settings of the auth proxy. */
export interface AuthProxyProps extends ProxyOptions {
  /** How nodes and mirrors authenticate themselves. */
  readonly authentication: IAuthentication;
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Image of Envoy. */
  readonly image: string;
  /** Memory that its container may take: before it has all of it, it sheds load. */
  readonly memoryLimit: string;
  /** Whether anybody may read the metrics. */
  readonly metrics: boolean;
  /** How much it logs. */
  readonly logLevel: LogLevel;
}

const CONFIG = 'mirror-auth-proxy';
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

/** The auth proxy: Envoy, the only way into the mirror's pod and the only way out to peers. */
export class AuthProxy extends Construct {
  /** Its ConfigMap. */
  public readonly configMap: ApiObject;
  /** The native sidecar: starts before Spegel and ends after it. */
  public readonly container: k8s.Container;
  /** Volumes that the container mounts. */
  public readonly volumes: k8s.Volume[];
  /** Hash of what Envoy reads only when it starts. */
  public readonly configHash: string;

  public constructor(scope: Construct, id: string, props: AuthProxyProps) {
    super(scope, id);
    const start = bootstrap(props.limits, Math.floor(amountOf(props.memoryLimit) / 2 ** 20));
    // Of its values, as a new layout of the text needs no new pods.
    this.configHash = createHash('sha256').update(JSON.stringify(start)).digest('hex').slice(0, 16);
    this.configMap = new ApiObject(this, 'config', {
      ...k8s.KubeConfigMap.manifest({ metadata: textMetadata(props.namespace, CONFIG) }),
      // Read when manifests are written: to find the object of a patch takes no texts, which are half of the work.
      get data() {
        return texts(props, start);
      },
    });
    const { proxyVolumes, permissive } = props.authentication;
    this.volumes = [
      { name: 'auth-proxy', configMap: { name: CONFIG } },
      { name: 'auth-proxy-admin', emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('1Mi') } },
      { name: volumes.dynamicFiles, emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('1Mi') } },
      // On its own and limited, as every caller can fill it.
      ...(permissive
        ? [{ name: volumes.permissive, emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('8Mi') } }]
        : []),
      ...proxyVolumes.map(({ name, source }) => ({ name, ...source })),
    ];
    this.container = {
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

  /** The proxy in the pod. */
  public get part(): PodPart {
    return { initContainers: [this.container], containers: [], volumes: this.volumes, configHash: this.configHash };
  }
}

/** Envoy's files. */
function texts(props: AuthProxyProps, start: object): { [file: string]: string } {
  const values = {
    [files.bootstrap]: start,
    [files.listeners]: resourceFile('listener.v3.Listener', listeners(props)),
    [files.clusters]: resourceFile('cluster.v3.Cluster', clusters(props)),
    ...props.authentication.envoyFiles,
  };
  return Object.fromEntries(Object.entries(values).map(([file, value]) => [file, jsonText(value)]));
}
