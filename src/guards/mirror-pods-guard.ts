import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { inNamespace, literal, SPEC_CHANGES, validation } from '../kubernetes/cel';
import { written } from '../kubernetes/written';
import { DAEMON_SET } from '../mirror/contract/names';
import { type CheckPods, isCheckPod } from './check-pods';
import { GuardPolicy } from './guard-policy';
import { whoLifts } from './operators';
import { everyContainer, IMAGE, MOUNT, type PodShape, podShape, SOURCE, shapeVariables } from './pod-shape';
import type { GuardAction } from './props/guard-props';

/** What the guard of the pods in the mirror's namespace is made of. */
export interface MirrorPodsGuardProps {
  readonly action: GuardAction;
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** The mirror's DaemonSet, as it is in the manifests: with the patches of the user's app. */
  readonly daemonSet: ApiObject;
  /** Pods of `secure-mirror check`, where they are in the mirror's namespace: none may be there when undefined. */
  readonly checks?: CheckPods;
}

const NAME = 'mirror-pods';

const UNPRIVILEGED = [
  ...['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace'].map(
    (key) => `!variables.spec.?${key}.orValue(false)`,
  ),
  'variables.spec.?securityContext.?sysctls.orValue([]) == []',
  "variables.spec.?securityContext.?seccompProfile.?type.orValue('') != 'Unconfined'",
  'variables.spec.?ephemeralContainers.orValue([]) == []',
  everyContainer(
    '!container.?securityContext.?privileged.orValue(false)',
    '!container.?securityContext.?allowPrivilegeEscalation.orValue(true)',
    "container.?securityContext.?procMount.orValue('Default') == 'Default'",
    "container.?securityContext.?seccompProfile.?type.orValue('') != 'Unconfined'",
    'container.?volumeDevices.orValue([]) == []',
    'container.?envFrom.orValue([]).all(item, !has(item.secretRef))',
    'container.?env.orValue([]).all(item, !item.?valueFrom.?secretKeyRef.hasValue())',
  ),
].join(' && ');

/**
 * Holds every pod of the mirror's namespace to the DaemonSet of the manifests: its images, users, capabilities, host paths, Secrets and host
 * ports. Only pods are judged, from every source. The DaemonSet is not, so that an upgrade is never refused: its new pods start as soon
 * as the policy of the same manifests arrives.
 */
export class MirrorPodsGuard extends Construct {
  public constructor(scope: Construct, id: string, { action, namespace, daemonSet, checks }: MirrorPodsGuardProps) {
    super(scope, id);
    const known = (part: keyof PodShape) => literal(podShape(daemonSet.toJson().spec.template.spec)[part]);
    const refusal = (expression: string, message: string) => validation(expression, `${message}; ${whoLifts(NAME)}`);
    const isKnown = (part: keyof PodShape, each: (list: string) => string, message: string) => ({
      ...refusal('', message),
      // Read when the manifests are written: the user's app may still patch the DaemonSet.
      get expression() {
        return `!variables.mirror || ${each(known(part))}`;
      },
    });
    const one = "a pod of the mirror's ServiceAccount";
    new GuardPolicy(this, 'Resource', {
      name: NAME,
      action,
      matchConstraints: {
        namespaceSelector: inNamespace(namespace),
        resourceRules: [written('', ['pods', 'pods/ephemeralcontainers'])],
      },
      matchConditions: [{ name: 'changed', expression: SPEC_CHANGES }],
      variables: [...shapeVariables, { name: 'mirror', expression: `variables.account == '${DAEMON_SET}'` }],
      validations: [
        refusal(
          UNPRIVILEGED,
          `no pod of the namespace ${namespace} is privileged, sees the node's network or processes, has a Secret in its environment, or gets an ephemeral container`,
        ),
        checks
          ? refusal(
              `variables.mirror || (${isCheckPod(checks)})`,
              `the namespace ${namespace} is for pods of the mirror and of secure-mirror check`,
            )
          : refusal('variables.mirror', `the namespace ${namespace} is for the mirror's own pods`),
        isKnown(
          'images',
          (list) => everyContainer(`(container.name + ' ' + ${IMAGE}) in ${list}`),
          `${one} has containers and images that are not the mirror's`,
        ),
        isKnown(
          'users',
          (list) =>
            everyContainer(
              `(container.name + ' ' + string(container.?securityContext.?runAsUser.orValue(''))) in ${list}`,
            ),
          `${one} has a container of another user than the mirror's`,
        ),
        isKnown(
          'capabilities',
          (list) =>
            everyContainer(
              `container.?securityContext.?capabilities.?add.orValue([]).all(item, (container.name + ' ' + item) in ${list})`,
            ),
          `${one} asks for a capability that the mirror's has not`,
        ),
        isKnown(
          'hostPorts',
          (list) =>
            everyContainer(
              "container.?ports.orValue([]).all(port, port.?hostPort.orValue(0) == 0 || (container.name + ' ' + port.?hostIP.orValue('') + ':' + " +
                `string(port.hostPort)) in ${list})`,
            ),
          `${one} asks for a port of the node that the mirror's has not`,
        ),
        isKnown(
          'volumes',
          (list) => `variables.volumes.all(volume, (${SOURCE}) in ${list})`,
          `${one} has a volume that the mirror's has not: another host path, Secret or ConfigMap`,
        ),
        isKnown(
          'mounts',
          (list) =>
            everyContainer(
              `container.?volumeMounts.orValue([]).all(mount, !(mount.name in variables.guarded) || (${MOUNT}) in ${list})`,
            ),
          `${one} has a host path, a Secret or a token in another container than the mirror's, or writable where it is only for reading there`,
        ),
      ],
    });
  }
}
