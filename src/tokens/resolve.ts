import { DEFAULT_NAMESPACE } from '../kubernetes/names';
import { resolveDriver, resolveRegistry, userAtRegistry } from './model/registries';
import type {
  Action,
  ResolvedOrganization,
  ResolvedPullToken,
  ResolvedPushToken,
  ResolvedQuota,
  ResolvedSharedAccount,
  ResolvedTokens,
  TokensCluster,
} from './model/resolved';
import { lastDayOf, namedElsewhere } from './model/retirement';
import { bindServiceAccounts, mirrorPullSecrets } from './model/service-accounts';
import type { OrganizationTokensProps, TokenQuotaProps } from './props/organization-tokens-props';
import type { SharedAccountProps } from './props/shared-account-props';
import type { PullTokenProps, PushTokenProps } from './props/token-props';
import type { ExternalTokenProps } from './props/token-source-props';

/** How many tokens Docker's plans have (https://docs.docker.com/enterprise/security/access-tokens/). */
const PLANS = { team: 10, business: 100 };

/** What an organisation's tokens have in common. */
type Whose = Pick<ResolvedOrganization, 'organization' | 'registry' | 'driver'>;

/**
 * Fills in every default of a cluster's tokens.
 *
 * @param cluster the settings, without mistakes
 */
export function resolveTokens(cluster: TokensCluster): ResolvedTokens {
  const { name, namespace = DEFAULT_NAMESPACE, tokens = [] } = cluster;
  const { admission: { policies = true } = {}, serviceAccounts: { apply = true } = {} } = cluster;
  const organizations = tokens.map((organization) =>
    resolveOrganization(organization, namespace, namedElsewhere(cluster, organization.sharedAccount?.secret), apply),
  );
  return {
    name,
    namespace,
    policies,
    organizations,
    tokens: organizations.flatMap(({ pull, push }) => [...pull, ...push]),
    serviceAccounts: bindServiceAccounts(organizations),
    mirrorPullSecrets: mirrorPullSecrets(organizations),
  };
}

/**
 * Fills in every default of an organisation's tokens.
 *
 * @param props the settings, without mistakes
 * @param mirrorNamespace namespace of the mirror
 * @param elsewhere where the cluster's settings name the shared account's Secret
 * @param apply whether the manifests hold a ServiceAccount of which its binding does not say so
 */
export function resolveOrganization(
  props: OrganizationTokensProps,
  mirrorNamespace = DEFAULT_NAMESPACE,
  elsewhere: string[] = [],
  apply = true,
): ResolvedOrganization {
  const { organization, quota, pull = [], push = [], sharedAccount } = props;
  const whose = { organization, registry: resolveRegistry(props), driver: resolveDriver(props) };
  return {
    ...whose,
    quota: resolveQuota(quota),
    pull: pull.map((token) => resolvePullToken(whose, token, mirrorNamespace, apply)),
    push: push.map((token) => resolvePushToken(whose, token)),
    ...(sharedAccount && { sharedAccount: resolveSharedAccount(whose, sharedAccount, elsewhere) }),
  };
}

/**
 * Name of a token's Secret.
 *
 * @param token the token
 */
export function secretNameOf({ purpose, secret }: { readonly purpose: string; readonly secret?: string }): string {
  return secret ?? purpose.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** Fills in every default of a quota. */
export function resolveQuota({ plan, limit, others, replacedAtOnce }: TokenQuotaProps = {}): ResolvedQuota {
  return {
    limit: limit ?? (plan && PLANS[plan]),
    others: others ?? 0,
    replacedAtOnce: replacedAtOnce ?? Number.POSITIVE_INFINITY,
  };
}

function resolvePullToken(
  whose: Whose,
  props: PullTokenProps,
  mirrorNamespace: string,
  applied: boolean,
): ResolvedPullToken {
  const { mirror = false, credentialProvider, previousSecret } = props;
  const bindTo = props.bindTo.map(({ apply = applied, inject = false, ...pods }) => ({ ...pods, apply, inject }));
  const namespaces = [...bindTo.map(({ namespace }) => namespace), ...(mirror ? [mirrorNamespace] : [])];
  const byProvider = credentialProvider !== undefined;
  return {
    kind: 'pull',
    ...resolveToken(whose, props),
    actions: ['pull'],
    secret: byProvider ? undefined : secretNameOf(props),
    namespaces: byProvider ? [] : [...new Set(namespaces)],
    bindTo,
    mirror,
    credentialProvider,
    previousSecret,
  };
}

function resolvePushToken(whose: Whose, props: PushTokenProps): ResolvedPushToken {
  const { mayDelete = false, workload } = props;
  const actions: Action[] = ['pull', 'push', ...(mayDelete ? ['delete' as const] : [])];
  return {
    kind: 'push',
    ...resolveToken(whose, props),
    actions,
    secret: secretNameOf(props),
    namespaces: workload === undefined ? [] : [workload.namespace],
    workload,
  };
}

function resolveToken(whose: Whose, props: PullTokenProps | PushTokenProps) {
  const { purpose, repositories, owner, user, created, expires, lastVerified, rotateEveryDays = 90 } = props;
  const { holders = [], externalSecret, usedBy: { workflows = [], developers = [] } = {} } = props;
  return {
    ...whose,
    ...{ purpose, repositories, owner, created, expires, lastVerified, rotateEveryDays, holders },
    user: user ?? userAtRegistry(whose.driver, whose.organization, secretNameOf({ purpose })),
    externalSecret: externalSecret && resolveExternalSecret(externalSecret),
    usedBy: { workflows, developers },
  };
}

function resolveExternalSecret(props: ExternalTokenProps): Required<ExternalTokenProps> {
  const { store, storeKind = 'SecretStore', key, property = 'token', refreshInterval = '15m' } = props;
  return { store, storeKind, key, property, refreshInterval };
}

function resolveSharedAccount(whose: Whose, props: SharedAccountProps, elsewhere: string[]): ResolvedSharedAccount {
  const { user, secret, retireBy, extension } = props;
  const { serviceAccounts = [], workflows = [], developers = [] } = props.usedBy ?? {};
  return {
    ...whose,
    ...{ user, secret, retireBy, extension, elsewhere },
    lastDay: lastDayOf(props),
    usedBy: { serviceAccounts, workflows, developers },
  };
}
