import { both, type Case, check, issuer, leaf, leafs, NEW, node, OLD, old, young } from './example';

const cases: Case[] = [
  {
    is: 'both trusted everywhere',
    of: { bundle: both },
    ...{
      step: 'leaf',
      safe: true,
      next: /^all nodes trust .*: give Issuer mirror the new CA, CN=NEW /,
      advice: 'issue',
    },
  },
  {
    is: 'both trusted everywhere, own certificates',
    of: { bundle: both, issuer: undefined },
    ...{ step: 'leaf', safe: true, next: /give who signs your certificates the new CA, CN=NEW /, advice: 'issue' },
  },
  {
    is: 'the issuer has the new one',
    of: { bundle: both, issuer: issuer(young) },
    ...{ step: 'leaf', safe: true, next: /^go on: Issuer mirror has CN=NEW .* now have all/, advice: 'reissue' },
  },
  {
    is: 'some certificates are new',
    of: { bundle: both, issuer: issuer(young), leafs: [leaf('peer', young), leaf('server', old), leaf('node', old)] },
    ...{ step: 'leaf', safe: true, next: /^go on: peer signed by CN=NEW .*, server, node not yet/, advice: 'reissue' },
  },
  {
    is: 'some certificates are new, of an issuer that tells nothing',
    of: { bundle: both, issuer: { ...issuer(), signers: undefined }, leafs: [leaf('peer', young), leaf('node', old)] },
    ...{ step: 'leaf', safe: true, next: /^go on: peer signed by CN=NEW .*, node not yet/, advice: 'reissue' },
    notes: [/^Issuer mirror: its CA is not readable/],
  },
  {
    is: 'all are new, but not on every node',
    of: {
      ...{ bundle: both, issuer: issuer(young), leafs: leafs(young) },
      nodes: [node('w1', [OLD, NEW]), node('w2', [OLD, NEW], { holds: [] })],
    },
    ...{ step: 'drop', safe: false, next: /^wait: previous certificates are still in use on w2; / },
  },
  {
    is: 'all are new, but containerd of a node uses another',
    of: {
      ...{ bundle: both, issuer: issuer(young), leafs: leafs(young) },
      nodes: ['g1', 'g1', 'g0', undefined].map((version, index) => node(`w${index}`, [OLD, NEW], { version })),
    },
    ...{ step: 'drop', safe: false, next: /^wait: containerd does not use the same identity yet on w2, w3$/ },
  },
  {
    is: 'all are new everywhere',
    of: {
      ...{ bundle: both, issuer: issuer(young) },
      leafs: [...leafs(young), { ...leaf('metrics', young), held: false, fingerprint: 'not on nodes' }],
    },
    ...{ step: 'drop', safe: true, next: /in use everywhere: take CN=OLD .* out of the bundle$/, advice: 'drop' },
    notes: [
      /end within 10 minutes$/,
      /^Secret mirror-metrics: before this step scrapers must present this certificate$/,
    ],
  },
  {
    is: 'a CA renewed with the same key',
    of: { bundle: both, issuer: issuer(old, young), leafs: leafs(old, young) },
    ...{ step: 'drop', safe: true, next: /take CN=OLD .* out/, notes: [/10 minutes/], advice: 'drop' },
  },
];

describe('a change of CA, the certificates', () => {
  it.each(cases)('$is', check);
});
