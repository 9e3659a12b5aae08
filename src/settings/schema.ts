/** A part of a JSON Schema: the keywords that the check knows. */
export interface SchemaNode {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly $ref?: string;
  /** Several where a value may be of either. */
  readonly type?: string | string[];
  readonly anyOf?: SchemaNode[];
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
  readonly patternProperties?: { readonly [pattern: string]: SchemaNode };
  /** Keys that a mapping cannot have, and why, as people look for them. */
  readonly refusedKeys?: { readonly [key: string]: string };
  readonly additionalProperties?: boolean | SchemaNode;
  readonly if?: SchemaNode;
  readonly then?: SchemaNode;
  readonly else?: SchemaNode;
  readonly definitions?: { readonly [name: string]: SchemaNode };
}

/**
 * A schema, or the definition that it refers to. A text or a mapping is both in one.
 *
 * @param schema the schema
 * @param root the schema of the whole, which has the definitions
 */
export function resolved(schema: SchemaNode, root: SchemaNode): SchemaNode {
  const name = schema.$ref?.replace('#/definitions/', '');
  const found = name === undefined ? schema : { ...root.definitions?.[name] };
  if (found.anyOf === undefined) return found;
  const { anyOf, ...common } = found;
  const forms = anyOf.map((form) => resolved(form, root));
  return Object.assign({}, ...forms, common, { type: forms.flatMap(({ type }) => type ?? []) });
}

/**
 * The schema of the value under a key of a mapping.
 *
 * @param parent the mapping's schema
 * @param key the key
 * @param root the schema of the whole
 */
export function schemaOf(parent: SchemaNode, key: string, root: SchemaNode): SchemaNode | undefined {
  const [pattern] = Object.entries(parent.patternProperties ?? {}).filter(([name]) => new RegExp(name, 'u').test(key));
  const other = pattern === undefined ? parent.additionalProperties : pattern[1];
  const schema = Object.hasOwn(parent.properties ?? {}, key) ? parent.properties?.[key] : other;
  return typeof schema === 'object' ? resolved(schema, root) : undefined;
}

/** The keys of a mapping and where it stands in the whole, such as `servers[].tls`. */
export interface Place {
  readonly place: string;
  readonly schema: SchemaNode;
}

/** Places that were found, by their schema: thousands of unknown keys ask for them. */
const knownPlaces = new WeakMap<SchemaNode, readonly Place[]>();

/**
 * Every mapping with keys of its own, in order.
 *
 * @param root the schema of the whole
 */
export function places(root: SchemaNode): readonly Place[] {
  const found = knownPlaces.get(root) ?? placesIn(root);
  knownPlaces.set(root, found);
  return found;
}

function placesIn(root: SchemaNode): Place[] {
  const found: Place[] = [];
  const visit = (schema: SchemaNode, place: string) => {
    const node = resolved(schema, root);
    if (node.items) visit(node.items, `${place}[]`);
    if (!node.properties) return;
    // The form of a property may depend on another property; people read the strict one.
    const strict = Object.entries(node.else?.properties ?? {}).map(([key, value]) => [
      key,
      { ...node.properties?.[key], ...value },
    ]);
    const properties: { readonly [key: string]: SchemaNode } = { ...node.properties, ...Object.fromEntries(strict) };
    found.push({ place, schema: { ...node, properties } });
    for (const [key, value] of Object.entries(properties)) visit(value, place === '' ? key : `${place}.${key}`);
  };
  visit(root, '');
  return found;
}
