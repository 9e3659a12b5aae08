import { counted } from '../../../settings/counted';
import { names } from '../../shared/table';
import { type Attempt, attempt, type Row } from '../row';
import type { Asked } from './ask';

/**
 * One attempt for each kind of address.
 *
 * @param row the row
 * @param asked what came of its requests
 * @param fix what to do where somebody answered
 */
export function strangerAttempts(row: Pick<Row, 'name' | 'expected'>, asked: readonly Asked[], fix: string): Attempt[] {
  return [...grouped(asked, ({ request }) => request.place)].map(([place, some]) => {
    const open = some.filter(({ answer }) => answer.isOpen);
    const from = names([...new Set(some.map((one) => one.from))]);
    const evidence = some.map(inWords);
    const tried = `${counted(some.length, 'request')} to ${place}, from pods on ${from}`;
    if (open.length > 0) {
      const seen = `${open.length} answered: ${names(open.map(inWords))}`;
      return attempt(row, 'problem', { tried, seen, evidence, fix });
    }
    return attempt(row, 'ok', { tried, seen: counts(some.map(({ answer }) => answer.words)), evidence });
  });
}

/** How often each text comes, the most frequent first. */
export function counts(texts: readonly string[]): string {
  const groups = [...grouped(texts, (text) => text)].sort(([, a], [, b]) => b.length - a.length);
  return groups.map(([text, all]) => `${all.length} ${text}`).join(', ');
}

function inWords({ from, request: { how, address, request }, answer }: Asked): string {
  const scheme = { plain: 'http://', tls: 'https://', router: 'libp2p ' }[how];
  return `${request} at ${scheme}${address} from ${from}: ${answer.words}`;
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}
