import type { SchemaNode } from '../settings/schema';
import library from './library.schema.json';
import stack from './stack.schema.json';

/** The JSON Schema of stack.yaml. */
export const stackSchema: SchemaNode = stack;

/** All types: the ones of stack.yaml, and the ones that only programs use. */
const definitions = { ...stackSchema.definitions, ...(library as SchemaNode).definitions };

/** The schema of a type by its name, such as SecuredStackProps, with the definitions that it refers to. */
export function schemaOfType(name: string): SchemaNode {
  return { ...definitions[name], definitions };
}
