import { expectedValue } from '../settings/expected';
import { places, resolved, type SchemaNode } from '../settings/schema';

/**
 * The page about every key of stack.yaml, in Markdown.
 *
 * @param schema the JSON Schema of stack.yaml
 */
export function stackYamlPage(schema: SchemaNode): string {
  const mappings = new Map<string, SchemaNode>();
  for (const { place, schema: mapping } of places(schema).filter(({ place }) => !/^defaults\b/.test(place))) {
    const same = [...mappings].find(([, known]) => JSON.stringify(known) === JSON.stringify(mapping));
    if (same) mappings.delete(same[0]);
    mappings.set([...(same ? [same[0]] : []), place].join(', '), mapping);
  }
  return [
    '# stack.yaml',
    '',
    'Every key, from the types in `src/mirror/props`, `src/tokens/props` and `src/stack` by `npm run schema`. A key without a default is needed. `npm run synth` reads',
    '`stack.yaml`, or the file that `STACK` names: `STACK=path npm run synth`. It tells every mistake at once, with line and key.',
    'Of more than 50 mistakes it lists the first 50 and counts the rest; `secure-mirror synth --json` lists all.',
    'No secret belongs in this file: it names Secrets.',
    ...[...mappings].flatMap(([place, mapping]) => section(place, mapping, schema)),
    '',
  ].join('\n');
}

function section(place: string, mapping: SchemaNode, root: SchemaNode): string[] {
  const rows = Object.entries(mapping.properties ?? {}).map(([key, schema]) => {
    const [meaning = '', prose] = (schema.description ?? '').split('\n\nDefault: ');
    const needed = mapping.required?.includes(key);
    const value = schema.default === undefined ? undefined : `\`${schema.default}\``;
    return row(`\`${key}\``, form(resolved(schema, root)), needed ? 'needed' : (value ?? prose ?? ''), meaning);
  });
  return [
    '',
    `## ${place === '' ? 'The file' : place}`,
    '',
    ...(place === '' ? [] : [mapping.description ?? '', '']),
    row('Key', 'Value', 'Default', 'Meaning'),
    row('---', '---', '---', '---'),
    ...rows,
  ];
}

function form(schema: SchemaNode): string {
  if (schema.properties) return 'a mapping, see below';
  if (schema.format === 'ipv4') return 'an IPv4 address';
  return (schema.patternErrorMessage ?? expectedValue(schema)).replace('expected ', '');
}

function row(...cells: string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\s*\n\s*/g, ' ').replace(/([|<>])/g, '\\$1')).join(' | ')} |`;
}
