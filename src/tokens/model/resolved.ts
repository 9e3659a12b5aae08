import type { RegistryDriver } from '../props/organization-tokens-props';
import type { RetirementExtensionProps, SharedAccountUsesProps } from '../props/shared-account-props';
import type { TokenBindingProps, TokenHolderProps, TokenUsesProps, WorkloadProps } from '../props/token-binding-props';
import type { ExternalTokenProps } from '../props/token-source-props';
import type { TokensSettings } from '../props/tokens-settings';

/** The settings of a cluster that its tokens depend on. */
export interface TokensCluster extends TokensSettings {
  /** Name of the cluster. */
  readonly name: string;
  /** Namespace of the mirror. */
  readonly namespace?: string;
  /** Secrets that the mirror's own images are pulled with. */
  readonly imagePullSecrets?: string[];
}

/** The tokens of a cluster with every default filled in. What reads them defaults nothing. */
export interface ResolvedTokens {
  /** Name of the cluster. */
  readonly name: string;
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Whether the API server refuses wrong uses of the Secrets. */
  readonly policies: boolean;
  /** In the order of the settings. */
  readonly organizations: ResolvedOrganization[];
  /** The tokens of all organisations, in the order of the settings. */
  readonly tokens: ResolvedToken[];
  /** Every ServiceAccount that pulls with a token or a shared account. */
  readonly serviceAccounts: BoundServiceAccount[];
  /** Secrets that the mirror's own pods pull with beside its `imagePullSecrets`. */
  readonly mirrorPullSecrets: string[];
}

/** An organisation at a registry. */
export interface ResolvedOrganization {
  readonly organization: string;
  /** Host name, as in references. */
  readonly registry: string;
  readonly driver: RegistryDriver;
  readonly quota: ResolvedQuota;
  readonly pull: ResolvedPullToken[];
  readonly push: ResolvedPushToken[];
  readonly sharedAccount?: ResolvedSharedAccount;
}

/** How many tokens an organisation may have. */
export interface ResolvedQuota {
  /** Nothing where it is not known. */
  readonly limit?: number;
  /** Tokens that are not in the settings. */
  readonly others: number;
  /** Infinite where all tokens may be replaced at the same time. */
  readonly replacedAtOnce: number;
}

/** An action that a registry can grant for a repository. */
export type Action = 'pull' | 'push' | 'delete';

/** What both kinds of tokens have. */
interface ResolvedTokenBase {
  /** Label at the registry. */
  readonly purpose: string;
  readonly organization: string;
  /** Host name, as in references. */
  readonly registry: string;
  readonly driver: RegistryDriver;
  /** User name that goes with it. */
  readonly user: string;
  readonly repositories: string[];
  /** What the registry must grant for these repositories, and for no others. */
  readonly actions: Action[];
  readonly owner: string;
  /** Name of its Secret; nothing where a credential provider brings it. */
  readonly secret?: string;
  /** Namespaces that have its Secret. */
  readonly namespaces: string[];
  /** Who else may read its Secret at the API server. */
  readonly holders: TokenHolderProps[];
  readonly externalSecret?: Required<ExternalTokenProps>;
  /** Where it is used outside the cluster. */
  readonly usedBy: Required<TokenUsesProps>;
  /** Days as YYYY-MM-DD. */
  readonly created?: string;
  readonly expires?: string;
  readonly lastVerified?: string;
  readonly rotateEveryDays: number;
}

/** A token that pulls. */
export interface ResolvedPullToken extends ResolvedTokenBase {
  readonly kind: 'pull';
  readonly bindTo: Required<TokenBindingProps>[];
  /** Whether the mirror's own pods pull with it. */
  readonly mirror: boolean;
  readonly credentialProvider?: string;
  /** Secret of the token that it takes the place of. */
  readonly previousSecret?: string;
}

/** A token that pushes. */
export interface ResolvedPushToken extends ResolvedTokenBase {
  readonly kind: 'push';
  readonly secret: string;
  /** The build workload that pushes with it. */
  readonly workload?: WorkloadProps;
}

/** A token. */
export type ResolvedToken = ResolvedPullToken | ResolvedPushToken;

/** A shared account and its end. */
export interface ResolvedSharedAccount {
  readonly organization: string;
  readonly registry: string;
  readonly driver: RegistryDriver;
  readonly user: string;
  readonly secret: string;
  readonly retireBy: string;
  readonly extension?: RetirementExtensionProps;
  /** Last day on which it may be used: the extension's, if it has one. */
  readonly lastDay: string;
  readonly usedBy: Required<SharedAccountUsesProps>;
  /** Where else than in `usedBy` the settings name its Secret. */
  readonly elsewhere: string[];
}

/** A ServiceAccount, and the Secrets that its pods pull with, the tokens' first. */
export interface BoundServiceAccount {
  readonly namespace: string;
  readonly name: string;
  readonly secrets: string[];
  /** Whether the manifests set the list: not where others do, and not where only the shared account's Secret is used. */
  readonly applied: boolean;
  /** Whether pods that name pull secrets of their own get these too. */
  readonly injected: boolean;
}
