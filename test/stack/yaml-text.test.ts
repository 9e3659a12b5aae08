import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { yamlText } from '../../src/stack/yaml-text';

/** What YAML 1.1 could take for something else than a text, or that needs a form of its own. */
const odd = [
  ...[
    '',
    ' ',
    '~',
    '-',
    '- a',
    '?',
    ':',
    'a: b',
    'a:',
    'a #b',
    '#',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    '%',
    '@',
    '`',
    '{}',
    '[',
    ',',
    "'",
    '"',
  ],
  ...['y', 'N', 'yes', 'No', 'on', 'OFF', 'true', 'False', 'null', 'NULL', '.inf', '-.Inf', '.nan', '<<', '='],
  ...[
    '1',
    '-1',
    '+1',
    '01',
    '0o7',
    '0x1F',
    '0b1',
    '1_000',
    '1.5',
    '1e3',
    '.5',
    '5.',
    '190:20:30',
    '2025-06-15',
    '2025-06-15 10:00:00',
  ],
  ...[
    '---',
    '--- a',
    '...',
    'a\n---\nb',
    'a\nb',
    'a\nb\n',
    'a\n\n',
    '\na',
    '\n',
    ' a\nb',
    'a \nb ',
    'a\n b\n',
    'a\n ',
    '\ta\nb',
    'a\n\n\nb\n',
  ],
  ...[
    'a\r\nb',
    'a\u0000',
    'é\nü\n',
    '\u2028',
    '😀',
    'a\tb',
    'x'.repeat(200),
    `${'word '.repeat(60)}end`,
    `a: ${'long '.repeat(60)}\nb`,
  ],
];
const text = fc.oneof(
  fc.constantFrom(...odd),
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^[a-zA-Z0-9./ \n:-]*$/),
);
const key = fc
  .oneof(fc.constantFrom(...odd), fc.stringMatching(/^[a-zA-Z0-9./-]*$/))
  .filter((key) => !/[\n\r]|^(---|[.][.][.])/.test(key) && key !== '__proto__');
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.oneof(
      fc.integer(),
      fc.double().filter((number) => !Object.is(number, -0)),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
}));

describe('the text of manifests', () => {
  it.each(odd)('is what cdk8s writes, with %j', (text) => {
    const objects = [
      { a: text, [text.replace(/[\n\r]/g, '')]: [text, [text, { b: text, c: { d: text } }]] },
      { e: text },
    ];
    expect(yamlText(objects)).toBe(Yaml.stringify(...objects));
  });

  it('is what cdk8s writes, whatever the values are', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(key, value)), (objects) => {
        expect(yamlText(objects)).toBe(Yaml.stringify(...objects));
      }),
      { numRuns: 300 },
    );
  });
});
