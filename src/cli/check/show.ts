import { writeJunitFile } from '../shared/junit-file';
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
  if (junit !== undefined && junit !== '-') writeJunitFile(junit, asJunit(results));
}

/** https://no-color.org */
function isColoured(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}
