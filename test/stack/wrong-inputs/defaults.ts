import { CLUSTER_KEYS, type WrongInput } from './wrong-input';

const DEFAULT_KEYS = CLUSTER_KEYS.replace('name, ', '');

const MUTUAL_TLS = '{mutualTls: {issuer: {caSecret: mirror-ca}}}';
const file = (defaults: string, ...clusters: string[]) =>
  `defaults: ${defaults}\nclusters:\n${clusters.map((cluster) => `  - ${cluster}\n`).join('')}`;
const three = ['{name: one}', '{name: two}', '{name: three}'];

/** Defaults of many clusters, and keys of the user's. */
export const defaults: WrongInput[] = [
  {
    title: 'a wrong default, once for all clusters',
    text: file(`{registries: [Docker.io], authentication: ${MUTUAL_TLS}}`, ...three),
    errors: [
      '1:25: defaults.registries[0]: got "Docker.io"; a registry is a host name in lower case, with a dot, without scheme, port or path: write docker.io',
    ],
  },
  {
    title: 'defaults that no cluster uses',
    text: file(
      '{limits: {requests: 5}, platfrom: k3s}',
      `{name: one, registries: [docker.io], authentication: ${MUTUAL_TLS}, limits: {requests: 100}}`,
    ),
    errors: [
      '1:31: defaults.limits.requests: got 5; expected a whole number from 16 to 100000',
      `1:35: defaults.platfrom: there is no such key here; did you mean platform? known here: ${DEFAULT_KEYS}`,
    ],
  },
  {
    title: 'a name for all clusters',
    text: file(`{name: one, registries: [docker.io], authentication: ${MUTUAL_TLS}}`, ...three),
    errors: ['1:12: defaults.name: each cluster has a name of its own: leave it out here'],
  },
  {
    title: 'what neither defaults nor a cluster has',
    text: file(
      '{registries: [docker.io], authentication: {mutualTls: {issuer: {ref: {kind: ClusterIssuer}}}}}',
      ...three,
    ),
    errors: ['1:80: defaults.authentication.mutualTls.issuer.ref.name: missing; expected a text: its name'],
  },
  {
    title: 'what a cluster needs beside the defaults',
    text: file('{registries: [docker.io]}', ...three.slice(1)),
    errors: ['3:5', '4:5'].map(
      (place, index) =>
        `${place}: clusters[${index}].authentication: missing; expected a mapping with the keys mutualTls, basic, present, permissive: how nodes and mirrors prove who they are`,
    ),
  },
  {
    title: "a cluster's own mistake among defaults",
    text: file(
      `{registries: [docker.io], authentication: ${MUTUAL_TLS}, limits: {requests: 100}}`,
      '{name: one, limits: {connections: 5}}',
    ),
    errors: ['3:39: clusters[0].limits.connections: got 5; expected a whole number from 256 to 1000000'],
  },
  {
    title: 'a trust domain for all clusters',
    text: file(
      '{registries: [docker.io], authentication: {mutualTls: {trustDomain: ours, issuer: {caSecret: mirror-ca}}}}',
      ...three,
    ),
    errors: [
      '1:79: defaults.authentication.mutualTls.trustDomain: got "ours"; it is the trust domain of clusters[0] already: its peers would be peers of this cluster too',
    ],
  },
  {
    title: 'a patch for all clusters that fits none',
    text: file(
      `{registries: [docker.io], authentication: ${MUTUAL_TLS}, patches: [{target: {kind: DaemonSet, name: mirorr}, patch: [{op: remove, path: /spec/foo}]}]}`,
      ...three,
    ),
    errors: [
      '1:142: defaults.patches[0].target.name: got "mirorr"; expected a name that this stack has for DaemonSet: mirror',
    ],
  },
  {
    title: 'defaults that are no mapping',
    text: file('[a]', ...three.slice(2)).replace(
      'name: three',
      `name: three, registries: [docker.io], authentication: ${MUTUAL_TLS}`,
    ),
    errors: [`1:11: defaults: got a list; expected a mapping with the keys ${DEFAULT_KEYS}`],
  },
  {
    title: 'a secret in defaults and in a key of the user',
    text: `x-own: {note: ghp_0123456789abcdef}
${file(`{registries: [docker.io], authentication: ${MUTUAL_TLS}, password: hunter22}`, ...three)}`,
    errors: [
      '1:15: x-own.note: got (hidden); this looks like an access token of GitHub: a secret is named here, never pasted; if this was committed or shared, take the value for leaked and replace it',
      '2:109: defaults.password: got (hidden); by its name a secret: a secret is named here, never pasted; if this was committed or shared, take the value for leaked and replace it',
    ],
  },
];
