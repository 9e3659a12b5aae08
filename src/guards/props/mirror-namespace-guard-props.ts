import type { GuardProps } from './guard-props';

/**
 * Takes back what the mirror's namespace allows beyond its own need: it has the Pod Security level `privileged`, and the node agent runs as
 * root what its ConfigMap says.
 */
export interface MirrorNamespaceGuardProps extends GuardProps {
  /**
   * Who may change the mirror's namespace.
   *
   * @default - see each list
   */
  readonly operators?: MirrorOperatorsProps;
}

/** Who may change the mirror's namespace. */
export interface MirrorOperatorsProps {
  /**
   * Groups of users, as the API server knows them.
   *
   * @default - see docs/guards.md
   */
  readonly groups?: string[];

  /**
   * Field managers, such as `kubectl` or `argocd-controller`.
   *
   * @default - see docs/guards.md
   */
  readonly fieldManagers?: string[];
}
