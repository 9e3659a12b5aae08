import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './library-copy';
import { run } from './run';

jest.setTimeout(600_000);

const scratch = mkdtempSync(join(tmpdir(), 'secure-mirror-release-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const { name, version, dependencies, peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const FILES = ['SHA256SUMS', `${name}-${version}.cdx.json`, `${name}-${version}.tgz`];
const git = (folder: string, ...args: string[]) =>
  run(['git', '-c', 'user.name=tests', '-c', 'user.email=tests@tests.example', ...args], folder);

/** A clone of what this clone's files are now, whether they are committed or not. */
function clone(folder: string): string {
  mkdirSync(folder, { recursive: true });
  run(
    ['sh', '-c', `git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t '${folder}'`],
    ROOT,
  );
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all');
  const env = { GIT_COMMITTER_DATE: '2025-06-15T12:00:00Z', GIT_AUTHOR_DATE: '2025-06-15T12:00:00Z' };
  run(
    ['git', '-c', 'user.name=tests', '-c', 'user.email=tests@tests.example', 'commit', '--quiet', '-m', 'all'],
    folder,
    env,
  );
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** The step of the workflow that builds. */
function build(folder: string, target: string, before = '', environment: NodeJS.ProcessEnv = {}): string {
  run(['sh', '-c', `${before} npm run release:build -- '${target}'`], folder, environment);
  return target;
}
const sum = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
const first = join(scratch, 'release');
const text = (file: string) => readFileSync(join(scratch, 'package', file), 'utf8');
let packed: string[];

beforeAll(() => {
  const folder = clone(join(scratch, 'clone'));
  writeFileSync(join(folder, 'docs/stray.md'), 'not committed');
  appendFileSync(join(folder, 'README.md'), 'nor this');
  build(folder, first);
  run(['tar', '-xzf', join(first, FILES[2] ?? ''), '-C', scratch], scratch);
  packed = readdirSync(join(scratch, 'package'), { recursive: true, encoding: 'utf8' });
});

describe('the files of a release', () => {
  it('are the tarball, its bill of materials and their sums, with notes beside', () => {
    expect(readdirSync(first).sort()).toEqual(FILES);
    expect(readFileSync(`${first}.md`, 'utf8')).toMatch(/\n$/);
  });

  it('match their sums, which a changed byte does not', () => {
    expect(run(['sha256sum', '--check', 'SHA256SUMS'], first)).toBe(
      FILES.slice(1)
        .map((file) => `${file}: OK\n`)
        .join(''),
    );
    const copy = join(scratch, 'changed');
    run(['cp', '-r', first, copy], scratch);
    appendFileSync(join(copy, FILES[1] ?? ''), ' ');
    expect(() => run(['sha256sum', '--check', 'SHA256SUMS'], copy)).toThrow(/FAILED/);
  });

  it('are of what is committed alone', () => {
    expect(packed).not.toContain('docs/stray.md');
    expect(text('README.md')).not.toContain('nor this');
  });

  it('are the same from another folder, with another user mask, time zone, language and age of files', () => {
    const folder = join(scratch, 'some where/else');
    git(scratch, 'clone', '--quiet', 'clone', folder);
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    run(
      ['sh', '-c', 'find . -path ./node_modules -prune -o -exec touch -h -d 2001-01-01 {} + -exec chmod go-rwx {} +'],
      folder,
    );
    const other = { TZ: 'Asia/Tokyo', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', SOURCE_DATE_EPOCH: '1' };
    const second = build(folder, join(scratch, 'again'), 'umask 077;', other);
    expect(FILES.map((file) => sum(join(second, file)))).toEqual(FILES.map((file) => sum(join(first, file))));
  });
});

describe('the bill of materials of a release', () => {
  const beside = () => readFileSync(join(first, FILES[1] ?? ''), 'utf8');

  it('is in the tarball too, with the time of the commit', () => {
    expect(text('dist/lib/src/cli/sbom.cdx.json')).toBe(beside());
    expect(JSON.parse(beside()).metadata.timestamp).toBe('2025-06-15T12:00:00.000Z');
  });

  it('lists every dependency and peer, and every package that the command says it contains', () => {
    const purls: string[] = JSON.parse(beside()).components.map(({ purl }: { purl: string }) =>
      decodeURIComponent(purl),
    );
    const contained = [...text('dist/lib/src/cli/LICENSES.txt').matchAll(/^(\S+) (\d+[.]\d+[.]\d+) \(/gm)];
    expect(contained.length).toBeGreaterThan(8);
    expect(contained.map(([, it, at]) => `pkg:npm/${it}@${at}`).filter((purl) => !purls.includes(purl))).toEqual([]);
    const names = Object.keys({ ...dependencies, ...peerDependencies });
    expect(names.filter((it) => !purls.some((purl) => purl.startsWith(`pkg:npm/${it}@`)))).toEqual([]);
  });

  it('has all that npm installs with the tarball', () => {
    const project = join(scratch, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), '{"private": true}');
    run(['npm', 'install', '--package-lock-only', '--no-audit', '--no-fund', join(first, FILES[2] ?? '')], project);
    const { packages } = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'));
    const names = Object.keys(packages).flatMap(
      (folder) => /node_modules[/]((?:@[^/]+[/])?[^/]+)$/.exec(folder)?.[1] ?? [],
    );
    expect(names.length).toBeGreaterThan(10);
    const listed = JSON.parse(beside()).components.map(({ group, name }: { group?: string; name: string }) =>
      group ? `${group}/${name}` : name,
    );
    expect(names.filter((it) => it !== name && !listed.includes(it))).toEqual([]);
  });
});

describe('links in the tarball', () => {
  it('lead to something in it', () => {
    const pages = packed.filter((file) => file.endsWith('.md'));
    expect(pages.length).toBeGreaterThan(50);
    const links = pages.flatMap((page) =>
      [...text(page).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
        ([, one, other]) => [page, one ?? other ?? ''] as const,
      ),
    );
    const within = links.filter(([, link]) => !/^([a-z]+:|#)/.test(link));
    expect(within.length).toBeGreaterThan(200);
    const broken = within.filter(([page, link]) => {
      const path = join(dirname(page), link.replace(/#.*/, '')).replace(/[/]$/, '');
      return !packed.includes(path);
    });
    expect(broken).toEqual([]);
  });
});
