import { closest, distance } from 'fastest-levenshtein';

/** The word that was probably meant, if one is near enough. */
export function nearest(word: string, words: string[]): string | undefined {
  const letters = (text: string) => [...text.toLowerCase().replace(/[-_ ]/g, '')].sort().join('');
  const alike = words.find((other) => letters(other) === letters(word));
  if (alike !== undefined || words.length === 0) return alike;
  const near = closest(word, words);
  return distance(word, near) <= Math.max(word.length, near.length) / 3 ? near : undefined;
}
