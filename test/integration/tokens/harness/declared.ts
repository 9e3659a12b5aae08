import { stringify } from 'yaml';

export const ORGANIZATION = 'kong';
export const RELEASE = 'kong/kubernetes-ingress-controller';
export const NIGHTLY = 'kong/nightly-ingress-controller';
export const TAG = '3.4';

/** The four tokens by the names of their Secrets, and what each is to have. */
export const DECLARED = {
  'kubernetes-ingress-controller-pull': { repository: RELEASE, actions: ['pull'] },
  'kubernetes-ingress-controller-push': { repository: RELEASE, actions: ['pull', 'push', 'delete'] },
  'nightly-ingress-controller-pull': { repository: NIGHTLY, actions: ['pull'] },
  'nightly-ingress-controller-push': { repository: NIGHTLY, actions: ['pull', 'push', 'delete'] },
} as const;

export type Name = keyof typeof DECLARED;
export const NAMES = Object.keys(DECLARED) as Name[];

/** What a stack has beside the four tokens. */
export interface StackChanges {
  readonly host: string;
  readonly pull?: { readonly [name: string]: object };
  readonly organization?: object;
}

/** A stack that declares the four tokens. */
export function stackText({ host, pull = {}, organization = {} }: StackChanges): string {
  const token = (name: Name) => ({
    purpose: name.replace(/-(pull|push)$/, ' $1'),
    repositories: [DECLARED[name].repository],
    owner: 'team-k8s',
  });
  const of = (kind: string) => NAMES.filter((name) => name.endsWith(kind));
  const bindTo = [{ namespace: 'kong', serviceAccounts: ['controller'] }];
  const tokens = {
    organization: ORGANIZATION,
    registry: host,
    pull: of('pull').map((name) => ({ ...token(name), bindTo, ...pull[name] })),
    push: of('push').map((name) => ({ ...token(name), mayDelete: true })),
    ...organization,
  };
  const authentication = { mutualTls: { issuer: { caSecret: 'mirror-ca' } } };
  return stringify({ clusters: [{ name: 'c', registries: ['docker.io'], authentication, tokens: [tokens] }] });
}
