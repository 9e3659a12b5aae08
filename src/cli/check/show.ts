import { writeFileSync } from 'node:fs';
import { CliError } from '../shared/cli-error';
import { asJson, print } from '../shared/table';
import type { CheckOptions } from './options';
import type { CheckResult } from './run-checks';
import { asJunit, asText, asValue } from './text';

/**
 * Prints results as the user chose.
 *
 * @param results the results
 * @param options the choice
 */
export function show(results: readonly CheckResult[], { json, junit }: Pick<CheckOptions, 'json' | 'junit'>): void {
  if (junit === '-') print(asJunit(results).split('\n'));
  else if (json) print(asJson(asValue(results)));
  else process.stdout.write(`${asText(results, isColoured()).join('\n')}\n`);
  // Last, as a file that cannot be written must not take the results with it.
  if (junit !== undefined && junit !== '-') write(junit, asJunit(results));
}

/** https://no-color.org */
function isColoured(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new CliError('configuration', `--junit: ${file} cannot be written (${code})`);
  }
}
