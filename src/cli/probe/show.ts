import { writeJunitFile } from '../shared/junit-file';
import { printText } from '../shared/output';
import { asJson, print } from '../shared/table';
import type { CheckResult } from './run-checks';
import { asJunit, asText, asValue, type Wording } from './text';

export type { Wording };

/** How results are printed. */
export interface ShowOptions {
  readonly json: boolean;
  /** File for JUnit XML; - prints it. */
  readonly junit?: string;
}

/**
 * Prints results as the user chose.
 *
 * @param results the results
 * @param options the choice
 * @param wording the command's words
 */
export function show(results: readonly CheckResult[], { json, junit }: ShowOptions, wording: Wording): void {
  if (junit === '-') print(asJunit(results, wording).split('\n'));
  else if (json) print(asJson(asValue(results, wording)));
  else printText(`${asText(results, wording, isColoured()).join('\n')}\n`);
  // Last, as a file that cannot be written must not take the results with it.
  if (junit !== undefined && junit !== '-') writeJunitFile(junit, asJunit(results, wording));
}

/** https://no-color.org */
function isColoured(): boolean {
  return process.stdout.isTTY === true && !process.env.NO_COLOR;
}
