import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { templateText } from '../../src/stack/helm-chart';
import { yamlText } from '../../src/stack/yaml-text';
import { objectsOfTemplate } from './helm-reader';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.stringMatching(/^[{}"' \n-]*$/),
  fc.stringMatching(/^([a-z{}]+[ \n]+){0,4}$/),
);
const objectsOf = (manifest: string) => parseAllDocuments(manifest).map((document) => document.toJS());
const object = fc.record({ kind: text, data: fc.dictionary(fc.stringMatching(/^[a-z]+$/), text, { minKeys: 1 }) });

describe('a template of a chart', () => {
  it.each([
    ['{{ .token | toJson }}', '{{"{{"}} .token | toJson }}'],
    ['{{{- a -}}}', '{{"{{"}}{- a -}}}'],
    ['{{}}', '{{"{{"}}}}'],
    ['{ { a } }', '{ { a } }'],
  ])('has %s as %s', (manifest, template) => {
    expect(templateText(manifest)).toBe(template);
  });

  it('keeps what an object ends in', () => {
    const objects = ['a\n\n', 'a \n', 'a\n', 'a'].map((a) => ({ data: { a } }));
    expect(objectsOfTemplate(templateText(yamlText(objects)))).toEqual(objects);
  });

  it('gives the same objects, whatever texts they have', () => {
    fc.assert(
      fc.property(fc.array(object, { minLength: 1 }), (objects) => {
        const manifest = yamlText(objects);
        expect(objectsOfTemplate(templateText(manifest))).toEqual(objectsOf(manifest));
      }),
      { numRuns: 200 },
    );
  });
});
