import { DEFAULT_NAMESPACE } from '../../kubernetes/names';
import type { OrganizationTokensProps, RegistryDriver } from '../props/organization-tokens-props';
import type { PullTokenProps, PushTokenProps } from '../props/token-props';
import type { TokensCluster } from './cluster';
import { driverOf, registryOf, userOf } from './registries';

/** What both kinds of tokens have. */
interface Common {
  /** Label at the registry. */
  readonly purpose: string;
  readonly organization: string;
  /** Host name, as in references. */
  readonly registry: string;
  readonly driver: RegistryDriver;
  /** User name that goes with it. */
  readonly user: string;
  /** What the registry is to grant for its own repositories, and for no others. */
  readonly actions: Action[];
  /** Name of its Secret; nothing where a credential provider brings it. */
  readonly secret?: string;
  /** Namespaces that have its Secret. */
  readonly namespaces: string[];
}

/** What a registry can grant for a repository. */
export type Action = 'pull' | 'push' | 'delete';

/** A token that pulls, with its defaults filled in. */
export interface ResolvedPullToken extends Common {
  readonly kind: 'pull';
  readonly props: PullTokenProps;
}

/** A token that pushes, with its defaults filled in. */
export interface ResolvedPushToken extends Common {
  readonly kind: 'push';
  readonly secret: string;
  readonly props: PushTokenProps;
}

/** A token, with its defaults filled in. */
export type ResolvedToken = ResolvedPullToken | ResolvedPushToken;

/** Days after which another token takes a token's place, unless said otherwise. */
export const ROTATE_EVERY_DAYS = 90;

/**
 * All tokens of a cluster, in the order of its settings.
 *
 * @param cluster the settings
 */
export function tokensOf(cluster: TokensCluster): ResolvedToken[] {
  const { tokens = [], namespace } = cluster;
  return tokens.flatMap((organization) => tokensOfOrganization(organization, namespace));
}

/** All tokens of an organisation. */
export function tokensOfOrganization(
  organization: OrganizationTokensProps,
  mirrorNamespace = DEFAULT_NAMESPACE,
): ResolvedToken[] {
  const { pull = [], push = [] } = organization;
  return [
    ...pull.map((props): ResolvedPullToken => {
      const bound = [...props.bindTo.map(({ namespace }) => namespace), ...(props.mirror ? [mirrorNamespace] : [])];
      const secret = props.credentialProvider === undefined ? secretNameOf(props) : undefined;
      const namespaces = secret === undefined ? [] : [...new Set(bound)];
      return { kind: 'pull', ...common(organization, props), actions: ['pull'], secret, namespaces, props };
    }),
    ...push.map((props): ResolvedPushToken => {
      const actions: Action[] = ['pull', 'push', ...(props.mayDelete ? ['delete' as const] : [])];
      const namespaces = props.workload === undefined ? [] : [props.workload.namespace];
      return { kind: 'push', ...common(organization, props), actions, secret: secretNameOf(props), namespaces, props };
    }),
  ];
}

/**
 * Name of a token's Secret.
 *
 * @param token the token
 */
export function secretNameOf({ purpose, secret }: { readonly purpose: string; readonly secret?: string }): string {
  return secret ?? purpose.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

function common(organization: OrganizationTokensProps, { purpose, user }: PullTokenProps | PushTokenProps) {
  const driver = driverOf(organization);
  return {
    purpose,
    organization: organization.organization,
    registry: registryOf(organization),
    driver,
    user: user ?? userOf(driver, organization.organization, secretNameOf({ purpose })),
  };
}
