import { section } from '../../.ci/release/changelog';
import { problemsOf } from '../../.ci/release/checks';
import type { Facts } from '../../.ci/release/facts';

const HERE = 'https://github.example/somebody/secure-mirror';
const manifest = {
  name: 'secure-mirror',
  version: '1.2.3',
  homepage: `${HERE}#readme`,
  bugs: { url: `${HERE}/issues` },
  repository: { url: `git+${HERE}.git` },
};
const good: Facts = {
  tag: 'v1.2.3',
  manifest,
  lockedVersion: '1.2.3',
  changelog:
    '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2025-06-15\n\n### Added\n- a thing\n\n## [1.2.2] - 2025-06-01\n- older\n',
  repository: HERE,
  signature: { verified: true, reason: 'valid' },
  published: undefined,
};

describe('a release', () => {
  it('goes on when nothing speaks against it', () => {
    expect(problemsOf(good)).toEqual([]);
  });

  it('goes on when npm has earlier versions from the same repository', () => {
    const published = { versions: ['1.2.2'], repository: `git+${HERE}.git` };
    expect(problemsOf({ ...good, published })).toEqual([]);
  });

  it.each<[Partial<Facts>, string]>([
    [{ tag: 'v1.2.4' }, 'the tag is v1.2.4, but package.json has version 1.2.3: tag v1.2.3'],
    [{ tag: '1.2.3' }, 'the tag is 1.2.3, but package.json has version 1.2.3: tag v1.2.3'],
    [{ lockedVersion: '1.2.2' }, 'package-lock.json has version 1.2.2, package.json 1.2.3: run npm install'],
    [{ changelog: '## [Unreleased]\n- a thing\n' }, 'CHANGELOG.md has no section "## [1.2.3] - YYYY-MM-DD"'],
    [{ changelog: '## [1.2.3]\n- a thing\n' }, 'CHANGELOG.md gives version 1.2.3 no day: "## [1.2.3] - YYYY-MM-DD"'],
    [{ changelog: '## [1.2.3] - 2025-06-15\n\n## [1.2.2]\n- a' }, 'CHANGELOG.md says nothing about version 1.2.3'],
    [{ manifest: { ...manifest, private: true } }, 'package.json is private: npm pkg delete private'],
    [
      { manifest: { ...manifest, repository: { url: 'git+https://git.example/a/b.git' } } },
      `repository.url in package.json is git+https://git.example/a/b.git: npm pkg set 'repository.url=git+${HERE}.git'`,
    ],
    [
      { manifest: { ...manifest, bugs: {} } },
      `bugs.url in package.json is undefined: npm pkg set 'bugs.url=${HERE}/issues'`,
    ],
    [
      { manifest: { ...manifest, homepage: 'https://elsewhere.example' } },
      `homepage in package.json is https://elsewhere.example: npm pkg set 'homepage=${HERE}#readme'`,
    ],
    [
      { published: { versions: ['9.0.0'], repository: 'git+https://github.example/others/thing.git' } },
      'the name secure-mirror on npm belongs to others: its repository there is git+https://github.example/others/thing.git',
    ],
    [
      { published: { versions: ['1.2.2', '1.2.3'], repository: `git+${HERE}.git` } },
      'npm has secure-mirror 1.2.3 already: raise the version',
    ],
    [
      { signature: { verified: false, reason: 'unsigned' } },
      'GitHub does not verify the signature of tag v1.2.3 (unsigned): git tag -s v1.2.3',
    ],
  ])('stops at %j', (fact, problem) => {
    expect(problemsOf({ ...good, ...fact })).toEqual([problem]);
  });

  it('hears every problem at once', () => {
    const wrong = { tag: 'v9', lockedVersion: '8', changelog: '', signature: { verified: false, reason: 'unsigned' } };
    expect(problemsOf({ ...good, ...wrong, manifest: { name: 'secure-mirror', version: '1.2.3' } })).toHaveLength(7);
  });
});

describe('the section of a version', () => {
  it('ends where the next one begins', () => {
    expect(section(good.changelog, '1.2.3')).toEqual({ day: '2025-06-15', text: '### Added\n- a thing' });
    expect(section(good.changelog, '1.2.2')).toEqual({ day: '2025-06-01', text: '- older' });
    expect(section(good.changelog, '1.2')).toBeUndefined();
  });
});
