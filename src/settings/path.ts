import { secretKind } from './secrets';

/** Where a value is: keys and list positions, from the outside in. */
export type Path = (string | number)[];

/** A path as one reads it: `servers[0].tls.port`. A key that looks like a secret is hidden. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, step) => text + formatStep(step, text === ''), '');
}

function formatStep(step: string | number, first: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  if (secretKind(step) !== undefined) return first ? '(hidden)' : '.(hidden)';
  if (!/^[A-Za-z_][-\w]*$/.test(step)) return `[${JSON.stringify(shortened(step))}]`;
  return first ? shortened(step) : `.${shortened(step)}`;
}

/** A text, cut where it gets long. */
export function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
