import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import { apiPage } from './api-page';
import { platformsPage } from './platforms-page';
import type { SchemaNode } from './schema';
import { stackYamlPage } from './stack-yaml-page';
import { surfaceOf } from './surface-page';

const ROOT = resolve(__dirname, '../..');

/** Entries of the package, as they are imported, and their files. */
export const ENTRIES: { readonly [name: string]: string } = {
  'secure-mirror': 'src/index.ts',
  'secure-mirror/pulumi': 'src/pulumi/index.ts',
};

/** The JSON Schema of stack.yaml, from the type StackFile. */
export function generateSchema(): SchemaNode {
  const generated = createGenerator({
    path: resolve(__dirname, 'stack-file.ts'),
    tsconfig: resolve(ROOT, 'tsconfig.json'),
    type: 'StackFile',
    topRef: false,
    sortProps: false,
    skipTypeCheck: true,
    extraTags: ['patternErrorMessage'],
  }).createSchema('StackFile');
  const { $schema, ...schema } = generated;
  return polished({ $schema, $id: 'stack.schema.json', title: 'stack.yaml of secure-mirror', ...schema }) as SchemaNode;
}

/** What is generated from the types, by its file. */
export function generatedFiles(): { readonly [file: string]: string } {
  const schema = generateSchema();
  return {
    'src/config/stack.schema.json': `${JSON.stringify(schema, null, 2)}\n`,
    'docs/stack-yaml.md': stackYamlPage(schema),
    'docs/platforms.md': platformsPage(),
    'docs/api.md': apiPage(
      Object.entries(ENTRIES).map(([name, file]) => ({ name, declarations: surfaceOf(resolve(ROOT, file)) })),
    ),
  };
}

/** Moves defaults that are told in prose, such as `- none`, to the description: they are no values. Joins broken lines. */
function polished(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(polished);
  if (typeof node !== 'object' || node === null) return node;
  const { default: value, ...rest } = node as SchemaNode;
  const prose = typeof value === 'string' && value.startsWith('- ') ? value.slice(2) : undefined;
  const entries = Object.entries(rest).map(([key, part]) => [
    key,
    key === 'patternErrorMessage' ? oneLine(part) : polished(part),
  ]);
  const schema = Object.fromEntries(entries) as SchemaNode;
  if (prose !== undefined) return { ...schema, description: `${schema.description}\n\nDefault: ${oneLine(prose)}` };
  return value === undefined ? schema : { ...schema, default: value };
}

function oneLine(text: unknown): string {
  return String(text).replace(/\s*\n\s*/g, ' ');
}

if (require.main === module) {
  for (const [file, content] of Object.entries(generatedFiles())) writeFileSync(resolve(ROOT, file), content);
}
