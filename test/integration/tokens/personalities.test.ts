import { isByProvider } from '../../../src/tokens/model/registries';
import type { Outcome } from './harness/command-session';
import { DECLARED, NAMES, NIGHTLY, RELEASE } from './harness/declared';
import { PERSONALITIES } from './harness/personalities';
import type { PlayedRegistry } from './harness/played-registry';
import { Stage } from './harness/stage';

type Run = Outcome & { readonly registry: PlayedRegistry };

/** What cannot be proved at a token's own repository, and at a foreign one, where that is anything. */
const UNPROVABLE: { readonly [name: string]: { readonly own: string[]; readonly foreign: string[] } } = {
  GHCR: { own: ['delete'], foreign: [] },
  Gitea: { own: ['delete'], foreign: ['delete'] },
  ECR: { own: ['delete'], foreign: ['delete'] },
  'Artifact Registry': { own: ['delete'], foreign: ['delete'] },
  'Artifact Registry (generic)': { own: ['delete'], foreign: ['delete'] },
  'a registry that hides by 404': { own: ['delete'], foreign: ['delete'] },
  Nexus: { own: ['delete'], foreign: ['delete'] },
  'several challenges': { own: ['delete'], foreign: [] },
};

/** Where one token alone does not show whether it may push to a foreign repository, as nobody else shows that it is there. */
const UNPROVED_ALONE = ['Quay', 'GitLab', 'a registry that hides by 404'];

const PULL = 'nightly-ingress-controller pull';
const PUSH = 'nightly-ingress-controller push';
const stage = new Stage();

afterAll(() => stage.stop());

/** What the command says, which holds no token. */
function said({ stdout, stderr }: Outcome) {
  expect(stderr).toBe('');
  expect(stdout).not.toMatch(/dckr_oat_|eyJ[\w-]{10}|opaque\w|planted/);
  return JSON.parse(stdout);
}

describe.each(PERSONALITIES)('$name', (personality) => {
  const provided = isByProvider(personality.driver);
  const names = NAMES.filter((name) => !provided || name.endsWith('push'));
  const { own, foreign } = UNPROVABLE[personality.name] ?? { own: [], foreign: [] };

  describe('with tokens as declared', () => {
    let run: Run;

    beforeAll(async () => {
      run = await stage.verify(personality, {}, ['--today', '2025-06-01']);
    });

    it.each(names.flatMap((name) => [RELEASE, NIGHTLY].map((repository) => ({ name, repository }))))(
      'proves what $name may do at $repository',
      ({ name, repository }) => {
        const token = name.replace(/-(pull|push)$/, ' $1');
        const isOwn = DECLARED[name].repository === repository;
        const wanted = isOwn ? [...DECLARED[name].actions] : [];
        const notProvable = isOwn ? own : foreign;
        const granted = wanted.filter((action) => !notProvable.includes(action));
        expect(said(run).checks).toContainEqual(
          expect.objectContaining({ token, repository, wanted, granted, notProvable, verdict: 'ok' }),
        );
      },
    );

    it('says that all is as declared, and writes down no other token than these', () => {
      const { ok, problems, couldNotBeAsked, lastVerified } = said(run);
      expect({ code: run.code, ok, problems, couldNotBeAsked }).toEqual({
        code: 0,
        ok: true,
        problems: [],
        couldNotBeAsked: [],
      });
      expect(lastVerified.tokens).toHaveLength(names.length);
    });

    it('says that a shared account without a right lives, and the token before', () => {
      const { notes } = said(run);
      expect(notes).toContain('shared account team: still works; its last day is 2025-06-15');
      expect(notes.join()).not.toMatch(/is dead|revoked already/);
    });

    it('leaves no upload and no repository behind', () => {
      expect(run.registry.uploads).toEqual(new Set());
      expect(run.registry.shelf.repositories).toEqual(new Set([RELEASE, NIGHTLY]));
    });
  });

  describe('with tokens that are not as declared', () => {
    let run: Run;

    beforeAll(async () => {
      run = await stage.verify(
        personality,
        {
          'kubernetes-ingress-controller-push': { active: false },
          'nightly-ingress-controller-pull': { rights: { [NIGHTLY]: ['pull', 'push'], [RELEASE]: ['pull'] } },
          'nightly-ingress-controller-push': { rights: { [NIGHTLY]: ['pull'], [RELEASE]: ['pull'] } },
          'nightly-old': { active: false },
          team: { active: false },
        },
        ['--today', '2025-06-16'],
      );
    });

    it('says of dead ones that they are dead, and of no other', () => {
      const { problems, notes } = said(run);
      expect(problems.filter((text: string) => /is refused|alive/.test(text))).toEqual([
        expect.stringMatching(
          /^kubernetes-ingress-controller push: is refused as user ".+": it was deactivated, deleted/,
        ),
      ]);
      expect(notes).toContain('shared account team: is dead: the registry refuses it');
      if (!provided)
        expect(notes).toContain(`${PULL} (previous): is refused: it is revoked already; take "previousSecret" out`);
      expect(problems.join()).not.toContain('scopes name other repositories');
    });

    it('finds rights too many, and one at a foreign repository', () => {
      const narrow = 'but stack.yaml does not declare it; narrow its scopes at the registry';
      expect(said(run).problems).toEqual(
        expect.arrayContaining([
          `${PUSH}: may pull from ${RELEASE}, ${narrow}`,
          ...(provided
            ? []
            : [`${PULL}: may push to ${NIGHTLY}, ${narrow}`, `${PULL}: may pull from ${RELEASE}, ${narrow}`]),
        ]),
      );
    });

    it('finds a right too few', () => {
      expect(said(run).problems).toContainEqual(
        expect.stringMatching(
          new RegExp(`^${PUSH}: may not push to (and delete in )?${NIGHTLY}, but stack.yaml declares it; widen`),
        ),
      );
    });

    it('finds nothing else', () => {
      const { problems, couldNotBeAsked } = said(run);
      expect({ code: run.code, couldNotBeAsked }).toEqual({ code: 1, couldNotBeAsked: [] });
      expect(problems).toHaveLength(provided ? 3 : 5);
    });
  });
});

