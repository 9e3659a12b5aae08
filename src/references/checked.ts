import { DEFAULT_NAMESPACE } from '../kubernetes/names';
import { checkProps } from '../schemas/check-props';
import { schemaOfType } from '../schemas/schemas';
import { isPlain, plainOf } from '../settings/plain';
import { refuse } from '../settings/refuse';
import type { RuleProblem } from '../settings/rule-problem';
import { type SchemaNode, schemaOf } from '../settings/schema';
import { checkSchema } from '../settings/schema-check';
import { meantKey } from '../settings/unknown-key';
import type { IObjectReference } from './object-reference';

/**
 * The name of an object that must be in the mirror's namespace.
 *
 * @param object the object
 * @param kind what it is
 * @param mirrorNamespace namespace of the mirror
 * @throws Error when it is somewhere else, or nowhere in particular
 */
export function nameInMirror(object: IObjectReference, kind: string, mirrorNamespace = DEFAULT_NAMESPACE): string {
  refuse(`a ${kind}`, checkSchema(plainOf({ mirrorNamespace }), MIRROR));
  const name = nameOf(object, kind);
  // Nothing is known of where an imported one is: its name is what was given.
  if (object.metadata === undefined) return name;
  const { namespace } = object.metadata;
  if (namespace === mirrorNamespace) return name;
  const where = namespace === undefined ? 'it has no namespace' : `it is in the namespace ${namespace}`;
  const place = `it must be in the mirror's, ${mirrorNamespace}`;
  throw new Error(
    `${kind} ${name}: ${where}, and ${place}: set metadata.namespace, or give the mirror's namespace here`,
  );
}

/**
 * The name of an object.
 *
 * @param object the object
 * @param kind what it must be, where it says what it is
 * @throws Error when it has none or is something else. The message does not show what it is: it may be a secret
 */
export function nameOf(object: IObjectReference & { readonly kind?: string }, kind: string): string {
  refuse(`a ${kind}`, shapeMistakes(object, kind));
  const { name, kind: actual = kind } = object ?? {};
  if (typeof name !== 'string' || name === '') {
    throw new Error(
      `expected a ${kind}, an object with a name; where only its name is known, give that to the factory for names`,
    );
  }
  if (actual !== kind) {
    throw new Error(
      `${actual} ${name}: expected a ${kind}; where this makes one, give its name to the factory for names`,
    );
  }
  return name;
}

/** What is wrong with an object's properties. It may have properties that a reference does not know, unless their names are near to known ones. */
function shapeMistakes(object: IObjectReference & { readonly kind?: string }, kind: string): RuleProblem[] {
  if (!isObject(object)) return [];
  const type = TYPES[kind] ?? 'IIssuerReference';
  const schema = schemaOfType(type);
  // By name, too: properties that come from another language need not be enumerable.
  const { name, kind: own, metadata } = object;
  const { namespace } = metadata ?? {};
  const placed = isObject(metadata)
    ? { ...likely(metadata, schemaOf(schema, 'metadata', schema), schema), namespace }
    : metadata;
  if (isPlain(object))
    return checkProps({ ...likely(object, schema, schema), name, kind: own, metadata: placed }, type);
  // The name of an object of a class is judged with its kind, which need not say itself what it is.
  return checkProps({ name: 'any', kind: own === undefined ? kind : own, metadata: placed }, type);
}

/** The properties of a plain object that a reference knows, or has names near to. Objects of the app have many others, so they give none. */
function likely(object: object, schema: SchemaNode = {}, root: SchemaNode): object {
  if (!isPlain(object)) return {};
  // Metadata have a name in every manifest: it is no namespace that was misspelt.
  const isNear = (key: string) => key !== 'name' && meantKey(key, schema) !== undefined;
  const isLikely = (key: string) => schemaOf(schema, key, root) !== undefined || isNear(key);
  return Object.fromEntries(Object.entries(object).filter(([key]) => isLikely(key)));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

const TYPES: { readonly [kind: string]: string } = {
  Secret: 'ISecretReference',
  ServiceAccount: 'IServiceAccountReference',
};

const OPTIONS = schemaOfType('OrganizationTokensOptions');

/** The namespace of the mirror, as it is known everywhere. */
const MIRROR: SchemaNode = {
  type: 'object',
  properties: { mirrorNamespace: schemaOf(OPTIONS, 'mirrorNamespace', OPTIONS) ?? {} },
};

/**
 * A name that was given to a factory.
 *
 * @param name the name
 * @param factory the factory, as programs call it
 * @throws Error when it is no text. A name that Pulumi knows later is checked by its component
 */
export function givenName(name: string, factory: string): string {
  const late = typeof name === 'object' && name !== null && '__pulumiOutput' in name;
  refuse(factory, late ? [] : checkProps({ name }, 'ISecretReference'));
  return name;
}
