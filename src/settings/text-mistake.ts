import type { Path } from './path';

/** A mistake at a place in the text. */
export interface TextMistake {
  readonly offset: number;
  readonly path: Path;
  readonly message: string;
}
