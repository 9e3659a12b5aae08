/**
 * A number of something: `1 token`, `2 tokens`.
 *
 * @param number how many
 * @param what one of them
 */
export function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
