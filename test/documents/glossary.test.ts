import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ENTRIES } from '../../src/documents/generate-schema';
import { type Declaration, surfaceOf } from '../../src/documents/surface-page';

const ROOT = resolve(__dirname, '../..');

/** Words of the field that need no entry in the glossary, by where readers know them from. */
const FIELD = {
  Kubernetes:
    'image kind kubernetes label metadata object port selector group effect value apply ingress controller webhook approver annotation priority class ' +
    'affinity required during scheduling ignored execution match expression requirement update strategy rolling max unavailable cpu memory quantity compute level type',
  network: 'address dns dual ip iptables loopback prefix protocol request source socket content cidr',
  products: 'containerd prometheus monitoring monitor dashboard',
  'X.509': 'algorithm country duration key locality number organizational postal province renew serial street unit',
  'External Secrets Operator': 'interval property refresh',
  credentials: 'password user username',
  CI: 'build created delete developer expire nightly release workflow',
  code: 'arg constructor op operation patch hash i input option ref today warning',
  measures: 'day mebibyte percent second',
};

/** Plain English, in its plain meaning. */
const PLAIN =
  'allowed at before bind both by count every except extension extra fetched from inject link may of once other per preset private reason refused replaced rotate secured served to until use used';

/** A name as its words, each in the singular: `IngressControllerTokens` as ingress, controller, token. */
function wordsOf(name: string): string[] {
  const parts = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
  return parts
    .toLowerCase()
    .split(/[ _-]+/)
    .map(singular);
}

function singular(word: string): string {
  if (/(?:ss|us|dns|iptables|kubernetes)$/.test(word)) return word;
  if (/(?:ss|sh|ch|x)es$/.test(word)) return word.slice(0, -2);
  return word.replace(/ies$/, 'y').replace(/s$/, '');
}

/** The public names of a surface, each with its words. */
function names(surface: Declaration[]): [name: string, words: string[]][] {
  return surface.flatMap(({ name, members }) => [
    [name, wordsOf(name)] as [string, string[]],
    ...members.map((member): [string, string[]] => [`${name}.${member.name}`, wordsOf(member.name)]),
  ]);
}

const terms = [...readFileSync(resolve(ROOT, 'docs/glossary.md'), 'utf8').matchAll(/^\| ([^|]+) \| [^|]{3,} \|$/gm)];
const glossary = new Set(terms.flatMap(([, term = '']) => wordsOf(term)));
const listed = [...Object.values(FIELD), PLAIN].flatMap((words) => words.split(' '));
const known = new Set([...glossary, ...listed]);

const unknown = (surface: Declaration[]) =>
  names(surface).flatMap(([name, words]) => words.filter((word) => !known.has(word)).map((word) => `${name}: ${word}`));

const surface = Object.values(ENTRIES).flatMap((file) => surfaceOf(resolve(ROOT, file)));

describe('the words of exported names', () => {
  it('are in the glossary or words of the field', () => {
    expect(unknown(surface)).toEqual([]);
  });

  it('need every word of the lists here, which are neither in the glossary nor listed twice', () => {
    const used = new Set(names(surface).flatMap(([, words]) => words));
    expect(listed.filter((word) => !used.has(word))).toEqual([]);
    expect(listed.filter((word) => glossary.has(word))).toEqual([]);
    expect(listed.filter((word, index) => listed.indexOf(word) !== index)).toEqual([]);
  });

  it('are found in classes and in members', () => {
    const docs = { text: '', tags: new Map(), params: new Map() };
    const member = { name: 'doorsOfPeers', docs, type: 'string', optional: false, isStatic: false, isReadonly: true };
    const planted: Declaration = { name: 'ShadowProps', kind: 'interface', docs, from: [], members: [member] };
    expect(unknown([planted])).toEqual(['ShadowProps: shadow', 'ShadowProps.doorsOfPeers: door']);
  });
});
