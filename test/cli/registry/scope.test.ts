import * as fc from 'fast-check';
import { ALL, compare, given, type Rights, rightsIn, scopeOf } from '../../../src/cli/registry/scope';

const action = fc.constantFrom(...ALL);
const actions = fc.uniqueArray(action);
const right = fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const);
const rights: fc.Arbitrary<Rights> = fc.record({ pull: right, push: right, delete: right });

describe('rights', () => {
  it('expected that and known are surplus, missing, not provable or as wanted, and never two of these', () => {
    fc.assert(
      fc.property(actions, rights, (wanted, known) => {
        const { surplus, missing, notProvable } = compare(wanted, known);
        for (const action of ALL) {
          const found = [surplus, missing, notProvable].filter((list) => list.includes(action)).length;
          const asWanted = known[action] === (wanted.includes(action) ? 'yes' : 'no');
          expect(found).toBe(asWanted ? 0 : 1);
          expect(surplus.includes(action)).toBe(known[action] === 'yes' && !wanted.includes(action));
          expect(notProvable.includes(action)).toBe(known[action] === 'unknown');
        }
      }),
    );
  });

  it('are those of the repository alone, from all items together', () => {
    fc.assert(
      fc.property(actions, actions, actions, (some, more, others) => {
        const access = [
          { type: 'repository', name: 'kong/a', actions: some },
          { type: 'repository(plugin)', name: 'kong/a', actions: more },
          { type: 'repository', name: 'kong/a/b', actions: others },
          { type: 'registry', name: 'kong/a', actions: others },
        ];
        expect(given(rightsIn(access, 'kong/a'))).toEqual(ALL.filter((it) => some.includes(it) || more.includes(it)));
      }),
    );
  });

  it('are all with *', () => {
    expect(given(rightsIn([{ type: 'repository', name: 'a', actions: ['*'] }], 'a'))).toEqual(ALL);
  });

  it('are asked for together', () => {
    expect(scopeOf('kong/a', ALL)).toBe('repository:kong/a:pull,push,delete');
  });
});
