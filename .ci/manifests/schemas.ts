/**
 * Makes strict JSON Schemas for kubeconform, one for each kind, of Kubernetes' own description of its API and of definitions of custom
 * resources: node -r ./src/swc-register.cjs .ci/manifests/schemas.ts FOLDER
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

interface Schema {
  readonly [key: string]: unknown;
  readonly properties?: { readonly [name: string]: Schema };
}
interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}
interface CustomResource {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

const [, , folder = ''] = process.argv;
const METADATA = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
const definitions: { [name: string]: Schema } = {};

/** The folder of a Go module, which the checksum database vouches for; `.` is this one. */
function folderOf(name: string): string {
  if (name === '.') return __dirname;
  const answer = execFileSync('go', ['mod', 'download', '-json', name], { cwd: folder, encoding: 'utf8' });
  return JSON.parse(answer).Dir;
}

/** No property but the named ones; a text or a number where Kubernetes takes both. */
function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict);
  if (typeof value !== 'object' || value === null) return value;
  const { format, ...schema } = value as Schema;
  const both = format === 'int-or-string' || schema['x-kubernetes-int-or-string'] === true;
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true || 'additionalProperties' in schema;
  return {
    ...Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)])),
    ...(both && { type: ['string', 'integer'] }),
    ...(typeof schema.properties === 'object' && schema.type !== undefined && !open && { additionalProperties: false }),
  };
}

/** The definitions that a schema needs, and those that these need. */
function needed(schema: unknown, names = new Set<string>()): Set<string> {
  for (const [, name = ''] of JSON.stringify(schema).matchAll(/"#\/definitions\/([^"]+)"/g)) {
    if (names.has(name)) continue;
    needed(definitions[name], names.add(name));
  }
  return names;
}

function write({ group, version, kind }: Kind, schema: unknown): void {
  const used = Object.fromEntries([...needed(schema)].map((name) => [name, definitions[name]]));
  const file = join(folder, group || version, `${kind.toLowerCase()}_${version}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...(schema as Schema), definitions: used }));
}

function addKubernetes(text: string): void {
  const all: { [name: string]: Schema } = JSON.parse(text).definitions;
  for (const [name, schema] of Object.entries(all)) definitions[name] = strict(schema) as Schema;
  for (const [name, schema] of Object.entries(all)) {
    const kinds = (schema['x-kubernetes-group-version-kind'] ?? []) as Kind[];
    // Several kinds are options of requests.
    const [kind] = kinds;
    if (kind !== undefined && kinds.length === 1) write(kind, { $ref: `#/definitions/${name}` });
  }
}

function addCustomResources(text: string): void {
  for (const document of parseAllDocuments(text)) {
    const { kind, spec } = document.toJS() as CustomResource;
    if (kind !== 'CustomResourceDefinition') continue;
    for (const { name, schema } of spec.versions) {
      const all = strict(schema.openAPIV3Schema) as Schema;
      const properties = { ...all.properties, metadata: { $ref: `#/definitions/${METADATA}` } };
      write({ group: spec.group, version: name, kind: spec.names.kind }, { ...all, properties });
    }
  }
}

mkdirSync(folder, { recursive: true });
const sources: { [module: string]: string[] } = parse(readFileSync(join(__dirname, 'sources.yaml'), 'utf8'));
for (const [name, files] of Object.entries(sources)) {
  for (const file of files) {
    const text = readFileSync(join(folderOf(name), file), 'utf8');
    if (file.endsWith('.json')) addKubernetes(text);
    else addCustomResources(text);
  }
}
