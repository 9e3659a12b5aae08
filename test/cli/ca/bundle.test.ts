import { both, bundle, type Case, check, issuer, leaf, leafs, NEW, node, OLD, old, young } from './example';

const cases: Case[] = [
  {
    is: 'steady',
    of: { bundle: bundle(old) },
    ...{ step: 'steady', safe: true, next: /^nothing. To change the CA, put the new one/, advice: 'add' },
  },
  {
    is: 'steady, but not taken out everywhere',
    of: { bundle: bundle(old), nodes: [node('w1', [OLD]), node('w2', [OLD, NEW])] },
    ...{
      step: 'steady',
      safe: true,
      next: /^nothing/,
      notes: [/still trust the CA that left the bundle: w2$/],
      advice: 'add',
    },
  },
  {
    is: 'an empty bundle',
    of: { bundle: bundle(), leafs: [] },
    ...{ step: 'bundle', safe: false, next: /^put /, advice: 'add' },
    problems: [/^ConfigMap mirror-trust \(key ca.crt\): the bundle has no CA certificate$/, /next renewal/],
  },
  {
    is: 'a bundle that lacks the CA of certificates in use',
    of: { bundle: bundle(young), issuer: issuer(young) },
    ...{ step: 'bundle', safe: false, next: /^put CN=OLD \(OLD:00:00:0\) into the bundle beside/, advice: 'add' },
    problems: ['peer', 'server', 'node'].map(
      (who) => new RegExp(`^ConfigMap mirror-trust [^:]*: the bundle lacks the CA of ${who}, CN=x$`),
    ),
  },
  {
    is: 'a bundle that lacks the CA of the issuer',
    of: { bundle: bundle(old), issuer: issuer(young) },
    ...{ step: 'bundle', safe: false, next: /^put CN=NEW /, advice: 'add' },
    problems: [/: the bundle lacks the CA of Issuer mirror: all nodes would refuse the next renewal$/],
  },
  {
    is: 'a bundle that lacks a CA which nobody knows',
    of: { bundle: bundle(old), leafs: [leaf('peer'), leaf('node', old)] },
    ...{ step: 'bundle', safe: false, next: /^put the CA that it lacks/, problems: [/the CA of peer/], advice: 'add' },
  },
  {
    is: 'a bundle that has not come everywhere',
    of: { bundle: both, nodes: [node('w1', [OLD, NEW]), node('w2', [OLD]), node('w3', [OLD])] },
    ...{ step: 'bundle', safe: false, next: /^wait: these nodes do not trust all of the bundle yet: w2, w3; / },
  },
  {
    is: 'a bundle that has not come everywhere, and new certificates already',
    of: { bundle: both, leafs: leafs(young), nodes: [node('w1', [OLD, NEW]), node('w2', [OLD])] },
    ...{ step: 'bundle', safe: false, next: /^wait until the kubelet has brought the bundle there/ },
    problems: [/^nodes: they do not trust the CA of certificates in use: w2$/],
  },
  {
    is: 'a node that says nothing',
    of: { bundle: both, nodes: [node('w1', [OLD, NEW]), node('w2', [], { silence: 'its agent does not run' })] },
    ...{ step: 'bundle', safe: false, next: /^wait until all nodes answer/ },
    notes: [/^nodes: they do not say which CAs they trust: w2 \(its agent does not run\)$/],
  },
];

describe('a change of CA, the bundle', () => {
  it.each(cases)('$is', check);
});
