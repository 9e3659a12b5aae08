const UNITS: readonly (readonly [unit: string, size: number])[] = [
  ['TB', 1e12],
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
];

/** Bytes for people, in decimal units as registries and the kubelet count them. */
export function inUnits(bytes: number): string {
  const [unit, size] = UNITS.find(([, size]) => bytes >= size) ?? ['B', 1];
  return `${size === 1 ? bytes : (bytes / size).toFixed(1)} ${unit}`;
}

/** A share in percent: never 100 or 0 that is not quite so. */
export function percent(part: number, whole: number): string {
  const exact = whole === 0 ? 0 : (100 * part) / whole;
  const rounded = Math.round(exact);
  const shown = part < whole ? Math.min(rounded, 99) : rounded;
  return `${part > 0 ? Math.max(shown, 1) : 0} %`;
}
