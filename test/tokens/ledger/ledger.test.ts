import { App, Chart } from 'cdk8s';
import fc from 'fast-check';
import { LedgerConfigMap } from '../../../src/tokens/ledger/config-map';
import { ledgerFiles } from '../../../src/tokens/ledger/files';
import { buildLedger } from '../../../src/tokens/ledger/ledger';
import { markdownTable, plain } from '../../../src/tokens/ledger/markdown';
import { ledgerPage } from '../../../src/tokens/ledger/page';
import type { LedgerToken } from '../../../src/tokens/ledger/types';
import { resolveTokens } from '../../../src/tokens/resolve';
import { example } from './ledger-example';

const tokens = example.tokens?.[0];
const ledger = buildLedger(resolveTokens(example));

function entry(purpose: string): LedgerToken | undefined {
  return ledger.tokens.find((token) => token.purpose === purpose);
}

describe('the ledger', () => {
  it('says of a token what it may, where it is used and when another is due', () => {
    expect(entry('kubernetes-ingress-controller pull')).toEqual({
      purpose: 'kubernetes-ingress-controller pull',
      kind: 'pull',
      organization: 'kong',
      registry: 'docker.io',
      user: 'kong',
      repositories: ['kong/kubernetes-ingress-controller'],
      actions: ['pull'],
      owner: 'team-k8s',
      holders: [{ kind: 'Group', name: 'release-managers' }],
      secretRef: { name: 'kubernetes-ingress-controller-pull' },
      namespaces: ['ingress', 'secured-mirror'],
      usedBy: {
        serviceAccounts: [{ namespace: 'ingress', names: ['admission', 'controller'] }],
        mirror: true,
        workflows: [],
        developers: ['team-k8s'],
      },
      source: { kind: 'secret' },
      created: '2025-05-20',
      expires: '2025-11-16',
      nextRotation: '2025-08-18',
      rotateEveryDays: 90,
      lastVerified: '2025-06-10',
    });
  });

  it('tells the sources apart: a Secret, a store, a provider, outside of the cluster', () => {
    expect(entry('nightly-ingress-controller pull')?.source).toEqual({
      kind: 'store',
      storeKind: 'SecretStore',
      store: 'vault',
      path: 'registry/nightly-pull',
      property: 'token',
    });
    expect(entry('kubernetes-ingress-controller push')?.source).toEqual({ kind: 'outside' });
    expect(entry('nightly-ingress-controller push')?.source).toEqual({ kind: 'secret' });
    const pull = [{ purpose: 'a pull', repositories: ['a/b'], owner: 'me', bindTo: [], credentialProvider: 'ecr' }];
    const provided = buildLedger(resolveTokens({ name: 'c', tokens: [{ organization: 'a', pull }] })).tokens[0];
    expect(provided).toMatchObject({ source: { kind: 'credentialProvider', name: 'ecr' }, namespaces: [] });
    expect(provided).not.toHaveProperty('secret');
  });

  it('says that a shared account is retired once nothing uses it', () => {
    expect(ledger.sharedAccounts).toMatchObject([
      { user: 'kongbot', retired: false, usedBy: { workflows: ['Kong/old ci.yaml'] } },
    ]);
    const sharedAccount = { user: 'kongbot', secret: 'old', retireBy: '2025-06-15' };
    const retired = buildLedger(resolveTokens({ name: 'c', tokens: [{ organization: 'kong', sharedAccount }] }));
    expect(retired.sharedAccounts[0]?.retired).toBe(true);
    expect(ledgerPage(retired)).toContain('retired: nothing uses it');
  });

  it('lists the paths of a SecretStore for each namespace, and of a ClusterSecretStore once', () => {
    expect(ledger.stores).toEqual([
      { storeKind: 'SecretStore', store: 'vault', namespace: 'ingress', paths: ['registry/nightly-pull'] },
    ]);
    const token = (purpose: string, namespace: string) => ({
      purpose,
      repositories: ['a/b'],
      owner: 'me',
      bindTo: [{ namespace, serviceAccounts: ['default'] }],
      externalSecret: { store: 'vault', storeKind: 'ClusterSecretStore' as const, key: `path/${purpose}` },
    });
    const pull = [token('two pull', 'n2'), token('one pull', 'n1')];
    expect(buildLedger(resolveTokens({ name: 'c', tokens: [{ organization: 'a', pull }] })).stores).toEqual([
      { storeKind: 'ClusterSecretStore', store: 'vault', paths: ['path/one pull', 'path/two pull'] },
    ]);
  });

  it('lists what belongs into ServiceAccounts that others make, and no account that only has the shared Secret', () => {
    expect(ledger.accountsOfOthers).toEqual([]);
    expect(ledgerPage(ledger)).not.toContain('others make');
    const pods = { namespace: 'shop', serviceAccounts: ['a', 'b'] };
    const whose = { repositories: ['a/b'], owner: 'me' };
    const tokens = [
      {
        organization: 'a',
        pull: [
          { ...whose, purpose: 'new pull', previousSecret: 'old-pull', bindTo: [pods] },
          { ...whose, purpose: 'other pull', bindTo: [{ ...pods, namespace: 'builds', apply: true }] },
          { ...whose, purpose: 'provided pull', credentialProvider: 'ecr', bindTo: [{ ...pods, namespace: 'ecr' }] },
        ],
        sharedAccount: {
          user: 'team',
          secret: 'shared',
          retireBy: '2999-01-01',
          usedBy: { serviceAccounts: [{ namespace: 'shop', names: ['b', 'c'] }] },
        },
      },
    ];
    const left = buildLedger(resolveTokens({ name: 'c', serviceAccounts: { apply: false }, tokens }));
    expect(left.accountsOfOthers).toEqual([
      { namespace: 'shop', name: 'a', imagePullSecrets: ['new-pull', 'old-pull'] },
      { namespace: 'shop', name: 'b', imagePullSecrets: ['new-pull', 'old-pull', 'shared'] },
    ]);
    expect(ledgerPage(left)).toContain(`| ServiceAccount | imagePullSecrets |
| --- | --- |
| shop/a | new-pull, old-pull |
| shop/b | new-pull, old-pull, shared |
`);
  });

  it('does not depend on the order of names in the settings, nor on the day', () => {
    const pull = (tokens?.pull ?? []).map((token) => ({
      ...token,
      bindTo: token.bindTo.map((one) => ({ ...one, serviceAccounts: [...one.serviceAccounts].reverse() })),
    }));
    const other = { ...example, tokens: [{ ...tokens, organization: 'kong', pull }] };
    const before = JSON.stringify(ledgerFiles(resolveTokens(example)));
    jest.useFakeTimers({ now: new Date('2099-01-01') });
    try {
      expect(JSON.stringify(ledgerFiles(resolveTokens(other)))).toBe(before);
    } finally {
      jest.useRealTimers();
    }
  });

  it('is plain JSON, and a page', () => {
    const files = ledgerFiles(resolveTokens(example));
    expect(Object.keys(files)).toEqual(['production.md', 'production.json']);
    expect(JSON.parse(files['production.json'] ?? '')).toStrictEqual(ledger);
    expect(files['production.md']).toMatchSnapshot();
  });

  it('goes into a ConfigMap of the mirror', () => {
    const chart = new Chart(new App(), 'test');
    new LedgerConfigMap(chart, 'ledger', resolveTokens({ ...example, namespace: 'images' }));
    const [object] = Chart.of(chart).toJson();
    expect(object).toMatchObject({ kind: 'ConfigMap', metadata: { namespace: 'images', name: 'token-ledger' } });
    expect(JSON.parse(object.data['ledger.json']).cluster).toBe('production');
    expect(object.data['ledger.md']).toContain('# Tokens of the cluster production');
  });
});

describe('Markdown of texts', () => {
  it('keeps a cell a cell, and shows no markup of theirs', () => {
    expect(plain('a|b\n<img src=x>`c` *d* [e](f) _g_ h_i \u202e&amp;')).toBe(
      'a\\|b &lt;img src=x&gt;\\`c\\` \\*d\\* \\[e\\](f) \\_g\\_ h_i &amp;amp;',
    );
  });

  it('has for any texts as many rows and columns as there are', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('|', '\\', '\\|', 'a\nb', '<b>', '\r'));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), (rows) => {
        const lines = markdownTable(['x', 'y'], rows).join('\n').split('\n');
        expect(lines).toHaveLength(rows.length + 2);
        for (const line of lines) {
          // A '|' ends a cell unless an odd number of backslashes stands before it.
          const ends = [...line.matchAll(/(\\*)\|/g)].filter(([, before = '']) => before.length % 2 === 0);
          expect(ends).toHaveLength(3);
          expect(line).not.toMatch(/[<>]/);
        }
      }),
    );
  });
});
