/** Where a constant comes from. */
export type Origin = 'measured' | 'source' | 'assumption';

/** A number of the model that the code does not decide. */
export interface Constant {
  readonly value: number;
  /** Unit and meaning. */
  readonly what: string;
  readonly origin: Origin;
  /** How it was measured, where it is written, or why it is assumed. */
  readonly from: string;
}

function constant(origin: Origin) {
  return (value: number, what: string, from: string): Constant => ({ value, what, origin, from });
}

export const measured = constant('measured');
export const source = constant('source');
export const assumption = constant('assumption');
