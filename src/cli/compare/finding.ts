import type { Finding } from '../shared/finding';
import type { Difference } from './differences';
import type { RenderedObject } from './rendered';

/** Kinds of findings. */
export type CompareCode =
  | 'namespace'
  | 'name'
  | 'missing'
  | 'twice'
  | 'selector'
  | 'metadata'
  | 'image'
  | 'substituted'
  | 'changed';

/** A finding about rendered objects. */
export type CompareFinding = Finding<CompareCode>;

/** A difference and its object. */
export interface Found {
  readonly object: RenderedObject;
  readonly difference: Difference;
}
