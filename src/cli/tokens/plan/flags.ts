import { quoted } from '../../../config/quoted';
import type { InputOptions } from '../input';

/** Options that printed commands need too, as this one was asked with them; each with a space before it. */
export function flagsOf({ file, cluster }: InputOptions): string {
  const all = [...(file === 'stack.yaml' ? [] : ['--file', file]), ...(cluster ? ['--cluster', cluster] : [])];
  return all.map((word) => ` ${quoted(word)}`).join('');
}
