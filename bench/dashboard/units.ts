const BINARY = ['', 'Ki', 'Mi', 'Gi'];
const TIMES: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, 'days'],
  [3600, 'hours'],
  [60, 'min'],
  [1, 's'],
  [0.001, 'ms'],
];

/**
 * A value with its unit, as a person reads it.
 *
 * @param value the value
 * @param unit Grafana's name of the unit
 */
export function text(value: number, unit: string | undefined): string {
  if (unit === 'percentunit') return `${short(100 * value)} %`;
  if (unit === 'reqps') return `${short(value)}/s`;
  if (unit === 'binBps') {
    const power = powerOf(value);
    return `${short(value / 1024 ** power)} ${BINARY[power]}B/s`;
  }
  if (unit === 's') {
    const [seconds, name] = TIMES.find(([least]) => Math.abs(value) >= least) ?? [1, 's'];
    return `${short(value / seconds)} ${name}`;
  }
  if (unit === 'short' || unit === undefined) return short(value);
  throw new Error(`no text for the unit ${unit}`);
}

/**
 * By what an axis divides its values, so that its round numbers are round in their unit too.
 *
 * @param highest the highest value
 * @param unit Grafana's name of the unit
 */
export function divisor(highest: number, unit: string | undefined): number {
  return unit === 'binBps' ? 1024 ** powerOf(highest) : 1;
}

function powerOf(bytes: number): number {
  return Math.min(BINARY.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
}

/** Three digits at most, but for whole numbers. */
function short(value: number): string {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)));
}
