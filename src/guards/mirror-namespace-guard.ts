import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { imageName } from '../kubernetes/image-name';
import type { ResolvedMirror } from '../mirror/resolved';
import { MirrorPodsGuard } from './mirror-pods-guard';
import { MirrorWritersGuard } from './mirror-writers-guard';
import type { ResolvedGuards } from './resolved';

/** What the guard of the mirror's namespace is made of. */
export interface MirrorNamespaceGuardOptions {
  readonly guards: ResolvedGuards;
  readonly mirror: ResolvedMirror;
  /** The mirror's DaemonSet. */
  readonly daemonSet: ApiObject;
  /** ConfigMaps with what the mirror's containers run or read. */
  readonly configMaps: ApiObject[];
}

/** Takes back what the Pod Security level of the mirror's namespace allows beyond the mirror's need. */
export class MirrorNamespaceGuard extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    { guards, mirror, daemonSet, configMaps }: MirrorNamespaceGuardOptions,
  ) {
    super(scope, id);
    const { action, operators } = guards.mirrorNamespace;
    const { namespace, images, paths } = mirror;
    new MirrorWritersGuard(this, 'writers', {
      action,
      namespace,
      operators,
      configMaps: configMaps.map(({ name }) => name),
      trust: mirror.authentication.mounted.trust?.configMap,
    });
    new MirrorPodsGuard(this, 'pods', {
      action,
      namespace,
      daemonSet,
      // Where the images need a pull secret: it is in the mirror's namespace alone.
      checks:
        mirror.imagePullSecrets.length === 0
          ? undefined
          : {
              shell: imageName(images.envoy),
              iptables: imageName(images.iptables),
              hostPaths: ['/', paths.content],
            },
    });
  }
}
