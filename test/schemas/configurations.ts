import { places, type SchemaNode, schemaOf } from '../../src/settings/schema';
import { checkSchema } from '../../src/settings/schema-check';
import { changedAt, type Mapping, type Place, placesIn, samples } from './samples';

/** A key of a mapping in a configuration. */
export interface Step extends Place {
  readonly configuration: Mapping;
  readonly key: string;
  /** The key as the schema knows it, such as `tokens[].pull[].owner`. */
  readonly name: string;
}

/**
 * Every key that a schema knows, each in a configuration that has it. Right ones are given; keys that none of them has are added with
 * values that the schema takes, so that the rules take them too where they can.
 *
 * @param schema the schema
 * @param bases right configurations
 * @param isRight whether a configuration is right
 */
export function steps(schema: SchemaNode, bases: Mapping[], isRight: (value: unknown) => boolean): Step[] {
  const found = new Map<string, Step>();
  const take = (configuration: Mapping) => {
    for (const place of placesIn(configuration, schema)) {
      for (const key of Object.keys(place.value).filter((name) => place.value[name] !== undefined)) {
        const name = nameOf([...place.path, key]);
        if (!found.has(name)) found.set(name, { ...place, configuration, key, name });
      }
    }
  };
  const configurations = [...bases];
  bases.forEach(take);
  // What is added may have keys itself.
  for (const configuration of configurations) {
    for (const { path, schema: node } of placesIn(configuration, schema)) {
      for (const key of Object.keys(node.properties ?? {})) {
        if (found.has(nameOf([...path, key]))) continue;
        const made = samples(schemaOf(node, key, schema) ?? {}, found.size, schema).map((value) =>
          changedAt(configuration, path, (mapping) => ({ ...mapping, [key]: value })),
        );
        const taken = made.find(isRight) ?? made.find((value) => checkSchema(value, schema).length === 0);
        configurations.push(taken as Mapping);
        take(taken as Mapping);
      }
    }
  }
  return [...found.values()];
}

/** The keys that a schema knows. */
export function keysOf(schema: SchemaNode): string[] {
  return places(schema).flatMap(({ place, schema: node }) =>
    Object.keys(node.properties ?? {}).map((key) => (place === '' ? key : `${place}.${key}`)),
  );
}

function nameOf(path: Place['path']): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}