describe.each(PERSONALITIES.filter(({ driver }) => !isByProvider(driver)))('$name', (personality) => {
  const args = ['--today', '2025-06-01', '--purpose', PULL];
  const team = { rights: { [NIGHTLY]: ['pull'] } };
  const unnoticed = `${PULL}: is refused at ${NIGHTLY}, where "shared account team" still pulls: pods pull with the old account unnoticed`;

  it('shows that the shared account pulls where the token may not', async () => {
    const changes = { 'nightly-ingress-controller-pull': { rights: {} }, team };
    const { code, ...run } = await stage.verify(personality, changes, args);
    const { problems, lastVerified } = said({ code, ...run });
    expect({ code, lastVerified }).toEqual({ code: 1, lastVerified: undefined });
    expect(problems).toContain(unnoticed);
  });

  it('takes from a docker configuration no token for another', async () => {
    const alive = await stage.verify(personality, {}, args, [RELEASE, NIGHTLY], 'docker configuration');
    const { notes, lastVerified } = said(alive);
    const tokens = UNPROVED_ALONE.includes(personality.name) ? undefined : [PULL];
    expect({ code: alive.code, tokens: lastVerified?.tokens }).toEqual({ code: 0, tokens });
    expect(notes).toContain('shared account team: still works; its last day is 2025-06-15');
    expect(notes).toContain(`${PULL} (previous): not asked: it was not handed in`);
    const dead = { 'nightly-ingress-controller-pull': { active: false }, team };
    const run = await stage.verify(personality, dead, args, [RELEASE, NIGHTLY], 'docker configuration');
    expect(said(run).problems).toEqual(
      expect.arrayContaining([expect.stringContaining('is refused as user'), unnoticed]),
    );
    expect(said(run).notes.join()).not.toMatch(/is dead|revoked already/);
  });
});

describe('a registry that makes what is asked for', () => {
  const makers = PERSONALITIES.filter(({ driver }) => driver === 'quay' || driver === 'gitlab');
  const undeclared = makers.map((one) => ({
    ...one,
    name: `${one.name} without its driver`,
    driver: 'generic' as const,
  }));

  it.each([...makers, ...undeclared])('makes nothing ($name)', async (personality) => {
    const { registry, ...run } = await stage.verify(personality, {}, ['--push-probe'], [NIGHTLY]);
    expect(registry.shelf.repositories).toEqual(new Set([NIGHTLY]));
    expect(registry.asked.filter((scope) => scope.includes(RELEASE) && !scope.endsWith(':pull'))).toEqual([]);
    const { checks, notes, lastVerified } = said(run);
    expect(lastVerified).toBeUndefined();
    const token = 'kubernetes-ingress-controller push';
    const notProvable = ['push', 'delete'];
    expect(checks).toContainEqual(
      expect.objectContaining({ token, repository: RELEASE, granted: ['pull'], notProvable, verdict: 'ok' }),
    );
    for (const one of [token, PULL, PUSH]) {
      expect(notes).toContain(
        `${one}: whether it may push to and delete in ${RELEASE} is not provable: it was not asked, as asking would make the repository`,
      );
    }
  });

  it('is asked for no right that it does not know', async () => {
    const [quay] = makers;
    if (quay === undefined) throw new Error('Quay is not played');
    const writing = { 'nightly-ingress-controller-push': { rights: { [NIGHTLY]: ['pull', 'push'] } } };
    const { registry, ...run } = await stage.verify(quay, writing, []);
    expect(registry.asked.join()).not.toContain('delete');
    expect(said(run).notes).toContain(
      `${PUSH}: whether it may delete in ${NIGHTLY} is not provable: the registry has no such right of its own`,
    );
  });
});
