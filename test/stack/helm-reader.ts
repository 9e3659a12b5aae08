import { parseDocument } from 'yaml';

/** All that a template of a chart says in Helm's language. */
const BRACES = '{{"{{"}}';

/**
 * The objects that Helm makes of a template, as far as charts of this package use its language: `.ci/run` asks a real Helm.
 *
 * @param template the text
 */
export function objectsOfTemplate(template: string): object[] {
  const [first = '', ...rest] = template.split(BRACES);
  const literal = [first, ...rest];
  if (literal.some((text) => text.includes('{{'))) throw new Error('the template says more than braces');
  // As Helm splits what it rendered, with each object's end taken off.
  const documents = literal
    .join('{{')
    .trim()
    .split(/(?:^|\s*\n)---\s*/);
  return documents
    .map((text) => parseDocument(`${text.trim()}\n`).toJS() as object | null)
    .filter((object) => object !== null);
}
