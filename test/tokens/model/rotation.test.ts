import fc from 'fast-check';
import { addDays, daysBetween } from '../../../src/settings/calendar';
import { expiryFor, nextRotation } from '../../../src/tokens/model/rotation';

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));
const every90 = { rotateEveryDays: 90 };
const every = fc.integer({ min: 1, max: 3650 });

describe('the next rotation', () => {
  it.each([
    ['by age', { created: '2025-05-20', ...every90 }, '2025-08-18'],
    ['by its own interval', { created: '2025-05-20', rotateEveryDays: 30 }, '2025-06-19'],
    ['14 days before it expires', { created: '2025-05-20', expires: '2025-08-01', ...every90 }, '2025-07-18'],
    ['by its expiry alone', { expires: '2025-08-15', ...every90 }, '2025-08-01'],
    [
      'on the day on which a very short one was made',
      { created: '2025-05-20', expires: '2025-05-27', ...every90 },
      '2025-05-20',
    ],
    ['not known', every90, undefined],
  ])('is %s', (_, token, wanted) => expect(nextRotation(token)).toBe(wanted));

  it('leaves at least 14 days of any life that has them, and is never before the token was made', () => {
    fc.assert(
      fc.property(day, every, fc.integer({ min: 14, max: 400 }), (created, rotateEveryDays, life) => {
        const expires = addDays(created, life);
        const next = nextRotation({ created, expires, rotateEveryDays }) ?? '';
        expect(daysBetween(next, expires)).toBeGreaterThanOrEqual(14);
        expect(daysBetween(created, next)).toBeGreaterThanOrEqual(0);
        expect(daysBetween(created, next)).toBeLessThanOrEqual(rotateEveryDays);
      }),
    );
  });

  it('comes after rotateEveryDays with the expiry that is advised, as far as a year allows', () => {
    fc.assert(
      fc.property(day, every, (created, rotateEveryDays) => {
        const expires = expiryFor(created, rotateEveryDays);
        expect(daysBetween(created, expires)).toBeLessThanOrEqual(365);
        const next = nextRotation({ created, expires, rotateEveryDays }) ?? '';
        expect(daysBetween(created, next)).toBe(Math.min(rotateEveryDays, 351));
      }),
    );
  });
});
