import { bindingFindings } from './bindings';
import { DRIFT_CODES, type DriftFinding } from './finding';
import { maskFindings } from './masks';
import { type DriftFacts, Places } from './places';
import { secretFindings } from './secrets';
import { undeclaredFindings, unreadableFindings } from './undeclared';
import { usersOf } from './users';
import { useFindings } from './uses';

/**
 * All differences between stack.yaml and a cluster: what is wrong first, and of that the worst.
 *
 * @param facts what is compared
 */
export function driftFindings(facts: DriftFacts): DriftFinding[] {
  const places = new Places(facts);
  const users = usersOf(facts.use);
  const all = [
    ...secretFindings(facts, places),
    ...bindingFindings(facts, places),
    ...useFindings(users, places),
    ...undeclaredFindings(facts, users, places),
    ...maskFindings(facts, users, places),
    ...unreadableFindings(facts),
  ];
  return all.sort((one, other) => rank(one) - rank(other) || (one.subject < other.subject ? -1 : 1));
}

function rank({ level, code }: DriftFinding): number {
  return (level === 'problem' ? 0 : DRIFT_CODES.length) + DRIFT_CODES.indexOf(code);
}
