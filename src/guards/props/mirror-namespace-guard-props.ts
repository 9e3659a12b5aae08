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
   * Groups of users, as the API server knows them. Nobody else may then start pods there, run commands in them, or change what the
   * mirror is made of, also no administrator; name the group of your pipeline too. Controllers keep what is theirs.
   *
   * @default - users who may change the guard's ValidatingAdmissionPolicyBinding, such as the person or pipeline that installed the stack
   */
  readonly groups?: string[];

  /**
   * Field managers that may change the mirror's ConfigMaps, such as `kustomize-controller`; one that ends in `*` is every name that
   * begins so, such as `pulumi-kubernetes-*`. A client says itself which one it is, so this keeps order and no attacker out.
   *
   * @default - any
   */
  readonly fieldManagers?: string[];
}
