import type { SchemaNode } from '../settings/schema';
import library from './library.schema.json';
import stack from './stack.schema.json';

const { if: _, then: __, else: alone, ...rest }: SchemaNode = stack;

/** The JSON Schema of stack.yaml, of a file whose clusters have all that they need: the reader puts in the defaults. */
export const stackSchema: SchemaNode = {
  ...rest,
  properties: { ...rest.properties, clusters: { ...rest.properties?.clusters, ...alone?.properties?.clusters } },
};

/** All types: the ones of stack.yaml, and the ones that only programs use. */
const definitions = { ...stackSchema.definitions, ...(library as SchemaNode).definitions };

/** The schema of a type by its name, such as SecuredStackProps, with the definitions that it refers to. */
export function schemaOfType(name: string): SchemaNode {
  return { ...definitions[name], definitions };
}
