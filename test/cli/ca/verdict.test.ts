import { authority, both, bundle, type Case, check, issuer, leaf, leafs, NEW, old, young } from './example';

const cases: Case[] = [
  { is: 'no certificates at all', of: { leafs: [] }, step: 'none', safe: true, next: /^nothing: no certificates/ },
  { is: 'no bundle', of: {}, step: 'none', safe: true, next: /^give the stack a bundle first/, advice: 'give' },
  {
    is: 'no bundle, and two CAs in use',
    of: { leafs: [leaf('peer', young), leaf('server', old)] },
    ...{ step: 'none', safe: false, next: /^give the stack/, advice: 'give' },
    problems: [/^certificates: more than one CA signed them/],
  },
  {
    is: 'no bundle, and an issuer that will sign with another CA',
    of: { issuer: issuer(young) },
    ...{ step: 'none', safe: false, next: /^give the stack/, advice: 'give' },
    problems: [/^Issuer mirror: another CA than its own signed .*: the next renewal parts the mirrors$/],
  },
  {
    is: 'no bundle, and a ca.crt that is not of the CA',
    of: { leafs: [leaf('peer', old), leaf('node')] },
    ...{ step: 'none', safe: false, next: /^give the stack/, advice: 'give' },
    problems: [/the ca.crt beside it is not the CA that signed node \(Secret mirror-node\)$/],
  },
  {
    is: 'a Secret without a certificate',
    of: {
      bundle: both,
      issuer: issuer(young),
      leafs: [leaf('peer', young), { ...leaf('node'), fingerprint: undefined }],
    },
    ...{ step: 'drop', safe: false, next: /take CN=OLD/, notes: [/10 minutes/] },
    problems: [/^Secret mirror-node: no certificate in it$/],
  },
  {
    is: 'a CA that ends soon',
    of: { authorities: [authority('OLD', -300, 29.5), NEW], bundle: bundle(old) },
    ...{ step: 'steady', safe: true, next: /^nothing/, advice: 'add' },
    notes: [/^CA CN=OLD \(.*\): expires in 29 days, on 2026-03-01$/],
  },
  {
    is: 'a CA in use that is over',
    of: { authorities: [authority('OLD', -300, -1), NEW], bundle: bundle(old) },
    ...{ step: 'steady', safe: false, next: /^nothing/, advice: 'add' },
    problems: [/^CA CN=OLD \(.*\): expired on 2026-01-30: the other side refuses connections with its certificates$/],
  },
  {
    is: 'a CA that is over and that nothing needs',
    of: { authorities: [authority('OLD', -300, -1), NEW], bundle: both, issuer: issuer(young), leafs: leafs(young) },
    ...{ step: 'drop', safe: true, next: /take CN=OLD/, advice: 'drop' },
    notes: [/10 minutes/, /^CA CN=OLD .*: expired on 2026-01-30; nothing in use needs it$/],
  },
];

describe('a change of CA', () => {
  it.each(cases)('$is', check);
});
