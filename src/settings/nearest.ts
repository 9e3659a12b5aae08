import { closest, distance } from 'fastest-levenshtein';

/** The word that was probably meant, if one is near enough, or if it alone can be abbreviated so: `cfg` for `config`. */
export function nearest(word: string, words: string[]): string | undefined {
  const letters = (text: string) => [...text.toLowerCase().replace(/[-_ ]/g, '')].sort().join('');
  const alike = words.find((other) => letters(other) === letters(word));
  if (alike !== undefined || words.length === 0) return alike;
  const near = closest(word, words);
  if (distance(word, near) <= Math.max(word.length, near.length) / 3) return near;
  const [full, ...others] = words.filter((other) => isShort(word, other));
  return others.length === 0 ? full : undefined;
}

/** Whether a word begins as another, and has some of its letters in their order. */
function isShort(word: string, full: string): boolean {
  const letters = [...word.toLowerCase()];
  const rest = [...full.toLowerCase()];
  const found = letters.every((letter) => rest.includes(letter) && rest.splice(0, rest.indexOf(letter) + 1).length > 0);
  return letters.length > 1 && found && full.toLowerCase().startsWith(letters[0] ?? '');
}

/** Words, the ones that are most like a word first. */
export function nearestFirst(word: string, words: readonly string[]): string[] {
  return words
    .map((other) => ({ other, far: distance(word.toLowerCase(), other.toLowerCase()) }))
    .sort((one, two) => one.far - two.far)
    .map(({ other }) => other);
}
