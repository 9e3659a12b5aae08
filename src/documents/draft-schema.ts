import type { SchemaNode } from '../settings/schema';

/** Definitions of a schema by their names. */
interface Definitions {
  readonly [name: string]: SchemaNode;
}

const REFERENCE = '#/definitions/';
const DRAFT = 'Draft';

/**
 * Adds the settings of many clusters to the schema of stack.yaml: the same keys, none of them needed at any depth but in items of lists. In a
 * file that has them, no cluster needs more than its name.
 *
 * @param file the schema of the file without them
 * @param definitions its definitions
 */
export function withDefaults(file: SchemaNode, definitions: Definitions): SchemaNode {
  const { ClusterProps: cluster = {} } = definitions;
  const drafts: { [name: string]: SchemaNode } = {};
  const { properties: { name = {}, ...others } = {} } = draftOf(cluster, definitions, drafts);
  const { description, ...rest } = draftOf(cluster, definitions, drafts);
  const { defaults, clusters } = file.properties ?? {};
  const { items, ...list } = clusters ?? {};
  const itemsOf = (name: string) => ({ properties: { clusters: { items: { $ref: `${REFERENCE}${name}` } } } });
  return {
    ...file,
    properties: {
      defaults: { $ref: `${REFERENCE}ClusterDefaults`, description: defaults?.description },
      clusters: list,
    },
    patternProperties: { '^x-': {} },
    if: { required: ['defaults'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: itemsOf('ClusterWithDefaults'),
    else: itemsOf('ClusterProps'),
    definitions: {
      ...definitions,
      ...drafts,
      ClusterDefaults: {
        ...rest,
        properties: others,
        description: 'Settings of every cluster that says nothing else.',
      },
      ClusterWithDefaults: { ...rest, properties: { name, ...others }, required: ['name'], description },
    },
  };
}

/** A mapping of which nothing is needed; the drafts of what it refers to are added to the others. */
function draftOf(schema: SchemaNode, definitions: Definitions, drafts: { [name: string]: SchemaNode }): SchemaNode {
  const { required, properties = {}, ...rest } = schema;
  const relaxed = Object.entries(properties).map(([key, property]): [string, SchemaNode] => {
    const name = property.$ref?.slice(REFERENCE.length) ?? '';
    const definition = definitions[name];
    if (definition === undefined || !needs(definition, definitions)) return [key, property];
    drafts[`${name}${DRAFT}`] ??= draftOf(definition, definitions, drafts);
    return [key, { ...property, $ref: `${REFERENCE}${name}${DRAFT}` }];
  });
  return { ...rest, properties: Object.fromEntries(relaxed) };
}

/** Whether a mapping needs a key, or one within it does. */
function needs({ required = [], properties = {} }: SchemaNode, definitions: Definitions): boolean {
  return (
    required.length > 0 ||
    Object.values(properties).some(({ $ref }) => {
      const definition = definitions[$ref?.slice(REFERENCE.length) ?? ''];
      return definition !== undefined && needs(definition, definitions);
    })
  );
}
