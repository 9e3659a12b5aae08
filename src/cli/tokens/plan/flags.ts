import { quoted } from '../../../kubernetes/quoted';
import { stackWords } from '../../../stack/spelling';
import type { InputOptions } from '../input';

/** Options that say which stack this was asked about, each with a space before it. */
export function flagsOf(options: InputOptions): string {
  return stackWords(options)
    .map((word) => ` ${quoted(word)}`)
    .join('');
}
