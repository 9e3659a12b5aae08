import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { planOf } from '../../src/cli/tokens/plan/plan';
import { planText } from '../../src/cli/tokens/plan/text';
import { counted } from '../../src/settings/counted';
import { resolveTokens } from '../../src/tokens/resolve';

const SOURCES = resolve(__dirname, '../../src');

describe('a number of something', () => {
  it.each([
    [0, '0 tokens'],
    [1, '1 token'],
    [2, '2 tokens'],
  ])('%i', (number, text) => {
    expect(counted(number, 'token')).toBe(text);
  });

  it('is one token of a plan', () => {
    const pull = [{ purpose: 'x pull', repositories: ['kong/x'], owner: 'team', bindTo: [] }];
    const tokens = [{ organization: 'kong', quota: { plan: 'team', replacedAtOnce: 1 } as const, pull }];
    const [, quota] = planText(planOf({ cluster: resolveTokens({ name: 'c', tokens }), today: '2025-06-01' }));
    expect(quota).toBe('kong at docker.io: 1 token now, 2 while 1 is replaced, of 10: room for 8 more');
  });

  it('is written with it everywhere', () => {
    const plural =
      /\$\{[^{}]*\} (tokens(?! verify)|days|hours|objects|clusters|nodes|pods|namespaces|[Ss]ecrets|workloads|ServiceAccounts|keys|files|others)\b/;
    const found = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        readFileSync(join(SOURCES, file), 'utf8')
          .split('\n')
          .filter((line) => plural.test(line)),
      );
    expect(found).toEqual([]);
  });
});
