import { listed } from './listed';
import { formatProblem, type RuleProblem } from './rule-problem';

/**
 * Refuses what a program gave, if anything is wrong with it.
 *
 * @param whose what it was given to, as the program calls it
 * @param problems what is wrong
 * @throws Error with all of it, a line for each
 */
export function refuse(whose: string, problems: RuleProblem[]): void {
  if (problems.length === 0) return;
  throw new Error([`${whose}: these settings are wrong`, ...listed(problems.map(formatProblem))].join('\n'));
}
