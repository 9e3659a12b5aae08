import { NIGHTLY, RELEASE, TAG } from './harness/declared';
import { Front } from './harness/front';
import { World } from './harness/world';

const PULL = 'nightly-ingress-controller-pull';
const PURPOSE = 'nightly-ingress-controller pull';

let world: World;

beforeAll(async () => {
  world = await World.start();
});

afterEach(() => world.reset());

afterAll(() => world.stop());

describe.each(['opaque', 'basic'] as const)('a registry whose tokens say nothing (%s)', (way) => {
  let front: Front;

  beforeAll(async () => {
    front = await Front.start(world, way);
  });

  afterAll(() => front.stop());

  it('has each right tried, but for deleting, and no upload is left', async () => {
    const { code, stdout } = await world.verify('-f', world.stack({ host: front.host }), '--json');
    expect(code).toBe(0);
    const { checks, notes, problems } = JSON.parse(stdout);
    expect(problems).toEqual([]);
    expect(checks.map(({ granted }: { granted: string[] }) => granted.join())).toEqual([
      ...['pull', '', 'pull', ''],
      ...['pull,push', '', 'pull,push', ''],
    ]);
    expect(notes).toContain(
      `${PURPOSE}: whether it may delete in ${NIGHTLY} is not provable: the registry's tokens do not say`,
    );
    expect(front.uploads).toEqual(new Set());
    expect(await world.asAdministrator().tags(NIGHTLY)).toEqual([TAG]);
  });

  it('is found out: a pull token that can push, and reaches release', async () => {
    world.change(PULL, { rights: { [NIGHTLY]: ['pull', 'push'], [RELEASE]: ['pull'] } });
    const run = await world.verify('-f', world.stack({ host: front.host }), '--json', '--purpose', PURPOSE);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout).problems).toEqual([
      `${PURPOSE}: may push to ${NIGHTLY}, but stack.yaml does not declare it; narrow its scopes at the registry`,
      `${PURPOSE}: may pull from ${RELEASE}, but stack.yaml does not declare it; narrow its scopes at the registry`,
    ]);
    expect(front.uploads).toEqual(new Set());
  });

  it('is found out: deactivated', async () => {
    world.change(PULL, { active: false });
    const run = await world.verify('-f', world.stack({ host: front.host }), '--purpose', PURPOSE);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain(`problem  ${PURPOSE}: is refused as user "kong"`);
  });

  it('has deleting proved by a probe', async () => {
    const run = await world.verify('-f', world.stack({ host: front.host }), '--push-probe');
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(
      /^nightly-ingress-controller push +kong\/nightly-\S+ +pull, push, delete +pull, push, delete +ok$/m,
    );
    expect(await world.asAdministrator().tags(NIGHTLY)).toEqual([TAG]);
  });
});

describe('a registry that asks nobody for a credential', () => {
  it('is found out', async () => {
    const front = await Front.start(world, 'open');
    const run = await world.verify('-f', world.stack({ host: front.host }), '--purpose', PURPOSE);
    front.stop();
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(
      /^problem {2}.*answers without asking for a credential: nobody can prove there what a token may do$/m,
    );
  });
});

describe('no token', () => {
  it('is in anything that was said', () => {
    expect(world.said.join('\n')).not.toMatch(/dckr_oat_|eyJ[\w-]{10}|opaque\d|planted/);
  });
});
