import { sentenceWithFix } from '../../../../src/cli/shared/findings-text';
import type { CredentialFacts } from '../../../../src/cli/tokens/verify/facts';
import { verdictOf } from '../../../../src/cli/tokens/verify/verdict';
import { at, fine, judged, known, pusher, REFUSED, rights, shared, subject, TODAY, without } from './example';

/** Level and sentence of all findings. */
function findings(...credentials: CredentialFacts[]): string[] {
  return judged(...credentials).findings.map((finding) => `${finding.level} ${sentenceWithFix(finding)}`);
}

const pull = (own = fine, other = {}) => known(subject, own, other);
const previous = { ...subject, kind: 'previous', label: 'nightly pull (previous)' } as const;
const all = { rights: rights('pull', 'push', 'delete'), pull: 'pulled' } as const;
const narrow = 'narrow its scopes at the registry';
const widen = 'widen its scopes at the registry';

describe('a verdict', () => {
  it('is that all is as declared', () => {
    expect(judged(pull(), known(pusher, all))).toMatchObject({
      findings: [],
      code: 0,
      proved: ['nightly pull', 'nightly push'],
    });
  });

  it.each<[string, CredentialFacts, string[]]>([
    [
      'a pull token that can push',
      pull({ ...fine, rights: rights('pull', 'push') }),
      [`problem nightly pull: may push to kong/nightly, but stack.yaml does not declare it; ${narrow}`],
    ],
    [
      'a nightly token that reaches release',
      pull(fine, { rights: rights('pull', 'delete'), pull: 'pulled' }),
      [`problem nightly pull: may pull from and delete in kong/release, but stack.yaml does not declare it; ${narrow}`],
    ],
    [
      'a token that pulls what it is not granted',
      pull(fine, { rights: rights(), pull: 'empty' }),
      [`problem nightly pull: may pull from kong/release, but stack.yaml does not declare it; ${narrow}`],
    ],
    [
      'a public repository',
      pull(fine, { rights: rights('pull'), pull: 'pulled', isPublic: true }),
      ['note nightly pull: kong/release is public: everybody may pull from it'],
    ],
    [
      'a public repository that it may push to',
      pull(fine, { rights: rights('pull', 'push'), pull: 'pulled', isPublic: true }),
      [
        `problem nightly pull: may push to kong/release, but stack.yaml does not declare it; ${narrow}`,
        'note nightly pull: kong/release is public: everybody may pull from it',
      ],
    ],
    [
      'a push token that only pulls',
      known(pusher, { ...all, rights: rights('pull') }),
      [`problem nightly push: may not push to and delete in kong/nightly, but stack.yaml declares it; ${widen}`],
    ],
    [
      'nothing granted',
      pull({ rights: rights(), pull: 'refused' }),
      [
        "problem nightly pull: is granted nothing at kong/nightly, but stack.yaml declares that it may pull from it: its scopes name other repositories, or it is another organisation's than kong",
      ],
    ],
    [
      'a grant that the registry does not take',
      pull({ rights: rights('pull'), pull: 'refused' }),
      ['problem nightly pull: is granted to pull from kong/nightly, but the registry refuses it when it is done'],
    ],
    [
      'a grant to push that the registry does not take',
      known(pusher, { ...all, probe: { kind: 'refused' } }),
      ['problem nightly push: is granted to push to kong/nightly, but the registry refuses it when it is done'],
    ],
    [
      'a grant to delete that the registry does not take',
      known(pusher, { ...all, probe: { kind: 'left', tag: 't', may: 'no' } }),
      [
        'problem nightly push: is granted to delete in kong/nightly, but the registry refuses it when it is done',
        'note nightly push: pushed kong/nightly:t, which it may not delete; delete it at the registry',
      ],
    ],
    [
      'a repository without an image',
      pull({ rights: rights('pull'), pull: 'empty' }),
      ['note nightly pull: kong/nightly has no image that could be pulled'],
    ],
    [
      'a repository that is not there',
      pull({ rights: rights('pull'), pull: 'absent' }),
      ['note nightly pull: kong/nightly does not exist, or is hidden: nothing was pulled'],
    ],
    [
      'rights that cannot be proved',
      known(pusher, { rights: rights('pull', 'push', 'delete?'), pull: 'pulled', whyUnknown: 'opaque' }),
      ["note nightly push: whether it may delete in kong/nightly is not provable: the registry's tokens do not say"],
    ],
    [
      'a refused token',
      known(subject, REFUSED, REFUSED),
      [
        'problem nightly pull: is refused as user "kong": it was deactivated, deleted or has expired, or it is another organisation\'s than kong',
      ],
    ],
    [
      'an expired token',
      known({ ...subject, lastDay: '2026-01-01' }, REFUSED, REFUSED),
      ['problem nightly pull: is refused as user "kong": it expired on 2026-01-01'],
    ],
    [
      'a token that should have expired',
      known({ ...subject, lastDay: '2026-01-01' }, fine),
      ['problem nightly pull: has expired on 2026-01-01 by stack.yaml; replace it, or correct "expires"'],
    ],
    ['a token on its last day', known({ ...subject, lastDay: TODAY }, fine), []],
    [
      "another organisation's token",
      { ...pull(), user: 'planted' },
      [
        'problem nightly pull: has another user name than "kong", which stack.yaml declares: it is another organisation\'s',
      ],
    ],
    [
      'an unusable token, once',
      pull(
        without({ kind: 'unusable', reason: 'the token is not signed' }) as never,
        without({ kind: 'unusable', reason: 'the token is not signed' }),
      ),
      [
        'problem nightly pull: the token service answers with a token that no registry may take: the token is not signed',
      ],
    ],
    [
      'a registry without an auth scheme',
      known(subject, without({ kind: 'open' }), without({ kind: 'open' })),
      [
        'problem nightly pull: docker.io answers without asking for a credential: nobody can prove there what a token may do',
      ],
    ],
    [
      'a revoked previous token',
      known(previous, REFUSED, REFUSED),
      ['note nightly pull (previous): is refused: it is revoked already; take "previousSecret" out'],
    ],
    [
      'a previous token that can push',
      known(previous, { ...fine, rights: rights('pull', 'push') }),
      [`problem nightly pull (previous): may push to kong/nightly, but stack.yaml does not declare it; ${narrow}`],
    ],
    [
      'a shared account that is alive',
      known(shared, { ...all }),
      [
        'problem shared account team: is still alive: its last day was 2025-06-15; change its password or delete it at the registry',
      ],
    ],
    [
      'a shared account on its last day',
      known({ ...shared, lastDay: TODAY }, { ...all }),
      [`note shared account team: still works; its last day is ${TODAY}`],
    ],
    [
      'a shared account that logs in and has no right',
      known(shared, { rights: rights(), pull: 'refused' }),
      [
        'problem shared account team: is still alive: its last day was 2025-06-15; change its password or delete it at the registry',
      ],
    ],
    [
      'a shared account that logs in and gets nothing of use',
      known({ ...shared, lastDay: TODAY }, without({ kind: 'unusable', reason: 'r' })),
      [`note shared account team: still works; its last day is ${TODAY}`],
    ],
    [
      'a shared account that is dead',
      known(shared, REFUSED),
      ['ok shared account team: is dead: the registry refuses it'],
    ],
    [
      'a Secret that is no longer that of the shared account',
      { ...known(shared, { ...all }), user: 'kong' },
      ['note shared account team: has another user name than "team": it is another account'],
    ],
  ])('is told of %s', (_, facts, wanted) => {
    expect(findings(facts)).toEqual(wanted);
    expect(judged(facts).code).toBe(wanted.some((text) => text.startsWith('problem')) ? 1 : 0);
  });
});

