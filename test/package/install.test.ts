import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ROOT, versionHere } from './library-copy';
import { pack } from './packed';
import { commandsOf, tried } from './printed-commands';
import { run } from './run';

jest.setTimeout(600_000);

const scratch = mkdtempSync(join(tmpdir(), 'secure-mirror-install-'));
const project = join(scratch, 'project');
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const npm = (...args: string[]) => run(['npm', ...args, '--no-audit', '--no-fund'], project);
const installed = (name: string) => existsSync(join(project, 'node_modules', name));
/** A program that is written into the project. */
function program(file: string, text: string): string {
  writeFileSync(join(project, file), text);
  return file;
}
const node = (file: string) => JSON.parse(run([process.execPath, file], project));
const objectsIn = (file: string) => parseAllDocuments(readFileSync(join(project, file), 'utf8')).map((o) => o.toJS());

const page = (name: string) => readFileSync(join(ROOT, 'docs', name), 'utf8');
/** The app of the page on the library. */
const [, PAGE_APP = ''] = /^```ts\n([^`]*)/m.exec(page('library.md')) ?? [];

/** A stack in a chart, and the kinds of its objects. */
const APP = `
const app = new App();
const chart = new Chart(app, 'mirror');
const stack = new SecuredStack(chart, 'mirror', {
  name: 'production',
  registries: ['docker.io', 'ghcr.io'],
  authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
});
console.log(JSON.stringify([stack.entry, ...chart.toJson().map((object: any) => object.kind)]));
`;
const untyped = APP.replace(': any', '');
const IMPORT = `import { App, Chart } from 'cdk8s';
import { SecuredStack } from 'secure-mirror';
`;
const REQUIRE = `const { App, Chart } = require('cdk8s');
const { SecuredStack } = require('secure-mirror');
`;

beforeAll(() => {
  const { file } = pack(scratch);
  mkdirSync(project);
  npm('init', '--yes');
  npm('install', file);
});

