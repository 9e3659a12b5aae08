import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ENTRIES } from '../../src/documents/generate-schema';
import { type Declaration, type Member, surfaceOf } from '../../src/documents/surface-page';

/** Types of others that may be in the public surface; `unknown` is any value of JSON, which a patch may put anywhere. */
const OTHERS = /^(string|number|boolean|undefined|unknown|readonly|Construct|ApiObject)$/;

/** Units of quantities, as their descriptions say them. */
const UNIT = /second|days|MiB|port|how many|connections|requests|tokens/i;

/** A member, and where it is. */
interface Placed {
  readonly place: string;
  readonly owner: Declaration;
  readonly member: Member;
}

/** Members of all declarations. */
function membersOf(surface: Declaration[]): Placed[] {
  return surface.flatMap((owner) =>
    owner.members.map((member) => ({ place: `${owner.name}.${member.name}`, owner, member })),
  );
}

const isProp = ({ owner, member }: Placed) => owner.kind !== 'class' && member.parameters === undefined;

/** What is wrong with the documents of a surface, in words. */
function gapsOf(surface: Declaration[]): string[] {
  const placed = membersOf(surface);
  const say = (list: Placed[], what: string) => list.map(({ place }) => `${place}: ${what}`);
  return [
    ...surface.filter(({ docs }) => docs.text === '').map(({ name }) => `${name}: no meaning`),
    ...say(
      placed.filter(({ member }) => member.name !== 'constructor' && member.docs.text === ''),
      'no meaning',
    ),
    ...say(
      placed.filter((one) => isProp(one) && one.member.optional && !one.member.docs.tags.get('default')),
      'no default',
    ),
    ...say(
      placed.filter((one) => isProp(one) && !one.member.optional && one.member.docs.tags.has('default')),
      'a default, but needed',
    ),
    ...say(
      placed.filter((one) => isProp(one) && one.member.type === 'number' && !UNIT.test(one.member.docs.text)),
      'no unit',
    ),
    ...say(
      placed.filter(({ member }) => !member.parameters && !member.isReadonly),
      'not readonly',
    ),
    ...placed.flatMap(({ place, member: { parameters = [], docs } }) => [
      ...parameters.filter(({ name }) => !docs.params.get(name)).map(({ name }) => `${place}: no meaning of ${name}`),
      ...[...docs.params.keys()]
        .filter((name) => !parameters.some((parameter) => parameter.name === name))
        .map((name) => `${place}: there is no ${name}`),
    ]),
  ];
}

const files = Object.entries(ENTRIES).map(
  ([name, file]) => [name, surfaceOf(resolve(__dirname, '../..', file))] as const,
);

describe.each(files)('what %s exports', (_name, surface) => {
  it('is documented: meanings, units, defaults, parameters', () => {
    expect(surface.length).toBeGreaterThan(2);
    expect(gapsOf(surface)).toEqual([]);
  });

  it('has each name once', () => {
    const names = surface.map((one) => one.name);
    expect(names.filter((one, index) => names.indexOf(one) !== index)).toEqual([]);
  });
});

it('each construct has an example', () => {
  const [[, surface] = ['', []]] = files;
  const constructs = surface.filter(({ kind, from }) => kind === 'class' && from.includes('Construct'));
  expect(constructs.map(({ name }) => name)).toEqual(expect.arrayContaining(['SecuredStack', 'ClusterTokens']));
  const bare = constructs.filter(({ name, docs }) => !docs.tags.get('example')?.includes(`new ${name}(`));
  expect(bare.map(({ name }) => name)).toEqual([]);
});

it('the library names no type that cannot be imported', () => {
  const [[, surface] = ['', []]] = files;
  const exported = new Set(surface.map(({ name }) => name));
  const types = [
    ...surface.flatMap(({ from }) => from),
    ...membersOf(surface).flatMap(({ member: { type, parameters = [] } }) => [
      type,
      ...parameters.map((one) => one.type),
    ]),
  ];
  // Neither texts, nor the names of keys.
  const words = types.flatMap((type) => type.replace(/'[^']*'|\w+(?=\??:)/g, '').match(/[A-Za-z_]\w*/g) ?? []);
  expect(words.length).toBeGreaterThan(100);
  expect([...new Set(words)].filter((word) => !exported.has(word) && !OTHERS.test(word))).toEqual([]);
});

describe('gaps', () => {
  const found = (source: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'secure-mirror-surface-'));
    try {
      writeFileSync(join(folder, 'index.ts'), "export * from './one';\n");
      writeFileSync(join(folder, 'one.ts'), source);
      return gapsOf(surfaceOf(join(folder, 'index.ts')));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it.each([
    ['export interface A {\n/** A. */\nreadonly a: string; }', ['A: no meaning']],
    ['/** A. */ export interface A {\nreadonly a: string; }', ['A.a: no meaning']],
    ['/** A. */ export interface A {\n/** A. */\nreadonly a?: string; }', ['A.a: no default']],
    ['/** A. */ export interface A {\n/** A.\n@default */\nreadonly a?: string; }', ['A.a: no default']],
    ['/** A. */ export interface A {\n/** A.\n@default 1 */\nreadonly a: string; }', ['A.a: a default, but needed']],
    ['/** A. */ export interface A {\n/** How long.\n@default 1 */\nreadonly a?: number; }', ['A.a: no unit']],
    ['/** A. */ export interface A {\n/** A. */\na: string; }', ['A.a: not readonly']],
    ['/** A. */ export type A = {\nreadonly a: string; }', ['A.a: no meaning']],
    [
      '/** A. */ export class A {\n/** A. */\npublic static of(a: string): string { return a; } }',
      ['A.of: no meaning of a'],
    ],
    ['/** A. */ export class A {\n/**\n@param b no */\nconstructor() {} }', ['A.constructor: there is no b']],
    ['/** A. */ export class A {\nprivate constructor() {}\nprivate a = 1; }', []],
    ['/** A. */ export class A {\n/** A. */\npublic readonly a: string; }', []],
  ])('are found: %j', (source, gaps) => {
    expect(found(source)).toEqual(gaps);
  });

  it('of what cannot be read are told', () => {
    expect(() => found('export const a = 1;')).toThrow(/an export of another kind/);
    expect(() => found('/** A. */ export function a() {}')).toThrow(/an export of another kind/);
  });
});
