import type { k8s } from 'cdk8s-plus-28';
import { imageName } from '../kubernetes/image-name';

/** What a pod may do beyond its own files, as words that a policy compares: each begins with the name of the container or volume. */
export interface PodShape {
  /** Images by their names, so that a new version is not a new shape. */
  readonly images: string[];
  /** User ids. */
  readonly users: string[];
  /** Added capabilities. */
  readonly capabilities: string[];
  /** Ports of the node, with their address. */
  readonly hostPorts: string[];
  /** Volumes and where their files come from. */
  readonly volumes: string[];
  /** Mounts of volumes with files of the node, keys or tokens; `ro` where only for reading. */
  readonly mounts: string[];
}

/**
 * What a pod may do.
 *
 * @param pod its spec, as in a manifest
 */
export function podShape(pod: k8s.PodSpec): PodShape {
  const containers = [...(pod.initContainers ?? []), ...pod.containers];
  const volumes = pod.volumes ?? [];
  const guarded = volumes.filter(({ hostPath, secret, projected }) => hostPath ?? secret ?? projected);
  const each = (of: (container: k8s.Container) => (string | number)[]) =>
    containers.flatMap((container) => of(container).map((word) => `${container.name} ${word}`));
  return {
    images: each(({ image = '' }) => [imageName(image)]),
    users: each(({ securityContext }) => [securityContext?.runAsUser ?? '']),
    capabilities: each(({ securityContext }) => securityContext?.capabilities?.add ?? []),
    hostPorts: each(({ ports = [] }) =>
      ports.flatMap((port) => {
        // As in a manifest, where it is hostIP.
        const { hostPort, hostIP = '' } = port as k8s.ContainerPort & { readonly hostIP?: string };
        return hostPort === undefined ? [] : [`${hostIP}:${hostPort}`];
      }),
    ),
    volumes: volumes.map((volume) => `${volume.name} ${sourceOf(volume)}`),
    mounts: each(({ volumeMounts = [] }) =>
      volumeMounts
        .filter(({ name }) => guarded.some((volume) => volume.name === name))
        .map(({ name, readOnly }) => `${name}${readOnly ? ' ro' : ''}`),
    ),
  };
}

function sourceOf({ hostPath, secret, configMap, emptyDir, projected }: k8s.Volume): string {
  if (hostPath !== undefined) return `hostPath ${hostPath.path}`;
  if (secret !== undefined) return `secret ${secret.secretName}`;
  if (configMap !== undefined) return `configMap ${configMap.name}`;
  if (emptyDir !== undefined) return 'emptyDir';
  return projected === undefined ? 'other' : 'projected';
}

/** The same words of the pod that a request is about, as variables of CEL. */
export const shapeVariables = [
  { name: 'spec', expression: 'dyn(object).spec' },
  { name: 'account', expression: "variables.spec.?serviceAccountName.orValue('')" },
  {
    name: 'containers',
    expression:
      'variables.spec.?initContainers.orValue([]) + variables.spec.containers + ' +
      'variables.spec.?ephemeralContainers.orValue([])',
  },
  { name: 'volumes', expression: 'variables.spec.?volumes.orValue([])' },
  {
    name: 'guarded',
    expression:
      'variables.volumes.filter(volume, has(volume.hostPath) || has(volume.secret) || has(volume.projected))' +
      '.map(volume, volume.name)',
  },
];

/** The source of a volume `volume`, as an expression. A projected one with a Secret in it is `other`. */
export const SOURCE =
  "volume.name + ' ' + (has(volume.hostPath) ? 'hostPath ' + volume.hostPath.path : " +
  "has(volume.secret) ? 'secret ' + volume.secret.?secretName.orValue('') : " +
  "has(volume.configMap) ? 'configMap ' + volume.configMap.?name.orValue('') : " +
  "has(volume.emptyDir) ? 'emptyDir' : has(volume.projected) && " +
  "volume.projected.?sources.orValue([]).all(source, !has(source.secret)) ? 'projected' : 'other')";

/** A mount `mount` of a container `container`, as an expression. */
export const MOUNT = "container.name + ' ' + mount.name + (mount.?readOnly.orValue(false) ? ' ro' : '')";

/** The image of a container `container` without tag and digest, as an expression. */
export const IMAGE = "container.?image.orValue('').split('@')[0].find('^(.*/)?[^:]*')";

/** A condition on every container of the pod, as `container`. */
export function everyContainer(...conditions: string[]): string {
  return `variables.containers.all(container, ${conditions.join(' && ')})`;
}
