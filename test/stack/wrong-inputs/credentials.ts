import { ADVICE, type WrongInput, withAuthentication, withBasic } from './wrong-input';

/** Credentials that are nowhere, or here. */
export const credentials: WrongInput[] = [
  {
    title: 'no credential',
    text: withBasic('{}'),
    errors: [
      '4:29: clusters[0].authentication.basic.credential: missing; expected a mapping with the keys secret, externalSecret: where the user name and the password are',
    ],
  },
  {
    title: 'an empty credential',
    text: withBasic('{credential: {}}'),
    errors: ['4:42: clusters[0].authentication.basic.credential: secret or externalSecret is missing: name one'],
  },
  {
    title: 'a credential in two places',
    text: withBasic('{credential: {secret: mirror-credential, externalSecret: {store: vault, key: mirror}}}'),
    errors: [
      '4:42: clusters[0].authentication.basic.credential: secret and externalSecret contradict each other: keep one',
    ],
  },
  {
    title: 'a password for a credential',
    text: withBasic('{credential: hunter2}'),
    errors: [
      `4:42: clusters[0].authentication.basic.credential: got (hidden); expected a mapping, and this may be the secret itself: ${ADVICE}`,
    ],
  },
  {
    title: 'a number for a credential',
    text: withBasic('{credential: 271828}'),
    errors: [
      `4:42: clusters[0].authentication.basic.credential: got (hidden); expected a mapping, and this may be the secret itself: ${ADVICE}`,
    ],
  },
  {
    title: 'user and password for basic',
    text: withBasic('"mirror:hunter2"'),
    errors: [
      `4:29: clusters[0].authentication.basic: got (hidden); expected a mapping, and this may be the secret itself: ${ADVICE}`,
    ],
  },
  {
    title: 'a password in a list',
    text: withBasic('{credential: [mirror, hunter2]}'),
    errors: [
      '4:42: clusters[0].authentication.basic.credential: got a list; expected a mapping with the keys secret, externalSecret',
    ],
  },
  {
    title: 'a password for the name of a Secret',
    text: withBasic('{credential: {secret: "Hunter 2"}}'),
    errors: [
      `4:51: clusters[0].authentication.basic.credential.secret: got (hidden); expected a DNS name in lower case, and this may be the secret itself: ${ADVICE}`,
    ],
  },
  {
    title: 'a number for the name of a Secret',
    text: withBasic('{credential: {secret: 27.1828}}'),
    errors: [
      `4:51: clusters[0].authentication.basic.credential.secret: got (hidden); expected a DNS name in lower case, and this may be the secret itself: ${ADVICE}`,
    ],
  },
  {
    title: 'a password for an external Secret',
    text: withBasic('{credential: {externalSecret: hunter2}}'),
    errors: [
      `4:59: clusters[0].authentication.basic.credential.externalSecret: got (hidden); expected a mapping, and this may be the secret itself: ${ADVICE}`,
    ],
  },
  {
    title: 'user and password in a credential',
    text: withBasic('{credential: {secret: mirror-credential, username: mirror, password: hunter2}}'),
    errors: [
      '4:70: clusters[0].authentication.basic.credential.username: there is no such key here; known here: secret, externalSecret',
      `4:98: clusters[0].authentication.basic.credential.password: got (hidden); by its name a secret: ${ADVICE}`,
    ],
  },
  {
    title: 'a password for the Secret of scrapers',
    text: withAuthentication(
      '{basic: {credential: {secret: mirror-credential}}}',
      'metrics: {from: [{namespace: monitoring}], credentialSecret: Hunter2}',
    ),
    errors: [
      `5:66: clusters[0].metrics.credentialSecret: got (hidden); expected a DNS name in lower case, and this may be the secret itself: ${ADVICE}`,
    ],
  },
  {
    title: 'an external Secret without its place',
    text: withBasic('{credential: {externalSecret: {}}}'),
    errors: [
      `4:59: clusters[0].authentication.basic.credential.externalSecret.store: missing; expected a text: name of the SecretStore in the mirror's namespace, or of the ClusterSecretStore`,
      '4:59: clusters[0].authentication.basic.credential.externalSecret.key: missing; expected a text: where it is in the store: a path or a name, as the store has it',
    ],
  },
  {
    title: 'an external Secret with empty places',
    text: withBasic(
      '{credential: {externalSecret: {store: vault, key: "", usernameProperty: "", passwordProperty: ""}}}',
    ),
    errors: [
      '4:79: clusters[0].authentication.basic.credential.externalSecret.key: got ""; expected at least one character',
      '4:101: clusters[0].authentication.basic.credential.externalSecret.usernameProperty: got ""; expected at least one character',
      '4:123: clusters[0].authentication.basic.credential.externalSecret.passwordProperty: got ""; expected at least one character',
    ],
  },
  {
    title: 'a kind of store that is none',
    text: withBasic('{credential: {externalSecret: {store: vault, key: mirror, storeKind: Vault}}}'),
    errors: [
      '4:98: clusters[0].authentication.basic.credential.externalSecret.storeKind: got "Vault"; expected one of SecretStore, ClusterSecretStore',
    ],
  },
  {
    title: 'a pause without unit',
    text: withBasic('{credential: {externalSecret: {store: vault, key: mirror, refreshInterval: "60"}}}'),
    errors: [
      '4:104: clusters[0].authentication.basic.credential.externalSecret.refreshInterval: got "60"; expected a duration, such as 1h or 10m',
    ],
  },
  {
    title: 'a change that settles at once',
    text: withBasic('{credential: {secret: mirror-credential}, propagationSeconds: 0}'),
    errors: [
      '4:91: clusters[0].authentication.basic.propagationSeconds: got 0; expected a whole number from 5 to 86400',
    ],
  },
];
