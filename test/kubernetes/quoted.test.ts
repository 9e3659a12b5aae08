import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { quoted } from '../../src/kubernetes/quoted';

describe('words for a shell', () => {
  it('come back as they were, whatever their characters', () => {
    const any = fc.string({ unit: 'binary-ascii' }).filter((word) => !word.includes('\0'));
    const word = fc.oneof(any, fc.string({ unit: fc.constantFrom("'", '"', '\\', '$', 'x') }));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (all) => {
        const out = execFileSync('bash', ['-c', `printf '%s\\0' ${all.map(quoted).join(' ')}`], { encoding: 'utf8' });
        expect(out).toBe(all.map((word) => `${word}\0`).join(''));
      }),
      { numRuns: 20 },
    );
  });

  it('stay plain where a shell sees nothing in them', () => {
    expect(['kubectl', '--context', 'user@cluster:1', './a,b=c%d+e'].map(quoted).join(' ')).toBe(
      'kubectl --context user@cluster:1 ./a,b=c%d+e',
    );
    expect(['', '~/x', '$HOME', "it's"].map(quoted)).toEqual(["''", "'~/x'", "'$HOME'", `'it'\\''s'`]);
  });
});
