import { asJunit } from '../../../../src/cli/tokens/verify/junit';
import { asText, asValue } from '../../../../src/cli/tokens/verify/text';
import { fine, judged, known, pusher, REFUSED, rights, subject, TODAY, without } from './example';

const good = judged(
  known(subject, fine),
  known(pusher, { rights: rights('pull', 'push', 'delete?'), whyUnknown: 'opaque', pull: 'pulled' }),
);
const bad = judged(
  known(subject, { ...fine, rights: rights('pull', 'push') }),
  known(pusher, REFUSED, without({ kind: 'could not be asked', reason: 'r.example cannot be reached' })),
);

describe('a verdict for people', () => {
  it('is a line for each check, and the day to write down', () => {
    expect(asText(good, TODAY)).toEqual([
      'TOKEN         REPOSITORY    WANTED              GRANTED              VERDICT',
      'nightly pull  kong/nightly  pull                pull                 ok',
      'nightly pull  kong/release  nothing             nothing              ok',
      'nightly push  kong/nightly  pull, push, delete  pull, push, delete?  ok',
      'nightly push  kong/release  nothing             nothing              ok',
      '',
      "note     nightly push: whether it may delete in kong/nightly is not provable: the registry's tokens do not say",
      "ok       all is as declared; write lastVerified: '2026-01-02' to nightly pull, nightly push",
    ]);
  });

  it('has what is wrong first, and no day', () => {
    const lines = asText(bad, TODAY);
    expect(lines[1]).toMatch(/pull +pull, push +surplus push$/);
    expect(lines[3]).toMatch(/pull, push, delete +- +refused$/);
    expect(lines[4]).toMatch(/nothing +- +could not be asked$/);
    expect(lines.slice(6).map((line) => line.slice(0, 9).trim())).toEqual(['problem', '', 'problem', 'unknown']);
    expect(lines.join()).not.toContain('lastVerified');
    const half = judged(known(subject, fine), known(pusher, REFUSED, REFUSED));
    expect(half.proved).toEqual(['nightly pull']);
    expect(asText(half, TODAY).join()).not.toContain('lastVerified');
    expect(asValue(half, TODAY)).toMatchObject({ lastVerified: undefined });
  });
});

describe('a verdict for programs', () => {
  it('has the same in fields', () => {
    expect(asValue(bad, TODAY)).toMatchObject({
      ok: false,
      problems: [expect.stringMatching(/^nightly pull: may push/), expect.stringMatching(/^nightly push: is refused/)],
      couldNotBeAsked: ['nightly push: could not be asked: r.example cannot be reached'],
      lastVerified: undefined,
    });
    expect(asValue(good, TODAY)).toMatchObject({
      ok: true,
      lastVerified: { day: TODAY, tokens: ['nightly pull', 'nightly push'] },
      checks: [
        { token: 'nightly pull', own: true, wanted: ['pull'], granted: ['pull'], verdict: 'ok' },
        { own: false, wanted: [] },
        { notProvable: ['delete'] },
        {},
      ],
    });
  });
});

describe('a verdict as JUnit', () => {
  it('has failures for what is wrong, errors for what could not be asked', () => {
    const xml = asJunit(bad);
    expect(xml).toContain('<testsuites name="secure-mirror tokens verify" tests="6" failures="2" errors="1"');
    const cases = [...xml.matchAll(/<testcase [^>]*?\sname="([^"]*)"[^>]*?(?:\/>|>\s*<(\w+))/g)].map(([, ...it]) => it);
    expect(cases).toEqual([
      ['credential', undefined],
      ['kong/nightly: pull', 'failure'],
      ['kong/release: nothing', undefined],
      ['credential', 'failure'],
      ['kong/nightly: pull, push, delete', 'skipped'],
      ['kong/release: nothing', 'error'],
    ]);
  });

  it('is XML whatever it says', () => {
    const odd = { ...subject, label: 'a<b>&"\x01', own: ['kong/nightly'] };
    const xml = asJunit(judged(known(odd, { ...fine, rights: rights('pull', 'push') })));
    expect(xml).toContain('a&lt;b>&amp;&quot;?: may push to');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(xml).not.toMatch(/[\x00-\x08]/);
  });
});
