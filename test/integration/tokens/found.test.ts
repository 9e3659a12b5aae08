import { freePort } from '../harness/free-ports';
import { NIGHTLY, ORGANIZATION, RELEASE, TAG } from './harness/declared';
import { newToken } from './harness/token-service';
import { World } from './harness/world';

const PULL = 'nightly-ingress-controller-pull';
const PUSH = 'nightly-ingress-controller-push';
const PURPOSE = 'nightly-ingress-controller pull';

let world: World;

beforeAll(async () => {
  world = await World.start();
});

afterEach(() => world.reset());

afterAll(() => world.stop());

/** What is said of one token. */
async function problems(
  ...args: string[]
): Promise<{ code: number | null; problems: string[]; couldNotBeAsked: string[] }> {
  const { code, stdout, stderr } = await world.verify('--json', '--purpose', PURPOSE, ...args);
  expect(stderr).toBe('');
  return { code, ...JSON.parse(stdout) };
}

describe('a right too much or too little', () => {
  it('is found: a pull token that can push', async () => {
    world.change(PULL, { rights: { [NIGHTLY]: ['pull', 'push'] } });
    expect(await problems()).toMatchObject({
      code: 1,
      problems: [
        `${PURPOSE}: may push to ${NIGHTLY}, but stack.yaml does not declare it; narrow its scopes at the registry`,
      ],
    });
  });

  it('is found: a nightly token that reaches release', async () => {
    world.change(PULL, { rights: { [NIGHTLY]: ['pull'], [RELEASE]: ['pull'] } });
    expect(await problems()).toMatchObject({
      code: 1,
      problems: [
        `${PURPOSE}: may pull from ${RELEASE}, but stack.yaml does not declare it; narrow its scopes at the registry`,
      ],
    });
  });

  it('is found: a push token that can only pull', async () => {
    world.change(PUSH, { rights: { [NIGHTLY]: ['pull'] } });
    const { code, stdout } = await world.verify();
    expect(code).toBe(1);
    expect(stdout).toContain(
      `problem  nightly-ingress-controller push: may not push to and delete in ${NIGHTLY}, but stack.yaml declares it`,
    );
    expect(stdout).toMatch(
      /^nightly-ingress-controller push +kong\/nightly-\S+ +pull, push, delete +pull +missing push, missing delete$/m,
    );
    expect(stdout).not.toContain('lastVerified');
  });

  it('is none where everybody may pull', async () => {
    world.service.everybody = { [RELEASE]: ['pull'] };
    const { code, stdout } = await world.verify();
    expect(code).toBe(0);
    expect(stdout).toContain(`note     ${PURPOSE}: ${RELEASE} is public: everybody may pull from it`);
    expect(stdout).not.toContain('note     kubernetes-ingress-controller');
  });
});

