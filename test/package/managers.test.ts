import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versionHere } from './library-copy';
import { pack } from './packed';
import { run } from './run';
import { installed } from './tools';

jest.setTimeout(900_000);

const scratch = mkdtempSync(join(tmpdir(), 'secure-mirror-managers-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let tarball: string;
beforeAll(() => {
  const folder = join(scratch, 'packed');
  mkdirSync(folder);
  tarball = pack(folder).file;
});

const tool = (path: string) => [process.execPath, join(installed('managers'), path)];
/** yarn installs no peers: docs/library.md says to name them. */
const peers = ['cdk8s', 'cdk8s-plus-28', 'constructs'];
const withPeers = () => peers.map((name) => `${name}@${versionHere(name)}`);

/** Each package manager, with what it is asked to install, and how it starts a program. */
const MANAGERS: [string, () => string[], () => string[], string[]][] = [
  ['npm', () => ['npm', 'install', '--no-audit', '--no-fund', tarball], () => ['npx', '--no-install'], []],
  ['pnpm', () => [...tool('pnpm/bin/pnpm.cjs'), 'add', tarball], () => [...tool('pnpm/bin/pnpm.cjs'), 'exec'], []],
  [
    'yarn 1',
    () => [...tool('yarn/bin/yarn.js'), 'add', '--no-progress', `file:${tarball}`, ...withPeers()],
    () => [...tool('yarn/bin/yarn.js'), '--silent', 'run'],
    [],
  ],
  [
    'yarn 4',
    () => [...tool('@yarnpkg/cli-dist/bin/yarn.js'), 'add', `secure-mirror@file:${tarball}`, ...withPeers()],
    () => [...tool('@yarnpkg/cli-dist/bin/yarn.js'), 'run'],
    ['.yarnrc.yml', 'nodeLinker: node-modules\nenableTelemetry: false\nenableGlobalCache: false\n'],
  ],
];

/** Lines of a package manager that warn. */
const warnings = (said: string) =>
  said.split('\n').filter((line) => /warn|peer|deprecat|unmet|unsupported|YN0002|YN0086/i.test(line));

/** Installs into an empty project, and gives back what the package manager says. */
function install(project: string, [program = '', ...args]: string[], [settings, text = '']: string[] = []): string {
  const temporary = join(project, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const manifest = { name: 'project', private: true, license: 'UNLICENSED' };
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
  if (settings !== undefined) writeFileSync(join(project, settings), text);
  writeFileSync(join(project, 'yarn.lock'), '');
  const env = { ...process.env, HOME: scratch, TMPDIR: temporary, CI: '', YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: project, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  return `${stdout}${stderr}`;
}

describe.each(MANAGERS)('%s', (name, adding, start, settings) => {
  const project = join(scratch, name.replace(' ', '-'));
  let said: string;
  beforeAll(() => {
    said = install(project, adding(), settings);
  });

  it('installs the tarball without a warning', () => {
    expect(warnings(said)).toEqual([]);
  });

  it('starts the command', () => {
    expect(run([...start(), 'secure-mirror', '--help'], project, { TMPDIR: join(project, 'tmp') })).toMatch(
      /Usage: .*secure-mirror /,
    );
  });

  it('finds the library with its peers', () => {
    const app = "import { SecuredStack } from 'secure-mirror';\nconsole.log(typeof SecuredStack);\n";
    writeFileSync(join(project, 'app.mjs'), app);
    expect(run([process.execPath, 'app.mjs'], project)).toBe('function\n');
  });
});

it('a yarn that gets no peers warns, which these tests notice', () => {
  const adding = [...tool('yarn/bin/yarn.js'), 'add', '--no-progress', `file:${tarball}`];
  const said = warnings(install(join(scratch, 'without-peers'), adding)).join('\n');
  for (const name of peers) expect(said).toContain(`has unmet peer dependency "${name}@`);
});
