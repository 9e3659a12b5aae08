import { metrics } from '../../mirror/contract/metrics';
import { jobs } from '../../monitoring/jobs';

/** Series of the mirror that the reader chooses. */
export const mirror = 'namespace="$namespace"';

/** Series of the nodes that the reader chooses. */
export const nodes = `${mirror}, node=~"$node"`;

/** The same of their proxies. */
export const proxies = `job="${jobs.proxy}", ${nodes}`;

/** A metric that each node has. */
const EVERYWHERE = `${metrics.registries.name}{${nodes}}`;

/**
 * What a query finds, or else the value 0 with a word, so that an empty panel means that nothing is measured.
 *
 * @param query the query
 * @param label the label that has the word
 * @param word the word
 */
export function orNothing(query: string, label: string, word: string): string {
  return `${query} or on () label_replace(0 * count(${EVERYWHERE}), "${label}", "${word}", "", "")`;
}

/**
 * On how many nodes a comparison holds.
 *
 * @param value a value of each node
 * @param comparison an operator of Prometheus and a number
 */
export function nodesWith(value: string, comparison: `${'==' | '>'} ${number}`): string {
  const [operator, number] = comparison.split(' ');
  return `sum(${value} ${operator} bool ${number})`;
}
