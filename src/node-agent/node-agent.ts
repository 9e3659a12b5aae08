import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { resources, restricted } from '../../imports/pod-security';
import { health } from '../auth-proxy/health';
import { ports } from '../auth-proxy/ports';
import type { IAuthentication } from '../authentication/authentication';
import { metadata } from '../config/names';

/** What the node agent is made of. */
export interface NodeAgentProps {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Image with bash and coreutils: Envoy's. */
  readonly image: string;
  /** What it presents on behalf of the node's containerd. */
  readonly authentication: IAuthentication;
  /** URL of the entry, as the node's containerd dials it. */
  readonly entry: string;
  /** Registries whose settings it keeps. */
  readonly registries: string[];
  /** Repositories whose tags may be resolved at the mirror. */
  readonly publicRepositories: string[];
  /** Folder of the registry settings of the node's containerd. */
  readonly registryConfig: string;
}

const NAME = 'mirror-node-agent';
const SCRIPT = 'agent.sh';
const SCRIPT_FOLDER = '/etc/secured-mirror/node-agent';
const STATUS_FOLDER = '/run/node-agent';
/** On the node's tmpfs, so that key material is on no disk and gone after a reboot. */
const STATE_FOLDER = '/run/secured-mirror';

/** Keeps the node's containerd in step: settings and key material are there while the proxy is ready, and only then. */
export class NodeAgent extends Construct {
  /** The container. */
  public readonly container: k8s.Container;
  /** Volumes that it mounts. */
  public readonly volumes: k8s.Volume[];
  /** Hash of the scripts, which only a new container takes over. */
  public readonly configHash: string;

  public constructor(scope: Construct, id: string, props: NodeAgentProps) {
    super(scope, id);
    const data = scripts();
    this.configHash = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
    new ApiObject(this, 'script', k8s.KubeConfigMap.manifest({ metadata: metadata(props.namespace, NAME), data }));
    const { secretName, folder } = props.authentication.nodeSecret;
    this.volumes = [
      { name: 'node-agent', configMap: { name: NAME } },
      { name: 'node-agent-status', emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('1Mi') } },
      { name: 'node-agent-tmp', emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('8Mi') } },
      { name: secretName, secret: { secretName, defaultMode: 0o400 } },
      { name: 'registry-config', hostPath: { path: props.registryConfig, type: 'DirectoryOrCreate' } },
      { name: 'node-state', hostPath: { path: STATE_FOLDER, type: 'DirectoryOrCreate' } },
    ];
    this.container = {
      name: 'node-agent',
      image: props.image,
      command: ['bash', `${SCRIPT_FOLDER}/${SCRIPT}`],
      env: environment(props, folder),
      readinessProbe: exec(`[[ -e ${STATUS_FOLDER}/published ]]`, { periodSeconds: 5 }),
      livenessProbe: exec(`(( $(date +%s) - $(stat -c %Y ${STATUS_FOLDER}/alive) < 60 ))`, {
        initialDelaySeconds: 30,
        periodSeconds: 30,
      }),
      resources: resources('10m', '32Mi', '256Mi'),
      // Root, as containerd's settings are root's.
      securityContext: restricted(0),
      volumeMounts: [
        { name: 'node-agent', mountPath: SCRIPT_FOLDER, readOnly: true },
        { name: 'node-agent-status', mountPath: STATUS_FOLDER },
        { name: 'node-agent-tmp', mountPath: '/tmp' },
        { name: secretName, mountPath: folder, readOnly: true },
        // At their places on the node, as links and settings name them by their full paths.
        { name: 'registry-config', mountPath: props.registryConfig },
        { name: 'node-state', mountPath: STATE_FOLDER },
      ],
    };
  }
}

/** The scripts, which stand beside this file, by their names. */
function scripts(): { readonly [file: string]: string } {
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.sh'));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(__dirname, file), 'utf8')]));
}

function environment(props: NodeAgentProps, identityFolder: string): k8s.EnvVar[] {
  const hosts = props.publicRepositories.map((repository) => repository.split('/')[0]);
  const all = props.registries.includes('_default') && hosts.length > 0;
  const variables = {
    MIRROR_REGISTRIES: props.registries.join(' '),
    // Of the others, tags go to the origin at once.
    MIRROR_RESOLVE_REGISTRIES: props.registries.filter((host) => all || hosts.includes(host)).join(' '),
    MIRROR_ENTRY: props.entry,
    // Without it, an entry that swallows packets costs each pull minutes (measured).
    MIRROR_DIAL_TIMEOUT: '200ms',
    MIRROR_HOSTS_FOLDER: props.registryConfig,
    MIRROR_STATE_FOLDER: STATE_FOLDER,
    MIRROR_IDENTITY_FOLDER: identityFolder,
    MIRROR_READY_HOST: '127.0.0.1',
    MIRROR_READY_PORT: `${ports.doors.health}`,
    MIRROR_READY_PATH: health.ready,
    MIRROR_STATUS_FOLDER: STATUS_FOLDER,
  };
  return Object.entries(variables).map(([name, value]) => ({ name, value }));
}

function exec(test: string, times: k8s.Probe): k8s.Probe {
  return { exec: { command: ['bash', '-c', test] }, timeoutSeconds: 5, ...times };
}
