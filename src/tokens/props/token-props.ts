import type { TokenBindingProps, TokenHolderProps, TokenUsesProps, WorkloadProps } from './token-binding-props';
import type { ExternalTokenProps } from './token-source-props';

/** What every token has. */
export interface TokenProps {
  /**
   * What it is for: its label at the registry, exactly, such as `nightly-ingress-controller pull`.
   *
   * @pattern ^[A-Za-z0-9][-A-Za-z0-9 ._]{0,98}[A-Za-z0-9]$
   * @patternErrorMessage expected a label of 2 to 100 letters, digits, spaces, '-', '.' and '_', such as nightly-ingress-controller pull
   */
  readonly purpose: string;

  /**
   * Repositories that it reaches, without the registry: `kong/kubernetes-ingress-controller`.
   *
   * @minItems 1
   */
  readonly repositories: string[];

  /**
   * Who answers for it: a team or an address.
   *
   * @minLength 1
   * @maxLength 253
   */
  readonly owner: string;

  /**
   * User name that goes with it.
   *
   * @default - the driver's: at Docker Hub the organisation
   * @pattern ^[^\s:{}"]{1,253}$
   * @patternErrorMessage expected a user name, without spaces, ':', '{', '}' and '"'
   */
  readonly user?: string;

  /**
   * Day on which it was made.
   *
   * @default - not known
   * @pattern ^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$
   * @patternErrorMessage expected a day, such as 2025-06-15
   */
  readonly created?: string;

  /**
   * Last day on which it works. Docker cannot change it later: a new date is a new token.
   *
   * @default - it does not expire
   * @pattern ^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$
   * @patternErrorMessage expected a day, such as 2025-06-15
   */
  readonly expires?: string;

  /**
   * Days after which another takes its place.
   *
   * @default 90
   * @minimum 1
   * @maximum 3650
   * @asType integer
   */
  readonly rotateEveryDays?: number;

  /**
   * Day on which `secure-mirror tokens verify` last found its rights to be these.
   *
   * @default - never
   * @pattern ^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$
   * @patternErrorMessage expected a day, such as 2025-06-15
   */
  readonly lastVerified?: string;

  /**
   * Where it is used outside this cluster.
   *
   * @default - nowhere
   */
  readonly usedBy?: TokenUsesProps;

  /**
   * Who may read its Secret at the API server. Nodes need no right for what their pods use.
   *
   * @default - nobody is given the right
   */
  readonly holders?: TokenHolderProps[];

  /**
   * Name of its Secret.
   *
   * @default - the purpose in lower case, with '-' for what a name cannot have
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as nightly-ingress-controller-pull
   * @maxLength 253
   */
  readonly secret?: string;

  /**
   * Has the External Secrets Operator make its Secret from your store.
   *
   * @default - the Secret is yours to make
   */
  readonly externalSecret?: ExternalTokenProps;
}

/** A token that pulls. Only this can be an imagePullSecret. */
export interface PullTokenProps extends TokenProps {
  /** Whose pods pull with it. An empty list: nobody's in this cluster. */
  readonly bindTo: TokenBindingProps[];

  /**
   * Whether the mirror's own pods pull with it.
   *
   * @default false
   */
  readonly mirror?: boolean;

  /**
   * Name of a kubelet credential provider on the nodes that brings the credential: then there is no Secret.
   *
   * @default - a Secret is used
   * @pattern ^[A-Za-z0-9][-A-Za-z0-9._]{0,252}$
   * @patternErrorMessage expected the name of the provider in the kubelet's configuration, such as ecr-credential-provider
   */
  readonly credentialProvider?: string;

  /**
   * Name of the Secret of the token that this one takes the place of, for as long as both are valid. Pods try this one's first.
   *
   * @default - there is none
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as nightly-ingress-controller-pull-old
   * @maxLength 253
   */
  readonly previousSecret?: string;
}

/** A token that pushes. It is for CI; a Secret of it is never an imagePullSecret. */
export interface PushTokenProps extends TokenProps {
  /**
   * Whether it may also delete.
   *
   * @default false
   */
  readonly mayDelete?: boolean;

  /**
   * The build workload in this cluster that pushes with it.
   *
   * @default - none: it is in CI only
   */
  readonly workload?: WorkloadProps;
}
