import { type WrongInput, withAuthentication, withSettings } from './wrong-input';

const MUTUAL_TLS = 'mutualTls: {issuer: {caSecret: mirror-ca}}';
const BASIC = 'basic: {credential: {secret: mirror-credential}}';

/** Ways of authentication that are missing or contradict each other, or what is beside them. */
export const authentication: WrongInput[] = [
  {
    title: 'no way',
    text: withAuthentication('{}'),
    errors: [
      '4:21: clusters[0].authentication: basic or mutualTls is missing: name one, or both while you move from one to the other',
    ],
  },
  {
    title: 'no way, but what is presented',
    text: withAuthentication('{present: basic, permissive: false}'),
    errors: [
      '4:21: clusters[0].authentication: basic or mutualTls is missing: name one, or both while you move from one to the other',
    ],
  },
  {
    title: 'a misspelt way',
    text: withAuthentication('{mutualTLS: {issuer: {caSecret: mirror-ca}}}'),
    errors: [
      '4:22: clusters[0].authentication.mutualTLS: there is no such key here; did you mean mutualTls? known here: mutualTls, basic, present, permissive',
    ],
  },
  {
    title: 'both methods without a word of which is presented',
    text: withAuthentication(`{${MUTUAL_TLS}, ${BASIC}}`),
    errors: [
      '4:21: clusters[0].authentication.present: both methods are given: say with present which one mirrors present to their peers, basic or mutualTls',
    ],
  },
  {
    title: 'a way to present that is none',
    text: withAuthentication(`{${MUTUAL_TLS}, ${BASIC}, present: mutualtls}`),
    errors: [
      '4:125: clusters[0].authentication.present: got "mutualtls"; expected one of basic, mutualTls: did you mean mutualTls?',
    ],
  },
  {
    title: 'a certificate presented that is not there',
    text: withAuthentication(`{${BASIC}, present: mutualTls}`),
    errors: [
      '4:81: clusters[0].authentication.present: got "mutualTls"; mutualTls is not given, and basic is: leave present out, or give both methods',
    ],
  },
  {
    title: 'a credential presented that is not there',
    text: withAuthentication(`{${MUTUAL_TLS}, present: basic}`),
    errors: [
      '4:75: clusters[0].authentication.present: got "basic"; basic is not given, and mutualTls is: leave present out, or give both methods',
    ],
  },
  {
    title: 'a permissive of basic',
    text: withAuthentication(`{${BASIC}, permissive: true}`),
    errors: [
      '4:84: clusters[0].authentication.permissive: got true; it contradicts basic, as the proxy could not tell a plain request with a credential from one without: leave one out',
    ],
  },
  {
    title: 'a permissive of both methods',
    text: withAuthentication(`{${MUTUAL_TLS}, ${BASIC}, present: mutualTls, permissive: true}`),
    errors: [
      '4:148: clusters[0].authentication.permissive: got true; it contradicts basic, as the proxy could not tell a plain request with a credential from one without: leave one out',
    ],
  },
  {
    title: 'a permissive of a ClusterIP',
    text: withAuthentication(`{${MUTUAL_TLS}, permissive: true}`, 'entry: {clusterIp: {address: 10.96.0.30}}'),
    errors: [
      `4:78: clusters[0].authentication.permissive: got true; it needs the loopback entry, as plain Spegel is reached at a node's port: leave it or entry.clusterIp out`,
    ],
  },
  {
    title: 'basic without policies',
    text: withAuthentication(`{${BASIC}}`, 'network: {policies: false}'),
    errors: [
      '5:25: clusters[0].network.policies: got false; basic authentication needs policies: mirrors hand the password to every peer that the router leads them to, and anybody who reaches the router may lead them; only policies limit both (docs/security.md): leave it out, or use mutualTls alone',
    ],
  },
  {
    title: 'both methods without policies',
    text: withAuthentication(`{${MUTUAL_TLS}, ${BASIC}, present: mutualTls}`, 'network: {policies: false}'),
    errors: [
      '5:25: clusters[0].network.policies: got false; basic authentication needs policies: mirrors hand the password to every peer that the router leads them to, and anybody who reaches the router may lead them; only policies limit both (docs/security.md): leave it out, or use mutualTls alone',
    ],
  },
  {
    title: 'metrics of basic without a credential of their own',
    text: withAuthentication(`{${BASIC}}`, 'metrics: {from: [{namespace: monitoring}]}'),
    errors: [
      `5:14: clusters[0].metrics.credentialSecret: missing; with basic alone scrapers have no certificate, and the mirror's own credential would let them read images: name a Secret with one of their own, such as mirror-metrics-credential`,
    ],
  },
  {
    title: 'metrics of basic with a misspelt credential',
    text: withAuthentication(`{${BASIC}}`, 'metrics: {from: [{namespace: monitoring}], credentialSecert: scrapers}'),
    errors: [
      '5:48: clusters[0].metrics.credentialSecert: there is no such key here; did you mean credentialSecret? known here: from, credentialSecret',
    ],
  },
  {
    title: 'metrics of mutual TLS with a credential',
    text: withSettings('metrics: {from: [{namespace: monitoring}], credentialSecret: scrapers}'),
    errors: [
      '5:66: clusters[0].metrics.credentialSecret: got "scrapers"; it is for basic authentication, and with mutualTls alone scrapers show a certificate: leave it out',
    ],
  },
  {
    title: 'a yes to basic',
    text: withAuthentication('{basic: true}'),
    errors: [
      '4:29: clusters[0].authentication.basic: got true; expected a mapping with the keys credential, propagationSeconds',
    ],
  },
  {
    title: 'a word for an authentication',
    text: withAuthentication('basic'),
    errors: [
      '4:21: clusters[0].authentication: got "basic"; expected a mapping with the keys mutualTls, basic, present, permissive',
    ],
  },
];
