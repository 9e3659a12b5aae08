/** Seconds of the units in which people write durations. */
const UNITS: { readonly [unit: string]: number } = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

const PART =
  /(\d{1,9})(?:(s)(?:ec|ecs|econds?)?|(m)(?:in|ins|inutes?)?|(h)(?:ours?)?|(d)(?:ays?)?|(w)(?:eeks?)?|(y)(?:ears?)?)(?![a-z])/gi;

/**
 * A duration as a pattern takes it, for one that it refuses: `2160h` for `90d` and for `2160h0m0s`.
 *
 * @param text what was given
 * @param pattern what is taken
 */
export function respelt(text: string, pattern: RegExp): string | undefined {
  const parts = [...text.replaceAll(' ', '').matchAll(PART)];
  if (parts.map(([part]) => part).join('') !== text.replaceAll(' ', '')) return undefined;
  const seconds = parts.reduce(
    (sum, [, count, ...units]) => sum + Number(count) * (UNITS[units.join('').toLowerCase()] ?? 0),
    0,
  );
  return ['h', 'm', 's']
    .map((unit) => [seconds / (UNITS[unit] ?? 1), unit] as const)
    .filter(([count]) => Number.isInteger(count))
    .map(([count, unit]) => `${count}${unit}`)
    .find((spelling) => pattern.test(spelling));
}
