import { schemaOfType } from '../../../src/schemas/schemas';

/** A stack.yaml with mistakes, and the errors that it must get: all of them, word for word. */
export interface WrongInput {
  readonly title: string;
  readonly text: string;
  readonly errors: string[];
}

/** A stack.yaml of one cluster that is right, but for what is added from line 5 on. */
export function withSettings(settings: string): string {
  return `clusters:
  - name: one
    registries: [docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
    ${settings}
`;
}

/** A stack.yaml of one cluster that is right, but for what is under authentication.mutualTls. */
export function withMutualTls(settings: string): string {
  return `clusters:
  - name: one
    registries: [docker.io]
    authentication: {mutualTls: ${settings}}
`;
}

/** A stack.yaml of one cluster that is right, but for its authentication, on line 4, and what is added from line 5 on. */
export function withAuthentication(authentication: string, settings = ''): string {
  return `clusters:
  - name: one
    registries: [docker.io]
    authentication: ${authentication}
    ${settings}
`;
}

/** A stack.yaml of one cluster that is right, but for what is under authentication.basic. */
export function withBasic(settings: string): string {
  return withAuthentication(`{basic: ${settings}}`);
}

/** A stack.yaml of one cluster that is right, but for its registries, on line 3, and what is added from line 5 on. */
export function withRegistries(registries: string, settings = ''): string {
  return `clusters:
  - name: one
    registries: ${registries}
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
    ${settings}
`;
}

/** The keys of a cluster, as errors list them. */
export const CLUSTER_KEYS = Object.keys(schemaOfType('ClusterProps').properties ?? {}).join(', ');

/** What errors say about a secret that was pasted. */
export const ADVICE =
  'a secret is named here, never pasted; if this was committed or shared, take the value for leaked and replace it';

/** What errors say about the form of a public repository. */
export const FORM = 'a public repository is host/path, or host/path/* for all below it, such as docker.io/library/*';
