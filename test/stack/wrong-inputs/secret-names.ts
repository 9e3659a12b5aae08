import { type WrongInput, withAuthentication, withMutualTls } from './wrong-input';

/** Secrets that are used for two things. */
export const secretNames: WrongInput[] = [
  {
    title: 'one Secret for two identities',
    text: withMutualTls('{secrets: {peer: ours, node: ours}}'),
    errors: [
      '4:62: clusters[0].authentication.mutualTls.secrets.node: got "ours"; this is the Secret of the identity peer: name another',
    ],
  },
  {
    title: 'the Secret of another identity',
    text: withMutualTls('{secrets: {peer: mirror-node}}'),
    errors: [
      '4:50: clusters[0].authentication.mutualTls.secrets.peer: got "mirror-node"; this is the Secret of the identity node: name another',
    ],
  },
  {
    title: 'a Secret of certificates for the CA',
    text: withMutualTls('{issuer: {caSecret: mirror-peer}}'),
    errors: [
      '4:53: clusters[0].authentication.mutualTls.issuer.caSecret: got "mirror-peer"; this is the Secret of the identity peer: name another',
    ],
  },
  {
    title: 'the Secret of the credential for the CA',
    text: withMutualTls('{issuer: {caSecret: mirror-credential}}'),
    errors: [
      `4:53: clusters[0].authentication.mutualTls.issuer.caSecret: got "mirror-credential"; this is the Secret of the mirror's own credential, with which images can be read: name another`,
    ],
  },
  {
    title: 'the Secret of the CA for whom to trust',
    text: withMutualTls('{issuer: {caSecret: mirror-ca}, trust: {secret: mirror-ca, key: tls.crt}}'),
    errors: [
      '4:81: clusters[0].authentication.mutualTls.trust.secret: got "mirror-ca"; this is the Secret of your CA, with its key: name another',
    ],
  },
  {
    title: 'the Secret of the CA for the credential',
    text: withAuthentication(
      '{mutualTls: {issuer: {caSecret: mirror-ca}}, basic: {credential: {secret: mirror-ca}}, present: basic}',
    ),
    errors: [
      '4:95: clusters[0].authentication.basic.credential.secret: got "mirror-ca"; this is the Secret of your CA, with its key: name another',
    ],
  },
  ...[
    ['mirror-peer', 'the identity peer'],
    ['mirror-node', 'the identity node'],
    ['mirror-server', 'the identity server'],
    ['mirror-metrics', 'the identity metrics'],
    ['mirror-metrics-credential', 'the credential for the metrics'],
  ].map(([name, holder]) => ({
    title: `${name} for the credential`,
    text: withAuthentication(`{basic: {credential: {secret: ${name}}}}`),
    errors: [
      `4:51: clusters[0].authentication.basic.credential.secret: got "${name}"; this is the Secret of ${holder}: name another`,
    ],
  })),
  {
    title: "the mirror's own credential for scrapers",
    text: withAuthentication(
      '{basic: {credential: {secret: mine}}}',
      'metrics: {from: [{namespace: monitoring}], credentialSecret: mine}',
    ),
    errors: [
      `5:66: clusters[0].metrics.credentialSecret: got "mine"; this is the Secret of the mirror's own credential, with which images can be read: name another`,
    ],
  },
  {
    title: 'the Secret of the external credential for scrapers',
    text: withAuthentication(
      '{basic: {credential: {externalSecret: {store: vault, key: mirror}}}}',
      'metrics: {from: [{namespace: monitoring}], credentialSecret: mirror-credential}',
    ),
    errors: [
      `5:66: clusters[0].metrics.credentialSecret: got "mirror-credential"; this is the Secret of the mirror's own credential, with which images can be read: name another`,
    ],
  },
  {
    title: 'a Secret of certificates for scrapers',
    text: withAuthentication(
      '{basic: {credential: {secret: mine}}}',
      'metrics: {from: [{namespace: monitoring}], credentialSecret: mirror-metrics}',
    ),
    errors: [
      '5:66: clusters[0].metrics.credentialSecret: got "mirror-metrics"; this is the Secret of the identity metrics: name another',
    ],
  },
];
