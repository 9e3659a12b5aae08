import { App, Chart } from 'cdk8s';
import { stringify } from 'yaml';
import {
  CertificateIssuer,
  ClusterTokens,
  IngressControllerTokens,
  MirrorSecret,
  OrganizationTokens,
  PodsOf,
  PullToken,
  PushToken,
  SecuredStack,
} from '../../src';
import { SecuredStack as StackComponent, ClusterTokens as TokensComponent } from '../../src/pulumi';
import { checkSecuredStack } from '../../src/stack/check-secured-stack';
import { parseStackFile } from '../../src/stack/reader';
import { checkClusterTokens, checkOrganizationTokens, checkTokenOptions } from '../../src/tokens/check-tokens';
import { minimal, tokens, variants } from '../support';
import type { Mapping } from './samples';

/** Something that takes settings, as a user calls it. */
export interface Face {
  readonly face: string;
  /** What its errors put before a key. */
  readonly prefix?: string;
  // biome-ignore lint/suspicious/noExplicitAny: wrong settings are what is tested
  readonly give: (settings: any) => unknown;
}

/** A type of settings, right settings of it, the rules for them, and all that takes them. */
export interface Walked {
  readonly bases: object[];
  readonly isRight: (value: unknown) => boolean;
  readonly faces: Face[];
}

const right = (check: (value: unknown) => unknown[]) => (value: unknown) => check(value).length === 0;
const chart = () => new Chart(new App({ outdir: 'never written' }), 'chart');
const mutualTls = { issuer: { caSecret: 'mirror-ca' } };
const [kong = { organization: 'kong' }] = tokens;
const [release, nightly] = kong.pull ?? [];
const [, builder] = kong.push ?? [];
const whose = { organization: 'kong' };
const pods = { namespace: 'kong', serviceAccounts: ['controller'] };
const scrapers = { namespace: 'monitoring', podLabels: { app: 'prometheus' } };
const extraEgress = { to: [{ cidr: '198.51.100.7/32' }], port: 514 };
const target = { kind: 'DaemonSet', name: 'mirror', namespace: 'secured-mirror', apiVersion: 'apps/v1' };
const dated = { today: '2025-06-01' };

/** Settings of tokens in small pieces: the whole would be checked anew for each wrong value. */
const pieces = tokens.flatMap(({ pull = [], push = [], sharedAccount, ...whole }) => [
  ...pull.map((token) => ({ ...whole, pull: [token] })),
  ...push.map((token) => ({ ...whole, push: [token] })),
  ...(sharedAccount ? [{ ...whole, sharedAccount }] : []),
]);

/** Everything that is exported and takes settings, by their type. */
export const walked: { readonly [type: string]: Walked } = {
  SecuredStackProps: {
    bases: [
      minimal,
      ...pieces.map((piece) => ({ ...minimal, ...dated, tokens: [piece] })),
      ...Object.values(variants).map((props) => ({ ...props, ...dated })),
      {
        ...minimal,
        ...dated,
        serviceAccounts: { apply: true },
        tokens: [{ ...whose, pull: [{ ...release, bindTo: [pods] }] }],
      },
      { ...minimal, authentication: { mutualTls: { ...mutualTls, certificates: {} } } },
      { ...minimal, network: { extraIngress: [{ from: [scrapers], port: 5003 }], extraEgress: [extraEgress] } },
      { ...minimal, network: { extraIngress: [{ from: [{ cidr: '198.51.100.0/24' }], port: 5003 }] } },
      { ...minimal, metrics: { from: [scrapers] } },
      { ...minimal, patches: [{ target, patch: [{ op: 'move', from: '/spec/selector', path: '/spec/x' }] }] },
      { ...minimal, patches: [{ target, patch: [{ op: 'add', path: '/spec/minReadySeconds', value: 5 }] }] },
      { ...minimal, authentication: { mutualTls: { ...mutualTls, trust: { secret: 'trust' } } } },
      { ...minimal, tokens: [{ ...whose, push: [{ ...builder, holders: [{ kind: 'User', name: 'ann' }] }] }] },
    ],
    isRight: right(checkSecuredStack),
    faces: [
      { face: 'library', give: (props) => new SecuredStack(chart(), 'stack', props) },
      { face: 'Pulumi', give: (props) => new StackComponent('stack', props) },
      {
        face: 'stack.yaml',
        prefix: 'clusters[0].',
        give: ({ today, ...cluster }) => parseStackFile(stringify({ clusters: [cluster] }), 'stack.yaml', today),
      },
    ],
  },
  ClusterTokensProps: {
    bases: [...pieces.map((piece) => [piece]), tokens].map((all) => ({
      name: 'one',
      namespace: 'platform',
      tokens: all,
      ...dated,
    })),
    isRight: right(checkClusterTokens),
    faces: [
      { face: 'library', give: (props) => new ClusterTokens(chart(), 'tokens', props) },
      { face: 'Pulumi', give: (props) => new TokensComponent('tokens', props) },
    ],
  },
  OrganizationTokensOptions: {
    bases: [...pieces, ...tokens].map((organization) => ({ ...organization, ...dated })),
    isRight: right(checkOrganizationTokens),
    faces: [{ face: 'library', give: (props) => new OrganizationTokens(chart(), 'tokens', props) }],
  },
  PullTokenOptions: {
    bases: [release, nightly].map((token) => ({ ...token, ...whose })),
    isRight: right((value) => checkTokenOptions(value, 'pull')),
    faces: [{ face: 'library', give: (props) => new PullToken(chart(), 'token', props) }],
  },
  PushTokenOptions: {
    bases: [{ ...builder, ...whose }],
    isRight: right((value) => checkTokenOptions(value, 'push')),
    faces: [{ face: 'library', give: (props) => new PushToken(chart(), 'token', props) }],
  },
  IngressControllerTokensProps: {
    bases: [{ owner: 'team', releasePods: [pods], nightlyPods: [pods], quota: { limit: 10 } }],
    isRight: () => true,
    faces: [{ face: 'library', give: (props) => IngressControllerTokens.of(props) }],
  },
  PodsOptions: {
    bases: [{}],
    isRight: () => true,
    faces: [
      { face: 'names', give: (options) => PodsOf.fromNames('kong', ['controller'], options) },
      { face: 'accounts', give: (options) => PodsOf.serviceAccounts([], options) },
    ],
  },
  ISecretReference: {
    bases: [{ name: 'ours', kind: 'Secret', metadata: { namespace: 'secured-mirror' } }],
    isRight: () => true,
    faces: [{ face: 'library', give: (secret) => MirrorSecret.nameOf(secret) }],
  },
  IServiceAccountReference: {
    bases: [{ name: 'ours', kind: 'ServiceAccount', metadata: { namespace: 'kong' } }],
    isRight: () => true,
    faces: [{ face: 'library', give: (account) => PodsOf.serviceAccounts([account]) }],
  },
  IIssuerReference: {
    bases: [{ name: 'ours', kind: 'Issuer', metadata: { namespace: 'secured-mirror' } }],
    isRight: () => true,
    faces: [{ face: 'library', give: (issuer) => CertificateIssuer.of(issuer) }],
  },
};

/** What is said of settings, a line for each mistake. */
export function saidBy({ give }: Face, settings: unknown): string[] {
  const error = errorOf(give, settings);
  return error === undefined ? [] : error.message.split('\n');
}

/** What is thrown at settings, if anything. */
export function errorOf(give: Face['give'], settings: unknown): Error | undefined {
  try {
    give(settings);
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

export type { Mapping };
