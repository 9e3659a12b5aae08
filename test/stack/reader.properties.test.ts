import fc from 'fast-check';
import { stringify } from 'yaml';
import { SettingsError } from '../../src/settings/errors';
import { formatProblem } from '../../src/settings/rule-problem';
import { checkSecuredStack } from '../../src/stack/check-secured-stack';
import { parseStackFile } from '../../src/stack/reader';
import type { SecuredStackProps } from '../../src/stack/secured-stack-props';
import { stackFile } from './arbitraries';

/** The message of what a text is refused with; nothing when it is read. */
function messageOf(text: string): string | undefined {
  try {
    parseStackFile(text, 'stack.yaml');
    return undefined;
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
}

describe('the reader', () => {
  it('reads every right stack.yaml as what it was written from', () => {
    fc.assert(
      fc.property(stackFile(), (stack) => {
        expect(parseStackFile(stringify(stack), 'stack.yaml')).toEqual(stack);
      }),
      { numRuns: 20 },
    );
  });

  it('finds nothing in a right stack that its construct would refuse', () => {
    fc.assert(
      fc.property(stackFile(), ({ clusters }) => {
        expect(clusters.flatMap(checkSecuredStack)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses any text with nothing but its own error', () => {
    const yamlish = fc.stringMatching(/^([-?:,[\]{}#&*!|>'"%@ \n\ta-c<0-9.]|clusters|name: )*$/);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), yamlish), (text) => {
        expect(messageOf(text)).toBeDefined();
      }),
      { numRuns: 40 },
    );
  });

  it('refuses any document with nothing but its own error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (document) => {
        expect(messageOf(JSON.stringify(document))).toBeDefined();
      }),
      { numRuns: 40 },
    );
  });

  it('refuses a right stack.yaml with anything wrong put in it, and says so once for each place', () => {
    fc.assert(
      fc.property(changed(fc.jsonValue()), (document) => {
        const lines = messageOf(JSON.stringify(document))?.split('\n') ?? [];
        const places = lines.map((line) => line.split(': ').slice(0, 2).join(': '));
        expect(new Set(places).size).toBe(places.length);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['a token of Docker', 'dckr_pat_abcdefghijklmnop'],
    ['a token of GitHub', 'ghp_abcdefghijklmnop'],
    ['a PEM block', '-----BEGIN PRIVATE KEY-----\nabcdefghijklmnop\n-----END PRIVATE KEY-----'],
    ['a URL with a password', 'https://user:abcdefghijklmnop@registry.example.com'],
    ['a dockerconfigjson', '{"auths":{"registry.example.com":{"auth":"abcdefghijklmnop"}}}'],
  ])('never shows %s, wherever it is pasted', (_, secret) => {
    fc.assert(
      fc.property(changed(fc.constantFrom(secret, [secret], { password: secret }, { [secret]: 'x' })), (document) => {
        for (const text of [JSON.stringify(document), stringify(document), `${stringify(document)}\n}`]) {
          const message = messageOf(text);
          expect(message).toContain('a secret is named here, never pasted');
          expect(message).not.toContain('abcdefghijklmnop');
        }
      }),
      { numRuns: 10 },
    );
  });

  it('never shows a secret that the construct is given', () => {
    const secret = 'ghp_abcdefghijklmnop';
    fc.assert(
      fc.property(changed(fc.constantFrom(secret, [secret])), ({ clusters }) => {
        const problems = (Array.isArray(clusters) ? clusters : []).filter(isMapping).flatMap((cluster) => {
          return checkSecuredStack(cluster as unknown as SecuredStackProps);
        });
        expect(problems.map(formatProblem).join('\n')).not.toContain('abcdefghijklmnop');
      }),
    );
  });
});

/** A right stack.yaml in which one value, at any place, is another. */
function changed(value: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  return fc.tuple(stackFile(), fc.nat(), value).map(([stack, choice, other]) => {
    const places = placesOf(stack, []);
    return replaced(stack, places[choice % places.length] ?? [], other) as Record<string, unknown>;
  });
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function placesOf(value: unknown, path: string[]): string[][] {
  const below = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return below.flatMap(([key, item]) => [[...path, key], ...placesOf(item, [...path, key])]);
}

function replaced(value: unknown, [key, ...rest]: string[], other: unknown): unknown {
  if (key === undefined) return other;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, other);
  return copy;
}
