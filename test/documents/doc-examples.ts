import { resolve } from 'node:path';
import ts from 'typescript';
import { ENTRIES } from '../../src/documents/generate-schema';
import { surfaceOf } from '../../src/documents/surface-page';

/** The classes that an entry of the package exports, with the `@example` of each, if it has one. */
export function examplesOf(entry: string): [name: string, code: string | undefined][] {
  return surfaceOf(resolve(__dirname, '../..', ENTRIES[entry] ?? ''))
    .filter(({ kind }) => kind === 'class')
    .map(({ name, docs }) => [name, docs.tags.get('example')]);
}

/**
 * Runs an example.
 *
 * @param code the example
 * @param names what it uses without an import
 */
export function runExample(code: string, names: { readonly [name: string]: unknown }): void {
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(code, { compilerOptions: options });
  new Function('exports', ...Object.keys(names), outputText)({}, ...Object.values(names));
}
