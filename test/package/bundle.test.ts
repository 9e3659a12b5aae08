import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStackFile } from '../../src/stack/reader';
import { installedHere, link, ROOT } from './library-copy';
import { pack } from './packed';
import { run } from './run';

jest.setTimeout(600_000);

const scratch = mkdtempSync(join(tmpdir(), 'secure-mirror-bundle-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const PAGE = readFileSync(join(ROOT, 'docs/library.md'), 'utf8');
/** The commands of the page on the library, each with the file that it writes. */
const COMMANDS = [...PAGE.matchAll(/^npx esbuild (?:.*\\\n)*.*--outfile=(\S+)(?:.*\\\n)*.*$/gm)].map(
  ([command, bundle = '']) => [bundle, command] as const,
);

const PLANTED = { 'deploy.sh': 'echo planted', 'agent.sh': 'echo planted' };
const PLUGINS = {
  '@pulumi/kubernetes': installedHere('@pulumi/kubernetes'),
  '@pulumi/pulumi': installedHere('@pulumi/pulumi'),
};

const stacks = ['stack.yaml', ...readdirSync(join(ROOT, 'examples')).map((name) => `examples/${name}/stack.yaml`)]
  .map((file) => join(ROOT, file))
  .filter((file) => existsSync(file))
  .flatMap((file) => readStackFile(file).clusters);

/** All clusters of stack.yaml and of the examples, a file of manifests for each. */
const APP = `import { App, Chart } from 'cdk8s';
import { SecuredStack } from 'secure-mirror';

${JSON.stringify(stacks)}.forEach((cluster, index) => {
  const app = new App();
  new SecuredStack(new Chart(app, 'stack-' + index), 'stack', cluster);
  app.synth();
});
`;

/** The first of these clusters as resources, which Pulumi's mocks write to a file. */
const PROGRAM = `import { mkdirSync, writeFileSync } from 'node:fs';
import { runtime } from '@pulumi/pulumi';
import { SecuredStack } from 'secure-mirror/pulumi';

const resources = [];
runtime.setMocks({
  newResource: ({ type, name, inputs }) => {
    resources.push({ type, name, inputs });
    return { id: name, state: inputs };
  },
  call: () => ({}),
});
new SecuredStack('mirror', ${JSON.stringify(stacks[0])});
process.on('exit', () => {
  mkdirSync('dist');
  resources.sort((one, other) => (one.name < other.name ? -1 : 1));
  writeFileSync('dist/resources.json', JSON.stringify(resources));
});
`;

const project = join(scratch, 'project');
beforeAll(() => {
  const { file } = pack(scratch);
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  run(['tar', '-xzf', file, '-C', join(project, 'node_modules')], project);
  run(['mv', 'node_modules/package', 'node_modules/secure-mirror'], project);
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const names = ['cdk8s', 'cdk8s-plus-28', 'constructs', ...Object.keys(dependencies)];
  link(project, { ...Object.fromEntries(names.map((name) => [name, installedHere(name)])), ...PLUGINS });
});

/** Runs a command of the page on an app, in the project. */
function bundle(command: string, app: string): void {
  writeFileSync(join(project, 'app.ts'), app);
  run(['sh', '-c', command.replace(/^npx esbuild/, installedHere('.bin/esbuild'))], project);
}

/** What a program writes to dist, by file, when it runs in an empty folder beside scripts that are not ours. */
function written(program: string, packages: { readonly [name: string]: string } = {}): { [file: string]: string } {
  const folder = mkdtempSync(join(scratch, 'elsewhere-'));
  const [name = ''] = program.split('/').slice(-1);
  cpSync(program, join(folder, name));
  for (const [file, text] of Object.entries(PLANTED)) writeFileSync(join(folder, file), text);
  link(folder, packages);
  run([process.execPath, name], folder);
  const files = readdirSync(join(folder, 'dist'));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, 'dist', file), 'utf8')]));
}

/** What an app writes as it is, not bundled. */
function unbundled(app: string): { [file: string]: string } {
  writeFileSync(join(project, 'plain.mjs'), app);
  run([process.execPath, 'plain.mjs'], project);
  const dist = join(project, 'dist');
  const files = Object.fromEntries(readdirSync(dist).map((file) => [file, readFileSync(join(dist, file), 'utf8')]));
  rmSync(dist, { recursive: true });
  return files;
}

describe("the page's commands", () => {
  it('make a bundle of CommonJS and one of ECMAScript modules', () => {
    expect(COMMANDS.map(([file]) => file)).toEqual(['app.cjs', 'app.mjs']);
  });

  describe.each(COMMANDS)('%s', (file, command) => {
    it('writes what the app writes unbundled, byte for byte, and takes nothing that lies beside it', () => {
      const plain = unbundled(APP);
      expect(Object.keys(plain).filter((name) => /^stack-\d+[.]/.test(name))).toHaveLength(stacks.length);
      expect(Object.values(plain).join()).toContain('publish.sh');
      bundle(command, APP);
      const manifests = written(join(project, file));
      expect(manifests).toEqual(plain);
      expect(Object.values(manifests).join()).not.toMatch(/planted|deploy[.]sh/);
    });

    it('does so when it is minified', () => {
      bundle(`${command} --minify`, APP);
      expect(written(join(project, file))).toEqual(unbundled(APP));
    });

    it("makes the resources of a Pulumi program, beside Pulumi's own packages", () => {
      bundle(`${command} --external:@pulumi/*`, PROGRAM);
      const resources = written(join(project, file), PLUGINS);
      expect(resources).toEqual(unbundled(PROGRAM));
      expect(resources['resources.json']).toContain('publish.sh');
    });
  });

  it('does not miss Pulumi where a bundle has it inside', () => {
    const [[file, command] = ['', '']] = COMMANDS;
    bundle(`${command} --log-level=error`, PROGRAM);
    expect(written(join(project, file))).toEqual(unbundled(PROGRAM));
  });
});
