import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { addDays, DAY, isDay } from '../../src/settings/calendar';

const schema = readFileSync(join(__dirname, '../../src/schemas/stack.schema.json'), 'utf8');

describe('days', () => {
  it.each(['2025-02-29', '2025-04-31', '2025-00-10', '2025-13-01', '2025-1-1', '20250101', '2025-01-01T00:00', ''])(
    'that do not exist are none: %s',
    (text) => expect(isDay(text)).toBe(false),
  );

  it('that exist are days', () => {
    const days = fc.integer({ min: -700_000, max: 2_900_000 }).map((count) => addDays('1970-01-01', count));
    fc.assert(fc.property(days, (day) => isDay(day)));
    expect(isDay('2024-02-29')).toBe(true);
  });

  it('have one form in the schema, which is that of the rules', () => {
    const patterns = [...schema.matchAll(/"pattern": "(\^\[0-9\]\{4\}-[^"]*)"/g)].map(([, pattern]) => pattern);
    expect(patterns.length).toBeGreaterThan(3);
    expect(new Set(patterns)).toEqual(new Set([DAY.source]));
  });
});
