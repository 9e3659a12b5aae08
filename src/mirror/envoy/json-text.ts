/** As in the source code. */
const WIDTH = 120;

/**
 * JSON for Envoy that people review as a difference: what fits a line of 120 characters takes one line, and each level begins one blank
 * deeper. An indentation of two blanks, and a line for each value, made more than half of the ConfigMap blanks.
 *
 * @param value plain values, as for `JSON.stringify`
 */
export function jsonText(value: unknown): string {
  return `${lines(value, 0)}\n`;
}

function lines(value: unknown, depth: number, taken = depth): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const items = Array.isArray(value)
    ? value.map((item) => lines(item, depth + 1))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => member(JSON.stringify(key), item, depth + 1));
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  // A value of several lines is too long for one, so what it is in is too.
  const room = items.reduce((room, { length }) => room - length - 1, WIDTH - taken - 1);
  if (room > 0 || items.length === 0) return `${open}${items.join(',')}${close}`;
  const inside = '\n'.padEnd(depth + 2);
  return `${open}${inside}${items.join(`,${inside}`)}${'\n'.padEnd(depth + 1)}${close}`;
}

function member(key: string, value: unknown, depth: number): string {
  return `${key}:${lines(value, depth, depth + key.length + 1)}`;
}
