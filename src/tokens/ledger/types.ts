import type { Action } from '../model/resolved';
import type {
  RetirementExtensionProps,
  SharedAccountUserProps,
  SharedAccountUsesProps,
} from '../props/shared-account-props';
import type { TokenHolderProps, WorkloadProps } from '../props/token-binding-props';

/** Every token of a cluster and where it is used. Plain JSON; it depends on the settings alone, never on the day. */
export interface Ledger {
  readonly cluster: string;
  /** In the order of the settings. */
  readonly tokens: LedgerToken[];
  /** One of each organisation that has one. */
  readonly sharedAccounts: LedgerAccount[];
  /** ServiceAccounts that pull with a token, and whose lists others set. */
  readonly accountsOfOthers: LedgerServiceAccount[];
  /** What the account of each external store has to read, and nothing else. */
  readonly stores: LedgerStore[];
}

/** A token, with its defaults filled in. Unknown values are left out. */
export interface LedgerToken {
  readonly purpose: string;
  readonly kind: 'pull' | 'push';
  readonly organization: string;
  readonly registry: string;
  readonly user: string;
  readonly repositories: string[];
  /** What the registry must grant for these repositories, and for no others. */
  readonly actions: Action[];
  readonly owner: string;
  readonly holders: TokenHolderProps[];
  /** Its Secret; none where a credential provider brings it. */
  readonly secretRef?: LedgerSecret;
  /** Namespaces that have the Secret. */
  readonly namespaces: string[];
  /** Secret of the token that it takes the place of. */
  readonly previousSecretRef?: LedgerSecret;
  readonly usedBy: LedgerUses;
  readonly source: LedgerSource;
  /** Days as YYYY-MM-DD. */
  readonly created?: string;
  readonly expires?: string;
  readonly nextRotation?: string;
  readonly rotateEveryDays: number;
  readonly lastVerified?: string;
}

/** A Secret by its name, in the form of Kubernetes' own references: scanners take a text under `secret` for the secret itself. */
export interface LedgerSecret {
  readonly name: string;
}

/** Where a token is used. */
export interface LedgerUses {
  /** ServiceAccounts of the cluster, by namespace. */
  readonly serviceAccounts: SharedAccountUserProps[];
  /** Whether the mirror's own pods pull with it. */
  readonly mirror: boolean;
  /** The build workload that pushes with it. */
  readonly workload?: WorkloadProps;
  readonly workflows: string[];
  readonly developers: string[];
}

/** Where a cluster has a token from: a Secret that the user makes, a store, a provider on the nodes; or the cluster has it not. */
export type LedgerSource =
  | { readonly kind: 'secret' }
  | {
      readonly kind: 'store';
      readonly storeKind: string;
      readonly store: string;
      readonly path: string;
      readonly property: string;
    }
  | { readonly kind: 'credentialProvider'; readonly name: string }
  | { readonly kind: 'outside' };

/** A shared account and its end. */
export interface LedgerAccount {
  readonly organization: string;
  readonly registry: string;
  readonly user: string;
  readonly secretRef: LedgerSecret;
  readonly retireBy: string;
  readonly extension?: RetirementExtensionProps;
  readonly usedBy: Required<SharedAccountUsesProps>;
  /** Whether the settings name nothing that still uses it. */
  readonly retired: boolean;
}

/** A ServiceAccount, and what belongs into its list, in this order. */
export interface LedgerServiceAccount {
  readonly namespace: string;
  readonly name: string;
  readonly imagePullSecrets: string[];
}

/** A store, and the paths of it that tokens are at. */
export interface LedgerStore {
  readonly storeKind: string;
  readonly store: string;
  /** Namespace of a SecretStore; a ClusterSecretStore has none. */
  readonly namespace?: string;
  readonly paths: string[];
}
