import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { restricted } from '../../../imports/pod-security';
import { textMetadata } from '../../kubernetes/tool-annotations';
import { DEFAULT_LIST_DIRECTORY, STATUS_DIRECTORY, statusFiles } from '../contract/directories';
import { PUBLISHED_PATH } from '../contract/http';
import { containers, volumes as volumeNames } from '../contract/names';
import type { PodPart } from '../contract/pod-part';
import { ports } from '../contract/ports';
import { program } from './program';
import { environment, files, settings } from './settings';
import { mounts, NAME, type NodeAgentProps, volumes } from './volumes';

const SCRIPT = 'agent.sh';
const ALIVE = `(( EPOCHSECONDS - $(stat -c %Y ${STATUS_DIRECTORY}/${statusFiles.alive}) < 60 ))`;
const SCRIPT_FOLDER = '/etc/secured-mirror/node-agent';

/** Keeps the node's containerd in step: settings and key material are there while the proxy is ready, and only then. */
export class NodeAgent extends Construct {
  /** Its ConfigMap. */
  public readonly configMap: ApiObject;
  /** The container. */
  public readonly container: k8s.Container;
  /** The init container that writes the dynamic files with which the proxy starts. */
  public readonly preparation: k8s.Container;
  /** Volumes that they mount. */
  public readonly volumes: k8s.Volume[];
  /** Hash of the scripts and their contract, which only a new container takes over. */
  public readonly configHash: string;

  public constructor(scope: Construct, id: string, props: NodeAgentProps) {
    super(scope, id);
    const { data, hash } = program();
    this.configHash = hash;
    this.configMap = new ApiObject(
      this,
      'script',
      k8s.KubeConfigMap.manifest({
        metadata: textMetadata(props.namespace, NAME),
        data: { ...data, [files.settings]: settings(props) },
      }),
    );
    this.volumes = volumes(props);
    const common = {
      image: props.image,
      env: environment(props, SCRIPT_FOLDER),
      // Root, as containerd's settings are root's.
      securityContext: restricted(0),
    };
    const script = { name: 'node-agent', mountPath: SCRIPT_FOLDER, readOnly: true };
    this.preparation = {
      ...common,
      name: containers.prepare,
      command: ['bash', `${SCRIPT_FOLDER}/${SCRIPT}`, 'prepare'],
      volumeMounts: [script, ...mounts(props)],
    };
    this.container = {
      ...common,
      name: containers.agent,
      command: ['bash', `${SCRIPT_FOLDER}/${SCRIPT}`],
      // The pod's: whether Spegel is connected to its peers, or need not be, is decided by the agent alone. The proxy answers for it, as a
      // command in the container costs more CPU than all else that the agent does (measured).
      readinessProbe: {
        httpGet: { path: PUBLISHED_PATH, port: k8s.IntOrString.fromNumber(ports.listeners.health) },
        periodSeconds: 5,
        timeoutSeconds: 5,
        failureThreshold: 6,
      },
      livenessProbe: {
        exec: { command: ['bash', '-c', ALIVE] },
        initialDelaySeconds: 30,
        periodSeconds: 30,
        timeoutSeconds: 5,
      },
      volumeMounts: [
        script,
        ...mounts(props),
        // At its place on the node, as links and settings name it by its full path.
        { name: 'registry-config', mountPath: props.registryConfig },
        // Spegel's volume: what arrives there is compared with what the proxy delivered.
        { name: volumeNames.content, mountPath: props.content, readOnly: true },
        ...(props.linkDefaultList ? [{ name: 'default-list', mountPath: DEFAULT_LIST_DIRECTORY }] : []),
      ],
    };
  }

  /** The agent in the pod. */
  public get part(): PodPart {
    return { initContainers: [], containers: [this.container], volumes: this.volumes, configHash: this.configHash };
  }

  /** Its preparation, which comes before the proxy. */
  public get preparationPart(): PodPart {
    return { initContainers: [this.preparation], containers: [], volumes: [] };
  }
}
