/** How many mistakes a message lists. */
const MOST = 50;

/**
 * Lines about mistakes, of which there may be thousands: the first ones, and how many more there are.
 *
 * @param lines a line for each mistake
 */
export function listed(lines: string[]): string[] {
  const rest = lines.length - MOST;
  return rest > 0 ? [...lines.slice(0, MOST), `and ${rest} more ${rest === 1 ? 'mistake' : 'mistakes'}`] : lines;
}
