import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { SecuredStackProps } from '../../src';
import { DOCKER_HUB } from '../../src/kubernetes/docker-hub';
import { stackLabels } from '../../src/kubernetes/names';
import { addDays, today } from '../../src/settings/calendar';
import { configKeys } from '../../src/tokens/model/registries';
import type { OrganizationTokensProps } from '../../src/tokens/props/organization-tokens-props';
import type { SharedAccountProps } from '../../src/tokens/props/shared-account-props';
import { secretNameOf } from '../../src/tokens/resolve';
import { environment } from './environment';
import { apply, kubectl } from './kubectl';
import { scratch, synthAll, testCluster } from './stack';
import { NIGHTLY, ORGANIZATION, RELEASE, type Token } from './token-registry';

const RELEASE_PULL = 'kubernetes-ingress-controller pull';
const NIGHTLY_PULL = 'nightly-ingress-controller pull';
const NIGHTLY_PUSH = 'nightly-ingress-controller push';

/** Names of Secrets. */
export const SECRETS = {
  release: secretNameOf({ purpose: RELEASE_PULL }),
  nightly: secretNameOf({ purpose: NIGHTLY_PULL }),
  previous: `${secretNameOf({ purpose: NIGHTLY_PULL })}-old`,
  push: secretNameOf({ purpose: NIGHTLY_PUSH }),
  shared: 'shared-registry-account',
} as const;

/** Who shared an account before. */
export const SHARED_USER = 'kong-team';

/** Namespaces of the test. */
export interface Places {
  /** Whose pods pull: by the ServiceAccounts `controller` and `injected` with both tokens, by `legacy` with the nightly one. */
  readonly apps: string;
  /** Where the ServiceAccount `builder` pushes. */
  readonly build: string;
}

/** The states that the cluster goes through. */
export type State = 'base' | 'overlap' | 'retired';

/** A stack file for each state, and the manifests that were made of it. */
export interface Stacks {
  readonly files: { readonly [state in State | 'byAddress']: string };
  /** Folders. */
  readonly manifests: { readonly [state in State]: string };
}

/**
 * Writes the stack files, and makes manifests of them.
 *
 * @param places namespaces
 * @param address the registry by its address, for who does not ask for it by the name that nodes know
 */
export async function tokenStacks(places: Places, address: string): Promise<Stacks> {
  const day = today();
  const lasting = { retireBy: addDays(day, 100), usedBy: legacyOf(places) };
  const states = [
    tokens(places, lasting),
    tokens(places, lasting, { previousSecret: SECRETS.previous }),
    tokens(places, { retireBy: addDays(day, -1) }),
  ];
  const [base = '', overlap = '', retired = ''] = await synthAll(states.map(clusterWith));
  const fileOf = (manifests: string) => join(manifests, '..', '..', 'stack.yaml');
  const byAddress = join(scratch(), 'stack.yaml');
  const cluster = clusterWith({ ...tokens(places, lasting), registry: address });
  writeFileSync(byAddress, stringify({ clusters: [cluster] }));
  const files = { base: fileOf(base), overlap: fileOf(overlap), retired: fileOf(retired), byAddress };
  return { files, manifests: { base, overlap, retired } };
}

function clusterWith(its: OrganizationTokensProps): SecuredStackProps {
  return testCluster({ registries: [DOCKER_HUB, environment('CLUSTER_REGISTRY')], tokens: [its] });
}

function legacyOf({ apps }: Places): SharedAccountProps['usedBy'] {
  return { serviceAccounts: [{ namespace: apps, names: ['legacy'] }] };
}

function tokens(
  { apps, build }: Places,
  account: Pick<SharedAccountProps, 'retireBy' | 'usedBy'>,
  changes: { readonly previousSecret?: string } = {},
): OrganizationTokensProps {
  const owner = 'team-k8s';
  const injected = { namespace: apps, serviceAccounts: ['injected'], inject: true };
  const holders = [{ kind: 'ServiceAccount' as const, name: 'auditor' }];
  return {
    organization: ORGANIZATION,
    pull: [
      {
        purpose: RELEASE_PULL,
        repositories: [RELEASE],
        owner,
        bindTo: [{ namespace: apps, serviceAccounts: ['controller'] }, injected],
      },
      {
        purpose: NIGHTLY_PULL,
        repositories: [NIGHTLY],
        owner,
        holders,
        bindTo: [{ namespace: apps, serviceAccounts: ['controller', 'legacy'] }, injected],
        ...changes,
      },
    ],
    push: [
      { purpose: 'kubernetes-ingress-controller push', repositories: [RELEASE], owner },
      {
        purpose: NIGHTLY_PUSH,
        repositories: [NIGHTLY],
        owner,
        workload: { namespace: build, serviceAccount: 'builder' },
      },
    ],
    sharedAccount: { user: SHARED_USER, secret: SECRETS.shared, ...account },
  };
}

/**
 * Makes a token's Secret as its user does: a key for each spelling of each repository.
 *
 * @param namespace where
 * @param secret its name
 * @param token what it holds
 * @param repositories for which
 * @param address the registry by its address
 */
export function giveToken(
  namespace: string,
  secret: string,
  token: Token,
  repositories: string[],
  address: string,
): Promise<void> {
  const keys = [DOCKER_HUB, address].flatMap((registry) => configKeys(registry, repositories));
  return giveKeys(namespace, secret, token, keys);
}

/** Makes a Secret of type dockerconfigjson with a credential for some keys. */
export function giveKeys(namespace: string, secret: string, { user, value }: Token, keys: string[]): Promise<void> {
  const auths = Object.fromEntries(keys.map((key) => [key, { username: user, password: value }]));
  return apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace, name: secret },
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': Buffer.from(JSON.stringify({ auths })).toString('base64') },
  });
}

/** Takes policies away that a run before this one left, where it was killed: they would refuse what a test begins with. */
export async function removePolicies(): Promise<void> {
  const kinds = ['validatingadmissionpolicy', 'mutatingadmissionpolicy'].flatMap((kind) => [kind, `${kind}binding`]);
  const labels = Object.entries(stackLabels).map(([name, value]) => `${name}=${value}`);
  await kubectl(['delete', kinds.join(','), '-l', labels.join(','), '--ignore-not-found']);
}
