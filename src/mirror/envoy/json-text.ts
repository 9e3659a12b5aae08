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
  const line = roomAfter(value, WIDTH - taken) < 0 ? undefined : JSON.stringify(value);
  if (line !== undefined && taken + line.length < WIDTH) return line;
  const inside = '\n'.padEnd(depth + 2);
  const items = Array.isArray(value)
    ? value.map((item) => lines(item, depth + 1))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => member(JSON.stringify(key), item, depth + 1));
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}${inside}${items.join(`,${inside}`)}${'\n'.padEnd(depth + 1)}${close}`;
}

/** How many characters at most are left on a line after a value: it stops counting where none is, so it is quick for large values. */
function roomAfter(value: unknown, room: number): number {
  if (typeof value === 'string') return room - value.length - 2;
  if (typeof value !== 'object' || value === null) return room - 1;
  let left = room - 2;
  for (const [key, item] of Object.entries(value)) {
    if (left < 0) return left;
    if (item !== undefined) left = roomAfter(item, Array.isArray(value) ? left : left - key.length - 3);
  }
  return left;
}

function member(key: string, value: unknown, depth: number): string {
  return `${key}:${lines(value, depth, depth + key.length + 1)}`;
}