describe('in an empty project', () => {
  it('comes with cdk8s, cdk8s-plus and constructs, and without Pulumi', () => {
    const names = ['cdk8s', 'cdk8s-plus-28', 'constructs', '@pulumi/pulumi', '@pulumi/kubernetes', 'typescript'];
    expect(names.map(installed)).toEqual([true, true, true, false, false, false]);
  });

  it.each([
    ['app.cjs', REQUIRE],
    ['app.mjs', IMPORT],
  ])('is a library for %s', (file, imports) => {
    const [entry, ...kinds] = node(program(file, imports + untyped));
    expect(entry).toBe('https://127.0.0.1:30020');
    expect(kinds).toContain('DaemonSet');
    expect(kinds).toHaveLength(13);
  });

  it('has all its names for ECMAScript modules too', () => {
    const names =
      'console.log(JSON.stringify(Object.keys(it).filter((name) => !/^(default|module.exports|__esModule)$/.test(name)).sort()));\n';
    const common = node(program('names.cjs', `const it = require('secure-mirror');\n${names}`));
    expect(common).toContain('IngressControllerTokens');
    expect(node(program('names.mjs', `import * as it from 'secure-mirror';\n${names}`))).toEqual(common);
  });

  it.each([
    ["require('secure-mirror/pulumi')", 'pulumi.cjs'],
    ["import 'secure-mirror/pulumi'", 'pulumi.mjs'],
  ])('says what %s needs', (text, file) => {
    const { status, stderr } = spawnSync(process.execPath, [program(file, text)], { cwd: project, encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain(
      'secure-mirror/pulumi needs @pulumi/pulumi and @pulumi/kubernetes: npm install @pulumi/pulumi @pulumi/kubernetes',
    );
  });

  it('gives out its schema and its package.json, and nothing of its inside', () => {
    const text = `const ids = [require('secure-mirror/stack.schema.json').$id, require('secure-mirror/package.json').name];
      let inside; try { require('secure-mirror/dist/lib/src/stack/synth.js'); } catch (error) { inside = error.code; }
      console.log(JSON.stringify([...ids, inside]));`;
    expect(node(program('parts.cjs', text))).toEqual([
      'stack.schema.json',
      'secure-mirror',
      'ERR_PACKAGE_PATH_NOT_EXPORTED',
    ]);
  });

  describe('the command', () => {
    const secureMirror = (...args: string[]) => run(['npx', '--no-install', 'secure-mirror', ...args], project);

    it('helps', () => {
      expect(secureMirror('--help')).toMatch(/^Usage: npx --no-install secure-mirror /);
    });

    it('makes manifests of the stack.yaml that init writes, without TypeScript', () => {
      const [init = ''] = /^npx secure-mirror init .*/m.exec(page('getting-started.md')) ?? [];
      run(['sh', '-c', init], project);
      const [first = ''] = readFileSync(join(project, 'stack.yaml'), 'utf8').split('\n');
      expect(existsSync(join(project, first.replace('# yaml-language-server: $schema=', '')))).toBe(true);
      const said = secureMirror('synth', '-f', 'stack.yaml', '-o', 'out');
      expect(said).toMatch(/^CLUSTER +OBJECTS +MANIFESTS\ndefault +\d+ +out\/default\/\n/);
      expect(readdirSync(join(project, 'out'))).toEqual(['.secure-mirror', 'default']);
      const kinds = objectsIn('out/default/mirror.k8s.yaml').map(({ kind }) => kind);
      expect(kinds).toContain('DaemonSet');
    });

    describe('prints commands that work where they are typed, started', () => {
      const clone = join(scratch, 'clone');
      const elsewhere = join(scratch, 'elsewhere');
      const path = join(scratch, 'on-path');
      const npx = ['npx', '--no-install', 'secure-mirror'];
      const npm = ['run', '--silent', 'secure-mirror', '--'];
      const purpose = ['--purpose', 'nightly-ingress-controller pull'];
      beforeAll(() => {
        for (const folder of [elsewhere, path, join(project, 'deploy')]) mkdirSync(folder);
        symlinkSync(join(project, 'node_modules/secure-mirror/dist/lib/src/cli/main.js'), join(path, 'secure-mirror'));
        run(['npm', 'pkg', 'set', 'scripts.tokens=secure-mirror'], project);
      });

      it.each([
        ['by npx', project, npx],
        ['by npx in a folder of the project', join(project, 'deploy'), npx],
        ['by its path', project, ['./node_modules/.bin/secure-mirror']],
        ['by its path from elsewhere', elsewhere, [join(project, 'node_modules/.bin/secure-mirror')]],
        ['by a name on PATH', elsewhere, ['secure-mirror']],
        ["by a script of the project's own", project, ['npm', 'run', '--silent', 'tokens', '--']],
        ['by npm in a clone', clone, ['npm', ...npm]],
      ])('%s', (_, folder, start) => {
        const environment = { PATH: `${path}:${process.env.PATH}` };
        writeFileSync(join(folder, 'my stack.yaml'), readFileSync(join(ROOT, 'stack.yaml')));
        const given = ['--file', 'my stack.yaml', '--output', 'my out', '--cluster', 'default', '--context', 'a b'];
        const plan = run([...start, 'tokens', 'plan', '--json', ...given, ...purpose], folder, environment);
        expect(tried(commandsOf(plan), folder, environment)).toEqual(["kubectl --context 'a b'", 'my out/default/']);
      });

      it('by npm for a clone from elsewhere, where it says in which folder', () => {
        const start = ['npm', '--prefix', clone, ...npm, 'tokens', 'plan', '--output', 'my out', ...purpose];
        expect(run(start, elsewhere)).toMatch(`Commands are for bash and zsh, in ${clone}.\n`);
        const commands = commandsOf(run([...start, '--json'], elsewhere));
        expect(commands).toContain(`npm --prefix ${clone} run --silent secure-mirror -- synth --output 'my out'`);
        expect(tried(commands, clone, {})).toEqual(['kubectl', `${clone}/my out/default/`]);
      });
    });

    it.each(
      readdirSync(join(ROOT, 'examples')).filter((name) => existsSync(join(ROOT, 'examples', name, 'stack.yaml'))),
    )('makes the manifests of the example %s', (name) => {
      const value = JSON.parse(
        secureMirror('synth', '-f', join(ROOT, 'examples', name, 'stack.yaml'), '-o', `${name}/manifests`, '--json'),
      );
      expect(value.ok).toBe(true);
      for (const { files } of value.clusters)
        expect(files.filter((file: string) => objectsIn(file).length === 0)).toEqual([]);
    });
  });
});

/** Modules found without `exports` of package.json. */
const OLD = { moduleResolution: 'node10', ignoreDeprecations: '6.0' };

/** Compiles files in strict mode, types of libraries included, which take most of the time: once for all files. */
function compile(files: string[], module: string, more: object = {}): string {
  const options = { strict: true, skipLibCheck: false, noEmit: true, target: 'es2022', module, types: ['node'] };
  const strict = {
    ...options,
    ...more,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noUnusedLocals: true,
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: strict, files }));
  const { stdout } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], {
    cwd: project,
    encoding: 'utf8',
  });
  return stdout;
}

