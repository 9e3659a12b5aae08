import type { SecuredStackProps } from '../../../src/stack/secured-stack-props';

/** A key of stack.yaml, what a value of it changes, and values that are wrong. */
export interface KeyCase {
  /** The key as seen from a cluster, such as `podLabels` or `images.spegel`. */
  readonly key: string;
  /** Other settings that the cluster needs for it. */
  readonly beside?: Partial<SecuredStackProps>;
  /** A value that is right. */
  readonly value: unknown;
  /** What the objects have with this value, and not without. */
  readonly changes: readonly Change[];
  /** Values that are wrong. */
  readonly wrong: readonly WrongValue[];
}

/** A part of an object. */
export interface Change {
  readonly kind: string;
  readonly name: string;
  /** JSON pointer of the part; an item of a list by its number or its name: `/spec/template/spec/containers/spegel`. */
  readonly pointer: string;
  /** What stands there; undefined when nothing does. */
  readonly value: unknown;
}

/** A value that is wrong, and all that is said about it: a line for each mistake, as the library writes them. */
export interface WrongValue {
  readonly value: unknown;
  readonly message: string | readonly string[];
}