describe('a token that is refused', () => {
  it('is found: expired', async () => {
    world.change(PULL, { active: false });
    const stack = world.stack({ pull: { [PULL]: { expires: '2026-01-01' } } });
    expect(await problems('-f', stack, '--today', '2026-01-02')).toMatchObject({
      code: 1,
      problems: [`${PURPOSE}: is refused as user "${ORGANIZATION}": it expired on 2026-01-01`],
    });
  });

  it('is found: expired by stack.yaml, and still accepted', async () => {
    const stack = world.stack({ pull: { [PULL]: { expires: '2026-01-01' } } });
    expect(await problems('-f', stack, '--today', '2026-01-01')).toMatchObject({ code: 0, problems: [] });
    expect(await problems('-f', stack, '--today', '2026-01-02')).toMatchObject({
      code: 1,
      problems: [expect.stringContaining('has expired on 2026-01-01 by stack.yaml')],
    });
  });

  it('is found: deactivated', async () => {
    world.change(PULL, { active: false });
    expect(await problems()).toMatchObject({
      code: 1,
      problems: [expect.stringMatching(/is refused as user "kong": it was deactivated, deleted or has expired/)],
    });
  });

  it("is found: another organisation's", async () => {
    world.change(PULL, { user: 'konghq' });
    expect(await problems()).toMatchObject({
      code: 1,
      problems: [expect.stringMatching(/is refused as user "kong".*another organisation's than kong$/)],
    });
  });

  it("is found: another organisation's, by its user in a docker configuration", async () => {
    world.change(PULL, { user: 'konghq' });
    const auth = Buffer.from(`konghq:${world.tokens[PULL]}`).toString('base64');
    const folder = world.tokenFolder({
      'config.json': JSON.stringify({ auths: { [`${world.host}/${NIGHTLY}`]: { auth } } }),
    });
    const run = await world.run([
      '-f',
      world.stack(),
      '--docker-config',
      `${folder}/config.json`,
      '--purpose',
      PURPOSE,
    ]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain(`problem  ${PURPOSE}: has another user name than "kong", which stack.yaml declares`);
  });

  it('is found: while the token before it still pulls', async () => {
    const previous = newToken();
    world.change(PULL, { active: false });
    world.service.accounts.push({ ...world.declared(PULL), token: previous });
    const stack = world.stack({ pull: { [PULL]: { previousSecret: 'nightly-old' } } });
    const folder = world.tokenFolder({ 'nightly-old': previous });
    expect(await problems('-f', stack, '--from-dir', folder)).toMatchObject({
      code: 1,
      problems: [
        expect.stringContaining('is refused as user'),
        `${PURPOSE}: is refused at ${NIGHTLY}, where "${PURPOSE} (previous)" still pulls: pods pull with the old account unnoticed`,
      ],
    });
  });

  it('is found: while the shared account still pulls, which is alive after its day', async () => {
    const token = newToken();
    world.change(PULL, { active: false });
    world.service.accounts.push({ user: 'shared', token, rights: { [NIGHTLY]: ['pull', 'push'] } });
    const stack = world.stack({
      organization: { sharedAccount: { user: 'shared', secret: 'team', retireBy: '2025-06-15' } },
    });
    const folder = world.tokenFolder({ team: token });
    expect((await problems('-f', stack, '--from-dir', folder, '--today', '2025-06-16')).problems).toEqual([
      expect.stringContaining('is refused as user'),
      expect.stringContaining('shared account shared: is still alive: its last day was 2025-06-15'),
      expect.stringContaining('where "shared account shared" still pulls: pods pull with the old account unnoticed'),
    ]);
  });

  it('is no fallback while both work', async () => {
    const previous = newToken();
    world.service.accounts.push({ ...world.declared(PULL), token: previous });
    const stack = world.stack({ pull: { [PULL]: { previousSecret: 'nightly-old' } } });
    const run = await world.verify(
      '-f',
      stack,
      '--from-dir',
      world.tokenFolder({ 'nightly-old': previous }),
      '--purpose',
      PURPOSE,
    );
    expect(run.code).toBe(0);
    expect(run.stdout).toMatch(/^nightly-ingress-controller pull \(previous\) +kong\/nightly-\S+ +pull +pull +ok$/m);
  });
});

describe('a token service', () => {
  it('is found out: 200 with nothing granted', async () => {
    world.service.spoil = () => 'nothing';
    expect(await problems()).toMatchObject({
      code: 1,
      problems: [
        expect.stringContaining(`is granted nothing at ${NIGHTLY}, but stack.yaml declares that it may pull from it`),
      ],
    });
  });

  it.each([
    ['truncated', 'the token is cut short'],
    ['unsigned', 'the token is not signed'],
    ['foreign', 'the token is for another service'],
    ['outdated', 'the token has already expired: are both clocks right?'],
    ['no token', 'the answer holds no token'],
  ] as const)('is found out: a token that is %s', async (fault, reason) => {
    world.service.spoil = () => fault;
    expect(await problems()).toMatchObject({
      code: 1,
      problems: [`${PURPOSE}: the token service answers with a token that no registry may take: ${reason}`],
    });
  });

  it('is waited for: 429 with a short Retry-After', async () => {
    let answers = 0;
    world.service.spoil = () => {
      answers += 1;
      return answers > 2 ? undefined : { status: 429, headers: { 'retry-after': '1' } };
    };
    expect(await problems()).toMatchObject({ code: 0, problems: [], couldNotBeAsked: [] });
    expect(answers).toBeGreaterThan(2);
  });

  it.each([
    [
      '429 with a long Retry-After',
      { status: 429, headers: { 'retry-after': '3600' } },
      /asked too often \(429\): ask again in 3600 s/,
    ],
    ['503', { status: 503 }, /is in trouble: it answers 503/],
    [
      'a redirect elsewhere',
      { status: 302, headers: { location: 'https://elsewhere.example/' } },
      /redirects to another host/,
    ],
  ])('could not be asked: %s', async (_, fault, reason) => {
    world.service.spoil = () => fault;
    const { code, couldNotBeAsked, problems: wrong } = await problems();
    expect({ code, wrong }).toEqual({ code: 2, wrong: [] });
    expect(couldNotBeAsked[0]).toMatch(reason);
  });

  it('could not be asked about some, and is found out about others: 1 wins', async () => {
    world.change(PUSH, { rights: { [NIGHTLY]: ['pull'] } });
    world.service.spoil = ({ token }) => (token === world.tokens[PULL] ? { status: 500 } : undefined);
    const { code, stdout } = await world.verify('--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout).couldNotBeAsked).not.toEqual([]);
  });
});

describe('a registry', () => {
  it('could not be asked: nobody is there', async () => {
    const host = `localhost:${await freePort()}`;
    const { code, couldNotBeAsked } = await problems('-f', world.stack({ host }));
    expect(code).toBe(2);
    expect(couldNotBeAsked[0]).toMatch(/localhost:\d+ cannot be reached \(ECONNREFUSED\)$/);
  });

  it('takes nothing but what its service grants: a tag is read with each token', async () => {
    const { stdout } = await world.verify('--json');
    expect(JSON.parse(stdout).notes).toEqual([]);
    expect(await world.asAdministrator().tags(NIGHTLY)).toEqual([TAG]);
    const alone = [RELEASE, NIGHTLY].flatMap((name) =>
      ['pull', 'push', 'delete'].map((it) => `repository:${name}:${it}`),
    );
    const asked = world.service.asked.filter((scope) => !scope.includes(','));
    expect(new Set(asked)).toEqual(new Set(['', ...alone]));
  });
});

describe('no token', () => {
  it('is in anything that was said, or in an argument or the environment', () => {
    const said = world.said.join('\n');
    expect(said).toContain('tokens\0verify');
    expect(world.said.length).toBeGreaterThan(50);
    expect(said).not.toMatch(/dckr_oat_|eyJ[\w-]{10}/);
    for (const token of Object.values(world.tokens)) {
      expect(said).not.toContain(Buffer.from(`${ORGANIZATION}:${token}`).toString('base64'));
    }
  });
});