it('is not that a shared account is dead where a part of it could not be asked', () => {
  const unasked = at('kong/release', without({ kind: 'could not be asked', reason: 'r' }));
  const facts = known(shared, REFUSED);
  expect(findings({ ...facts, repositories: [...facts.repositories, unasked] })).toEqual([
    'unknown shared account team: could not be asked: r',
  ]);
});

it('is not that a shared account is dead where the registry asks nobody', () => {
  const facts = known(shared, without({ kind: 'open' }));
  expect(findings(facts)).toEqual([
    'unknown shared account team: could not be asked whether it is alive: docker.io answers without asking for a credential',
  ]);
  expect(judged(facts).code).toBe(2);
});

it('tells no account from another by the case of its user name', () => {
  expect(findings({ ...known(shared, { ...all }), user: 'Team' })).toEqual([
    'problem shared account team: is still alive: its last day was 2025-06-15; change its password or delete it at the registry',
  ]);
  expect(findings({ ...pull(), user: 'Kong' })).toEqual([]);
});

describe('a proof', () => {
  const created = { rights: rights('pull?', 'push?', 'delete?'), pull: 'refused', whyUnknown: 'creates' } as const;
  const absent = { rights: rights('pull?', 'push?', 'delete?'), pull: 'absent', whyUnknown: 'absent' } as const;
  const deleting = { rights: rights('pull', 'push', 'delete?'), pull: 'pulled', whyUnknown: 'opaque' } as const;

  it.each<[string, CredentialFacts, string]>([
    [
      'at a foreign repository it was not asked for a push',
      pull(fine, { ...created, rights: rights('push?') }),
      'push to kong/release is not provable: it was not asked, as asking would make the repository',
    ],
    [
      'a foreign repository is not there',
      pull(fine, { ...absent, rights: rights('push?', 'delete?') }),
      'push to and delete in kong/release is not provable: the repository does not exist, or is hidden',
    ],
    [
      'its own repository was not asked for a push',
      known(pusher, { ...created, pull: 'absent', rights: rights('pull', 'push?', 'delete?') }),
      'push to and delete in kong/nightly is not provable: it was not asked, as asking would make the repository',
    ],
    ['its own repository is not there', pull(absent), 'kong/nightly does not exist, or is hidden: nothing was pulled'],
  ])('is written down of no token where %s, which is said', (_, facts, why) => {
    expect(judged(facts)).toMatchObject({ code: 0, proved: [] });
    expect(findings(facts)).toContainEqual(expect.stringMatching(new RegExp(`^note .*${why}$`)));
  });

  it('need not be of deleting, which is proved by doing it alone', () => {
    expect(judged(known(pusher, deleting, { rights: rights('delete?') })).proved).toEqual(['nightly push']);
  });

  it('of a push may find the repository not there', () => {
    expect(findings(known(pusher, { ...all, pull: 'absent', probe: { kind: 'absent' } }))).toContain(
      'note nightly push: kong/nightly does not exist, or is hidden: nothing was pushed',
    );
  });
});

