import { DECLARED, NAMES, type Name, NIGHTLY, RELEASE, TAG } from './harness/declared';
import { World } from './harness/world';

let world: World;

beforeAll(async () => {
  world = await World.start();
});

afterAll(() => world.stop());

const ACTIONS = ['pull', 'push', 'delete'] as const;
const matrix = NAMES.flatMap((name) => [RELEASE, NIGHTLY].map((repository) => ({ name, repository })));

function wanted(name: Name, repository: string): string[] {
  return DECLARED[name].repository === repository ? [...DECLARED[name].actions] : [];
}

describe('four tokens at two repositories', () => {
  it('are as declared, as verify sees it', async () => {
    const { code, stdout, stderr } = await world.verify('--json', '--today', '2026-01-02');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { ok, problems, checks, lastVerified } = JSON.parse(stdout);
    expect({ ok, problems }).toEqual({ ok: true, problems: [] });
    expect(lastVerified).toEqual({
      day: '2026-01-02',
      tokens: NAMES.map((name) => name.replace(/-(pull|push)$/, ' $1')).sort(pullsFirst),
    });
    expect(checks).toHaveLength(matrix.length);
    for (const { name, repository } of matrix) {
      const token = name.replace(/-(pull|push)$/, ' $1');
      const actions = wanted(name, repository);
      expect(checks).toContainEqual(
        expect.objectContaining({ token, repository, wanted: actions, granted: actions, verdict: 'ok' }),
      );
    }
  });

  it.each(matrix)('are as declared, as skopeo sees it: $name at $repository', async ({ name, repository }) => {
    const somebody = world.as(world.declared(name));
    const did: string[] = [];
    if (await somebody.pull(repository, TAG)) did.push('pull');
    if (await somebody.push(repository, `${name}-1`)) did.push('push');
    if (await somebody.delete(repository, TAG)) {
      did.push('delete');
      await world.asAdministrator().push(repository, TAG);
    }
    expect(did).toEqual(ACTIONS.filter((action) => wanted(name, repository).includes(action)));
  });
});

function pullsFirst(a: string, b: string): number {
  return Number(b.endsWith('pull')) - Number(a.endsWith('pull')) || a.localeCompare(b);
}
