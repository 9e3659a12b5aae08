import { hits, hitsBelow, line } from './english';
import { PATTERNS } from './english-patterns';

/** Files and folders with texts. */
const CLEAN = [
  'bench',
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs',
  'examples',
  'imports',
  'src',
  'stack.yaml',
];

describe('the texts of the project', () => {
  it('say who does what', () => {
    expect(hitsBelow(CLEAN).map(line)).toEqual([]);
  });
});

const PLANTED: Record<string, string[]> = {
  'is wanted': ['a duration is wanted, such as 720h', 'Two keys are wanted.', 'no answer was wanted'],
  'that is there': [
    'a Secret that is there',
    'what was there before',
    'The file is there already.',
    'the Secret is not there',
    'It is there, and is not overwritten.',
  ],
  'is to': ['The file is to be read by root.', 'Pods are not to pull with it.', 'hostPorts were to be had'],
  whoever: ['Whoever reads it can pull.', 'a hint for whomever it concerns'],
  'is told, is said': ['Every mistake is told at once.', 'as was said before', 'it must be told four names'],
  'must not hold': ['A name must not hold a colon.'],
  'a bare "that" or "those"': [
    'Peers save bytes, not that.',
    'only those of the proxy',
    'tokens, and those that push',
    'its Secret and that of a push token',
    'It does that, but slowly.',
  ],
  counts: [
    'the longest key counts, not the order',
    'an answer that counts as a refusal',
    'expired ones count until you delete them',
  ],
  'comes due': ['what comes due next week', 'two tokens came due'],
  'is none': ['a day that is none', 'A name is none, if it is empty.'],
  'a clause as subject (what ..., who ...)': [
    'What no peer has comes from the origin.',
    'Who holds the key can read everything.',
    'It stops. What is left is an empty folder;',
  ],
};

const FINE = [
  'There is none.',
  'Envoy counts connections per source.',
  'The first step is to write the file.',
  'What is left?',
  'What you need: a CA.',
  'What the agent writes.',
  'None of those keys, and neither of that kind.',
  'so that of two states every mixture works',
  'The two cannot be told apart.',
  'the agent reads the counts.',
  'ports.agent.counts,',
  'There are two files there are no names for.',
  'It adds to what exists, in order to keep it.',
  'The message says `a number is wanted`.',
  'Which one is it? The one that is therefore best.',
];

const found = (text: string, file = 'page.md') => hits(text, file).map(({ pattern }) => pattern);

describe('the matcher', () => {
  it('has a planted sentence for each pattern', () => {
    expect(Object.keys(PLANTED).slice(0, -1)).toEqual(PATTERNS.map(({ name }) => name));
  });

  it.each(Object.entries(PLANTED).flatMap(([name, texts]) => texts.map((text) => [name, text])))(
    'finds "%s" in "%s"',
    (name, text) => {
      expect(found(text)).toContain(name);
      expect(found(`// ${text}`, 'code.ts')).toContain(name);
      expect(found(`# ${text}`, 'code.sh')).toContain(name);
    },
  );

  it.each(FINE)('finds nothing in "%s"', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('says file, line and what to write instead', () => {
    const [hit] = hits('# Page\n\nFirst line,\nand whoever reads it.\n', 'docs/page.md');
    expect(hit).toMatchObject({ file: 'docs/page.md', line: 4, pattern: 'whoever' });
    expect(hit && line(hit)).toMatch(/^docs\/page[.]md:4: whoever: .*reads it[.]\n {4}better: name the person/);
  });

  it.each([
    ['a paragraph', 'page.md', 'The key is\nwanted here.'],
    ['an item of a list', 'page.md', '- one\n- The key is\n  wanted here.'],
    ['a cell of a table', 'page.md', '| a | b |\n|---|---|\n| x | a key is wanted |'],
    ['a comment in an example', 'page.md', '```yaml\nkey: 1   # a key is wanted\n```'],
    ['a comment of several lines', 'code.ts', '/**\n * The key is\n * wanted here.\n */'],
    ['a message', 'code.ts', "const text = 'a day is wanted, such as 2025-06-15';"],
    ['a message in two parts', 'code.ts', "throw new Error(\n  'a day is ' +\n  'wanted');"],
    ['a message of the agent', 'code.sh', 'log "a day is wanted"'],
  ])('reads %s', (_, file, text) => {
    expect(found(text, file)).toEqual(['is wanted']);
  });

  it('joins no sentences of different items, cells or paragraphs', () => {
    expect(found('The key is\n\nwanted here.\n\n- is\n- wanted\n\n| is | wanted |\n')).toEqual([]);
  });
});
