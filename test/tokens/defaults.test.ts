import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveTokens } from '../../src/tokens/resolve';

const FOLDERS = ['src/tokens', 'src/cli/tokens', 'src/pulumi'].map((folder) => join(__dirname, '../..', folder));

/** Code that fills in a default of a token: a key, or a name in a pattern, and its value. */
const DEFAULTS = [
  /\brotateEveryDays\s*(=|\?\?)\s*\S/,
  /\bstoreKind\s*(=|\?\?)\s*'/,
  /\bproperty\s*(=|\?\?)\s*'/,
  /\b(refreshInterval|interval)\s*(=|\?\?)\s*'/,
  /\b(apply|inject|mirror|mayDelete|policies)\s*(=|\?\?)\s*(true|false)\b/,
  /(?<!let )\b(others|replacedAtOnce)\s*(=|\?\?)\s*(\d|Number)/,
  /\b(workflows|developers|holders|serviceAccounts)\s*(=|\?\?)\s*\[\]/,
  /['"](15m|SecretStore)['"](?! \|)/,
];

/** Lines of code with a default, as `file: line`; comments are no code. */
function defaultsIn(file: string, text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !/^\s*(\*|\/[/*])/.test(line) && DEFAULTS.some((pattern) => pattern.test(line)))
    .map((line) => `${file}: ${line.trim()}`);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}

describe('the defaults of tokens', () => {
  it('are these', () => {
    const externalSecret = { store: 'vault', key: 'app' };
    const bindTo = [{ namespace: 'a', serviceAccounts: ['b'] }];
    const common = { repositories: ['a/b'], owner: 'me' };
    const { namespace, policies, organizations } = resolveTokens({
      name: 'c',
      tokens: [
        {
          organization: 'a',
          pull: [{ ...common, purpose: 'a pull', bindTo, externalSecret }],
          push: [{ ...common, purpose: 'a push' }],
          sharedAccount: { user: 'u', secret: 's', retireBy: '2025-06-15' },
        },
      ],
    });
    expect({ namespace, policies }).toEqual({ namespace: 'secured-mirror', policies: true });
    const [{ pull, push, sharedAccount, ...organization } = { pull: [], push: [] }] = organizations;
    expect(organization).toEqual({
      organization: 'a',
      registry: 'docker.io',
      driver: 'docker-hub',
      quota: { others: 0, replacedAtOnce: Number.POSITIVE_INFINITY },
    });
    const usedBy = { workflows: [], developers: [] };
    expect(pull[0]).toMatchObject({
      ...{ user: 'a', secret: 'a-pull', actions: ['pull'], rotateEveryDays: 90, holders: [], usedBy, mirror: false },
      bindTo: [{ ...bindTo[0], apply: true, inject: false }],
      externalSecret: { ...externalSecret, storeKind: 'SecretStore', property: 'token', refreshInterval: '15m' },
    });
    expect(push[0]).toMatchObject({ secret: 'a-push', actions: ['pull', 'push'], namespaces: [], rotateEveryDays: 90 });
    expect(sharedAccount).toMatchObject({
      ...{ lastDay: '2025-06-15', elsewhere: [] },
      usedBy: { ...usedBy, serviceAccounts: [] },
    });
  });

  it('stand in one file', () => {
    const found = FOLDERS.flatMap(filesIn).flatMap((file) => defaultsIn(file, readFileSync(file, 'utf8')));
    expect(found.filter((line) => !/src[/]tokens[/]resolve[.]ts: /.test(line))).toEqual([]);
    expect(found.length).toBeGreaterThan(5);
  });

  it.each(['const { apply = true } = binding;', "refresh(props.refreshInterval ?? '15m');", 'holders ?? []'])(
    'would be found elsewhere: %s',
    (line) => expect(defaultsIn('a.ts', line)).toHaveLength(1),
  );
});
