import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { startedAs } from '../../../src/cli/shared/started';
import { wordsOf } from '../tokens/json-patch';

const CLONE = resolve(__dirname, '../../..');
const PACKAGE = 'node_modules/secure-mirror/dist/lib/src/cli';

let scratch: string;
beforeEach(() => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'started '))); // with a space, as folders have
});
afterEach(() => rmSync(scratch, { recursive: true }));

/** A program in the scratch folder. */
function program(file: string): string {
  const path = join(scratch, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '#!/usr/bin/env node\nconsole.log(JSON.stringify(process.argv.slice(2)));\n');
  chmodSync(path, 0o755);
  return path;
}

/** How a program says that it was started: by a path, from a folder of the scratch folder, with a PATH. */
function started(script: string, from = '.', path: string[] = []): string {
  const folder = join(scratch, from);
  mkdirSync(folder, { recursive: true });
  const env = { PATH: [...path, process.env.PATH].join(':') };
  return startedAs({ argv: ['node', script], env, cwd: () => folder }, join(scratch, PACKAGE, 'started.js')).command;
}

describe('the command is spelled', () => {
  it.each(['.', 'deploy/production'])('by npx in a project that has it installed, from %s', (from) => {
    program(`${PACKAGE}/main.js`);
    expect(started(join(scratch, 'node_modules/.bin/secure-mirror'), from)).toBe('npx --no-install secure-mirror');
    expect(started(join(scratch, PACKAGE, 'main.js'), from)).toBe('npx --no-install secure-mirror');
  });

  it('never by npx elsewhere: npx would ask a registry for it', () => {
    const script = program('cache/_npx/0a/node_modules/.bin/secure-mirror');
    const command = started(script, 'project', [dirname(script)]);
    expect(wordsOf(command)).toEqual([script]);
  });

  it.each(['secure-mirror', 'sm'])('by its name on PATH: %s', (name) => {
    const script = join(scratch, 'bin', name);
    mkdirSync(dirname(script));
    symlinkSync(program('lib/node_modules/secure-mirror/main.js'), script);
    expect(started(script, 'project', [join(scratch, 'bin')])).toBe(name);
    expect(wordsOf(started(script, 'project', []))).toEqual([script]);
  });

  it('by its path where PATH has another of that name before it', () => {
    const [first, script] = [program('first/secure-mirror'), program('second/secure-mirror')];
    expect(wordsOf(started(script, 'project', [dirname(first), dirname(script)]))).toEqual([script]);
  });

  it('by its file where that is all that is known, and runs so', () => {
    const script = program('built/dist/lib/src/cli/main.js');
    expect(started(script, 'built')).toBe('node dist/lib/src/cli/main.js');
    for (const from of ['built', 'elsewhere', 'built/dist/lib/src/cli']) {
      const { stdout } = spawnSync('sh', ['-c', `${started(script, from)} status`], { cwd: join(scratch, from) });
      expect(`${stdout}`).toBe('["status"]\n');
    }
    const tool = program('tools/secure-mirror');
    const { stdout } = spawnSync('sh', ['-c', `${started(tool, 'tools')} status`], { cwd: join(scratch, 'tools') });
    expect(`${stdout}`).toBe('["status"]\n');
  });
});

describe('in a clone', () => {
  const inClone = (user: string) => startedAs({ argv: [], env: { INIT_CWD: user }, cwd: () => CLONE });

  it('it is npm that runs it', () => {
    expect(startedAs({ argv: [], env: {}, cwd: () => CLONE })).toEqual({
      command: 'npm run --silent secure-mirror --',
      synth: 'npm run synth',
    });
  });

  it('npm goes to its folder, and paths with it', () => {
    expect(inClone(join(CLONE, 'docs'))).toEqual({
      command: 'npm run --silent secure-mirror --',
      synth: 'npm run synth',
      folder: CLONE,
    });
    expect(inClone('/')).toMatchObject({
      command: `npm --prefix ${CLONE} run --silent secure-mirror --`,
      folder: CLONE,
    });
    expect(inClone(`${CLONE}-other`)).toMatchObject({ synth: `npm --prefix ${CLONE} run synth` });
  });
});
