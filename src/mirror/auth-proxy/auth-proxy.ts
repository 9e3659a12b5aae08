import { createHash } from 'node:crypto';
import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { amountOf } from '../../kubernetes/quantity';
import { textMetadata } from '../../kubernetes/tool-annotations';
import type { IAuthentication } from '../authentication/authentication';
import type { PodPart } from '../contract/pod-part';
import { bootstrap, files, resourceFile } from '../envoy/bootstrap';
import { clusters } from '../envoy/clusters';
import { jsonText } from '../envoy/json-text';
import { listeners, type ProxyOptions } from '../envoy/listeners';
import { containerVolumes, type ProxyContainerProps, proxyContainer } from './proxy-container';

/** The settings of the auth proxy. */
export interface AuthProxyProps extends ProxyOptions, ProxyContainerProps {
  /** How nodes and mirrors authenticate themselves. */
  readonly authentication: IAuthentication;
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Memory that its container may take: before it has all of it, it sheds load. */
  readonly memoryLimit: string;
}

const CONFIG = 'mirror-auth-proxy';

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
      // Read when manifests are written: to find the object of a patch takes no texts, which are two fifths of the work.
      get data() {
        return texts(props, start);
      },
    });
    this.volumes = containerVolumes(props, CONFIG);
    this.container = proxyContainer(props);
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
