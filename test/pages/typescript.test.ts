import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { BLOCKS, type Block, ROOT } from './blocks';

/** What the blocks use without an import, by the package that has it; the rest is ours. */
const IMPORTS = {
  cdk8s: ['App', 'Chart', 'JsonPatch'],
  'cdk8s-plus-28': ['Secret', 'ServiceAccount'],
  '@pulumi/kubernetes': ['Provider'],
};
const VALUES = {
  app: "import('cdk8s').App",
  chart: "import('cdk8s').Chart",
  stack: "import('secure-mirror').SecuredStack",
  config: "import('@pulumi/pulumi').Config",
  provider: "import('@pulumi/kubernetes').Provider",
  authentication: "import('secure-mirror').AuthenticationProps",
  secrets: "import('secure-mirror/pulumi').SecuredStackArgs['secrets']",
};

/** The entry of the package whose section of the page has a block. */
function entryOf({ page, line }: Block): string {
  const before = readFileSync(join(ROOT, page), 'utf8').split('\n').slice(0, line);
  const section = before.filter((text) => text.startsWith('## ')).at(-1) ?? '';
  return /pulumi/i.test(section) ? 'secure-mirror/pulumi' : 'secure-mirror';
}

/** A block as a module, with what it uses from the text around it. */
function moduleOf(block: Block): string {
  const { text } = block;
  const code = text.replace(/'[^']*'|\/\/.*/g, '').replace(/\.\w+|\w+:/g, '');
  const uses = (name: string) => new RegExp(`\\b${name}\\b`).test(code);
  const declares = (name: string) =>
    new RegExp(`(const|let) [^=]*\\b${name}\\b|import .*\\b${name}\\b.* from `).test(text);
  const free = [...new Set(code.match(/\b[A-Z]\w*/g) ?? [])].filter((name) => !declares(name));
  const others = Object.entries(IMPORTS).map(
    ([from, names]) => [from, free.filter((name) => names.includes(name))] as const,
  );
  const known = others.flatMap(([, names]) => names);
  const imports = [...others, [entryOf(block), free.filter((name) => !known.includes(name))] as const];
  return [
    ...imports.map(([from, names]) => `import { ${names.join(', ')} } from '${from}';`),
    ...Object.entries(VALUES)
      .filter(([name]) => uses(name) && !declares(name))
      .map(([name, type]) => `declare const ${name}: ${type};`),
    text,
  ].join('\n');
}

/** What the compiler says of modules in the folder of the clone. */
function mistakesIn(modules: { readonly [file: string]: string }): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: ['src/index.ts'] }, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (file) => modules[file] ?? readFile(file);
  host.fileExists = (file) => file in modules || fileExists(file);
  const { getSourceFile } = host;
  host.getSourceFile = (file, target, ...rest) =>
    file in modules ? ts.createSourceFile(file, modules[file] ?? '', target) : getSourceFile(file, target, ...rest);
  const program = ts.createProgram(Object.keys(modules), { ...options, noEmit: true, noUnusedLocals: false }, host);
  return Object.keys(modules).flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  });
}

describe('TypeScript of the pages', () => {
  const blocks = BLOCKS.filter(({ language }) => language === 'ts');
  const file = ({ page, line }: Block) => join(ROOT, `${page.replace(/\W/g, '-')}-${line}.ts`);

  it('compiles, and the compiler would find a key that does not exist', () => {
    expect(blocks.length).toBeGreaterThan(15);
    const modules = Object.fromEntries(blocks.map((block) => [file(block), moduleOf(block)]));
    const [[first, code = ''] = ['', '']] = Object.entries(modules);
    const planted = join(ROOT, 'planted.ts');
    modules[planted] = code.replace(/registries:/, 'registeries:');
    expect(first).not.toBe('');
    const mistakes = mistakesIn(modules);
    expect(mistakes.filter((mistake) => !mistake.startsWith(planted))).toEqual([]);
    expect(mistakes.join()).toContain("'registeries' does not exist");
  });
});