describe('pods that pull with something older, unnoticed', () => {
  const refused = known(subject, REFUSED, REFUSED);
  const still = 'problem nightly pull: is refused at kong/nightly, where';
  const unnoticed = 'still pulls: pods pull with the old account unnoticed';

  it.each([
    ['refused', refused],
    ['granted nothing', pull({ rights: rights(), pull: 'refused' })],
    ['not taken', pull({ rights: rights('pull'), pull: 'refused' })],
    ['unusable', known(subject, without({ kind: 'unusable', reason: 'r' }))],
  ])('are found when the token is %s', (_, facts) => {
    expect(findings(facts, known(previous, fine))).toContain(`${still} "nightly pull (previous)" ${unnoticed}`);
    expect(findings(facts, known(shared, fine))).toContain(`${still} "shared account team" ${unnoticed}`);
  });

  it.each<[string, CredentialFacts[]]>([
    ['the new one pulls', [pull(), known(previous, fine)]],
    ['the old one is refused too', [refused, known(previous, REFUSED)]],
    ["the old one is another token's", [refused, known({ ...previous, purpose: 'release pull' }, fine)]],
    ['the old one is of another registry', [refused, known({ ...shared, registry: 'ghcr.io' }, fine)]],
    [
      'the new one could not be asked',
      [known(subject, without({ kind: 'could not be asked', reason: 'r' })), known(previous, fine)],
    ],
    ['it is a push token', [known(pusher, REFUSED), known(previous, fine)]],
  ])('are not when %s', (_, facts) => {
    expect(findings(...facts).join()).not.toContain('unnoticed');
  });
});

describe('the exit code', () => {
  const unasked = known(subject, without({ kind: 'could not be asked', reason: 'r' }));
  const wrong = known(pusher, REFUSED);

  it('is 2 when something could not be asked, and 1 when something is wrong too', () => {
    expect(judged(unasked)).toMatchObject({ code: 2, proved: [] });
    expect(judged(unasked, wrong).code).toBe(1);
    const facts = { today: TODAY, credentials: [pull()], notAsked: [] };
    expect(verdictOf({ ...facts, missing: ['could not be asked: no token for x'] }).code).toBe(2);
  });

  it('is 2 when there was nothing to ask about', () => {
    const notAsked = [{ label: 'push', why: 'not in the cluster (CI only)' }];
    expect(verdictOf({ today: TODAY, credentials: [], missing: [], notAsked })).toMatchObject({
      code: 2,
      findings: [{ message: 'no token was asked about' }, { subject: 'push', message: 'not in the cluster (CI only)' }],
    });
  });
});
