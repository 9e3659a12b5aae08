import type { Declaration, Docs, Member } from './surface-page';

/** An entry of the package, and what it exports. */
export interface ApiEntry {
  /** As it is imported. */
  readonly name: string;
  readonly declarations: Declaration[];
}

/** Places on the page, by the names of what they explain. */
type Anchors = ReadonlyMap<string, string>;

/**
 * The page about the library, in Markdown.
 *
 * @param entries the entries of the package
 */
export function apiPage(entries: ApiEntry[]): string {
  return [
    '# API',
    '',
    'All that the package exports, from the doc comments in `src` by `npm run schema`. A property without a default is needed, and so is',
    'a parameter without `?`. Properties that are keys of stack.yaml have the values that [stack.yaml](stack-yaml.md) says. In Python the',
    'names are written in its own way: `mutualTls` is `mutual_tls`.',
    ...entries.flatMap((entry) => part(entry, entries)),
    '',
  ].join('\n');
}

function part({ name, declarations }: ApiEntry, entries: ApiEntry[]): string[] {
  const others = entries.flatMap((entry) => (entry.name === name ? [] : entry.declarations));
  const known = new Map(declarations.map((one) => [one.name, anchorOf(one, entries)]));
  for (const one of others) if (!known.has(one.name)) known.set(one.name, anchorOf(one, entries));
  // Classes come first: programs make objects with them.
  const sorted = [true, false].flatMap((first) => declarations.filter(({ kind }) => (kind === 'class') === first));
  return [
    '',
    `## ${name}`,
    '',
    row('Name', 'What it is'),
    row('---', '---'),
    ...sorted.map((one) => row(linked(one.name, known), firstSentence(one.docs))),
    ...sorted.flatMap((one) => section(one, known)),
  ];
}

/** Where a declaration is on the page: of two with one name, the second one's place ends in -1. */
function anchorOf(declaration: Declaration, entries: ApiEntry[]): string {
  const same = entries.flatMap(({ declarations }) => declarations).filter(({ name }) => name === declaration.name);
  const index = same.indexOf(declaration);
  return `#${declaration.name.toLowerCase()}${index > 0 ? `-${index}` : ''}`;
}

function section(declaration: Declaration, known: Anchors): string[] {
  const { name, kind, docs, members } = declaration;
  const properties = members.filter(({ parameters }) => parameters === undefined);
  const methods = members.filter(({ parameters }) => parameters !== undefined);
  const typed = (type: string) => linked(type, known);
  return [
    '',
    `### ${name}`,
    '',
    ...wrapped(oneLine(docs.text)),
    ...basis(declaration, typed),
    ...example(docs),
    ...methods.flatMap((method) => ['', ...call(method, name, typed)]),
    ...table(
      properties.filter(({ isStatic }) => isStatic),
      (member) => [`\`${name}.${member.name}\``, plain(member.type), oneLine(member.docs.text)],
    ),
    ...(kind === 'class'
      ? table(
          properties.filter(({ isStatic }) => !isStatic),
          ({ name: own, type, docs: said }) => [`\`${own}\``, typed(type), oneLine(said.text)],
        )
      : propertyTable(properties, typed)),
  ];
}

/** The example, as code. */
function example({ tags }: Docs): string[] {
  const code = tags.get('example');
  return code === undefined ? [] : ['', '```ts', code, '```'];
}

/** What a type stands for, or has beside its own properties. A type that depends on a parameter has words only. */
function basis({ kind, from, members }: Declaration, typed: (type: string) => string): string[] {
  if (kind === 'class' || from.length === 0 || from.some((type) => / extends /.test(type))) return [];
  // A union of many lines begins with a bar.
  if (kind === 'type' && members.length === 0) {
    return ['', `It is ${from.map((type) => typed(type.replace(/^\| /, ''))).join(' and ')}.`];
  }
  return ['', `It has all of ${from.map(typed).join(' and ')}.`];
}

function table(members: Member[], cells: (member: Member) => string[]): string[] {
  if (members.length === 0) return [];
  return [
    '',
    row('Property', 'Value', 'Meaning'),
    row('---', '---', '---'),
    ...members.map((one) => row(...cells(one))),
  ];
}

function propertyTable(members: Member[], typed: (type: string) => string): string[] {
  if (members.length === 0) return [];
  return [
    '',
    row('Property', 'Type', 'Default', 'Meaning'),
    row('---', '---', '---', '---'),
    ...members.map(({ name, type, docs }) => row(`\`${name}\``, typed(type), defaultOf(docs), oneLine(docs.text))),
  ];
}

function call({ name, docs, parameters = [], type }: Member, owner: string, typed: (type: string) => string): string[] {
  const shown = parameters.map((one) => `${one.name}${one.optional ? '?' : ''}`).join(', ');
  const made = name === 'constructor';
  const head = made ? `\`new ${owner}(${shown})\`` : `\`${owner}.${name}(${shown})\``;
  const said = [oneLine(docs.text), made ? '' : `Gives ${typed(type)}.`].filter((text) => text !== '').join(' ');
  const thrown = docs.tags.get('throws');
  return [
    `${head}${said === '' ? '' : `: ${said}`}`,
    '',
    ...parameters.map((one) => `- \`${one.name}\` (${typed(one.type)}): ${oneLine(docs.params.get(one.name) ?? '')}`),
    ...(thrown === undefined ? [] : [`- throws ${oneLine(thrown)}`]),
  ];
}

function defaultOf({ tags }: Docs): string {
  const value = tags.get('default');
  if (value === undefined) return 'needed';
  return value.startsWith('- ') ? oneLine(value.slice(2)) : `\`${value}\``;
}

function firstSentence({ text }: Docs): string {
  return oneLine(text).replace(/([.:]) [A-Z`].*$/, '.');
}

/** A type, with links to what is on this page. */
function linked(type: string, known: Anchors): string {
  const parts = oneLine(type).split(/([A-Za-z_]\w*)/);
  return parts.map((part) => (known.has(part) ? `[${part}](${known.get(part)})` : plain(part))).join('');
}

/** A paragraph in lines of at most 140 characters. */
function wrapped(text: string): string[] {
  return text
    .replace(/(?=\S)(.{1,140})(?:\s+|$)/g, '$1\n')
    .trimEnd()
    .split('\n');
}

function plain(text: string): string {
  return text.replace(/([<>*[\]])/g, '\\$1');
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}

function row(...cells: string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
}
