import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';
import type { SchemaNode } from '../settings/schema';
import { apiPage } from './api-page';
import { dashboard } from './dashboard/dashboard';
import { withDefaults } from './draft-schema';
import { networkPage } from './network-page';
import { platformsPage } from './platforms-page';
import { stackYamlPage } from './stack-yaml-page';
import { surfaceOf } from './surface-page';

const ROOT = resolve(__dirname, '../..');

/** Entries of the package, as they are imported, and their files. */
export const ENTRIES: { readonly [name: string]: string } = {
  'secure-mirror': 'src/index.ts',
  'secure-mirror/pulumi': 'src/pulumi/index.ts',
};

/** Types of what programs give to the library's constructs and factories. */
export const LIBRARY_TYPES = [
  'SecuredStackProps',
  'ClusterTokensProps',
  'OrganizationTokensOptions',
  'PullTokenOptions',
  'PushTokenOptions',
  'IngressControllerTokensProps',
  'PodsOptions',
  'ISecretReference',
  'IServiceAccountReference',
  'IIssuerReference',
];

/** The JSON Schema of stack.yaml, from the type StackFile, and what the library takes beside that. */
export function generateSchemas(): { readonly stack: SchemaNode; readonly library: SchemaNode } {
  const generator = createGenerator({
    path: resolve(ROOT, 'src/index.ts'),
    tsconfig: resolve(ROOT, 'tsconfig.json'),
    sortProps: false,
    skipTypeCheck: true,
    extraTags: ['patternErrorMessage', 'refusedKeys'],
  });
  const definitionsOf = (types: string[]) => {
    const found = types.map((type) => generator.createSchema(type).definitions);
    return polished(Object.assign({}, ...found)) as { readonly [name: string]: SchemaNode };
  };
  const $schema = 'http://json-schema.org/draft-07/schema#';
  const { StackFile = {}, ...found } = definitionsOf(['StackFile']);
  const definitions = Object.fromEntries(
    Object.entries(found).filter(([name]) => /^\w+$/.test(name) && name !== 'ClusterDefaults'),
  );
  const others = Object.entries(definitionsOf(LIBRARY_TYPES)).filter(([name]) => !Object.hasOwn(definitions, name));
  return {
    stack: {
      $schema,
      $id: 'stack.schema.json',
      title: 'stack.yaml of secure-mirror',
      ...withDefaults(StackFile, definitions),
    },
    library: {
      $schema,
      $id: 'library.schema.json',
      title: 'what programs give to secure-mirror, beside the definitions of stack.schema.json',
      definitions: Object.fromEntries(others),
    },
  };
}

/** What is generated from the types and tables, by its file. */
export function generatedFiles(): { readonly [file: string]: string } {
  const { stack, library } = generateSchemas();
  return {
    'src/schemas/stack.schema.json': `${JSON.stringify(stack, null, 2)}\n`,
    'src/schemas/library.schema.json': `${JSON.stringify(library, null, 2)}\n`,
    'src/monitoring/dashboard/dashboard.json': `${JSON.stringify(dashboard(), null, 2)}\n`,
    'docs/stack-yaml.md': stackYamlPage(stack),
    'docs/platforms.md': platformsPage(),
    'docs/network-policies.md': networkPage(),
    'docs/api.md': apiPage(
      Object.entries(ENTRIES).map(([name, file]) => ({ name, declarations: surfaceOf(resolve(ROOT, file)) })),
    ),
  };
}

/** Moves defaults in prose, such as `- none`, to the description: they are no values. Joins broken lines. */
function polished(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(polished);
  if (typeof node !== 'object' || node === null) return node;
  const { default: value, ...rest } = node as SchemaNode;
  const prose = typeof value === 'string' && value.startsWith('- ') ? value.slice(2) : undefined;
  const entries = Object.entries(rest).map(([key, part]) => [
    key,
    key === 'patternErrorMessage' ? oneLine(part) : polished(part),
  ]);
  const schema = inOrder(Object.fromEntries(entries) as SchemaNode);
  if (prose !== undefined) return { ...schema, description: `${schema.description}\n\nDefault: ${oneLine(prose)}` };
  return value === undefined ? schema : { ...schema, default: value };
}

/** Required keys in the order of the properties, in which the check reports missing ones. */
function inOrder(schema: SchemaNode): SchemaNode {
  const { required, properties = {} } = schema;
  if (!Array.isArray(required)) return schema;
  return { ...schema, required: Object.keys(properties).filter((key) => required.includes(key)) };
}

function oneLine(text: unknown): string {
  return String(text).replace(/\s*\n\s*/g, ' ');
}

if (require.main === module) {
  for (const [file, content] of Object.entries(generatedFiles())) writeFileSync(resolve(ROOT, file), content);
}