const WITH_PULUMI = `import { Config } from '@pulumi/pulumi';
import { SecuredStack, type SecuredStackArgs } from 'secure-mirror/pulumi';

const args: SecuredStackArgs = {
  name: 'production',
  registries: ['docker.io'],
  authentication: { basic: { credential: { secret: 'mirror-credential' } } },
};
export const { namespace, entry } = new SecuredStack('mirror', args);
export const used = new Config();
`;

describe('in a strict project of TypeScript, with types of libraries checked', () => {
  beforeAll(() =>
    npm('install', '--save-exact', ...['typescript', '@types/node'].map((name) => `${name}@${versionHere(name)}`)),
  );

  const library = APP.replace('object: any', 'object: { kind: string }');

  it('app.cts, app.mts and the app of the page on the library compile', () => {
    expect(PAGE_APP).toContain("from 'secure-mirror'");
    const apps = ['app.cts', 'app.mts'].map((file) => program(file, IMPORT + library));
    const ofPage = program('page.mts', PAGE_APP.replace('const stack = ', ''));
    expect(compile([...apps, ofPage], 'node16')).toBe('');
  });

  it('a wrong key does not', () => {
    const wrong = library.replace('registries:', 'registrys:');
    expect(compile([program('wrong.mts', IMPORT + wrong)], 'node16')).toMatch(
      /error TS2561: .*'registrys' does not exist/,
    );
  });
});

describe('with Pulumi', () => {
  beforeAll(() =>
    npm(
      'install',
      '--save-exact',
      ...['pulumi', 'kubernetes'].map((name) => `@pulumi/${name}@${versionHere(`@pulumi/${name}`)}`),
    ),
  );

  it('can be loaded', () => {
    const text = "console.log(JSON.stringify(typeof require('secure-mirror/pulumi').SecuredStack));";
    expect(node(program('with-pulumi.cjs', text))).toBe('function');
  });

  it('pulumi.cts and pulumi.mts compile', () => {
    const files = ['pulumi.cts', 'pulumi.mts'].map((file) => program(file, WITH_PULUMI));
    expect(compile(files, 'node16')).toBe('');
  });

  it('compiles where TypeScript looks for modules as it did before package.json could have exports', () => {
    expect(compile([program('pulumi.ts', WITH_PULUMI)], 'commonjs', OLD)).toBe('');
    const wrong = WITH_PULUMI.replace('secure-mirror/pulumi', 'secure-mirror/pulum');
    expect(compile([program('misspelt.ts', wrong)], 'commonjs', OLD)).toContain(
      "Cannot find module 'secure-mirror/pulum'",
    );
  });
});
