import library from './library.schema.json';
import generated from './stack.schema.json';

/** A part of a JSON Schema: the keywords that generate-schema.ts makes use of. */
export interface SchemaNode {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly default?: string | number | boolean;
  readonly enum?: string[];
  readonly pattern?: string;
  readonly patternErrorMessage?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly items?: SchemaNode;
  readonly properties?: { readonly [key: string]: SchemaNode };
  readonly required?: string[];
  readonly additionalProperties?: boolean | SchemaNode;
  readonly definitions?: { readonly [name: string]: SchemaNode };
}

/** The JSON Schema of stack.yaml. */
export const stackSchema: SchemaNode = generated;

/** All types: those of stack.yaml, and those that only programs use. */
const known: SchemaNode = { definitions: { ...stackSchema.definitions, ...(library as SchemaNode).definitions } };

/** The schema of a type by its name, such as SecuredStackProps. */
export function schemaOfType(name: string): SchemaNode {
  return resolved({ $ref: `#/definitions/${name}` });
}

/** A schema, or the definition that it refers to. */
export function resolved(schema: SchemaNode, root: SchemaNode = known): SchemaNode {
  const name = schema.$ref?.replace('#/definitions/', '');
  return name === undefined ? schema : { ...root.definitions?.[name] };
}

/** The schema of the mapping under a key. */
export function schemaOf(parent: SchemaNode, key: string): SchemaNode | undefined {
  const schema = Object.hasOwn(parent.properties ?? {}, key) ? parent.properties?.[key] : parent.additionalProperties;
  return typeof schema === 'object' ? resolved(schema) : undefined;
}

/** The keys of a mapping and where it stands in the file, such as `clusters[].entry`. */
export interface Place {
  readonly place: string;
  readonly schema: SchemaNode;
}

/** Places that were found, by their schema: thousands of unknown keys ask for them. */
const knownPlaces = new WeakMap<SchemaNode, readonly Place[]>();

/** Every mapping with keys of its own below a schema, that of the file unless another is given, in order. */
export function places(root: SchemaNode = stackSchema): readonly Place[] {
  const found = knownPlaces.get(root) ?? placesIn(root);
  knownPlaces.set(root, found);
  return found;
}

function placesIn(root: SchemaNode): Place[] {
  const found: Place[] = [];
  const visit = (schema: SchemaNode, place: string) => {
    const node = resolved(schema, root.definitions === undefined ? known : root);
    if (node.items) visit(node.items, `${place}[]`);
    if (!node.properties) return;
    found.push({ place, schema: node });
    for (const [key, value] of Object.entries(node.properties)) visit(value, place === '' ? key : `${place}.${key}`);
  };
  visit(root, '');
  return found;
}
