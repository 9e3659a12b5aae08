import type { Attempt, Row, VerifyContext } from '../row';
import { askAsStranger } from './ask';
import type { Request } from './requests';
import { strangerAttempts } from './verdict';

/** A row whose attacks are requests of a tenant's pod. */
export interface StrangerRow extends Row {
  readonly run: (context: VerifyContext) => Promise<Attempt[]>;
}

/**
 * A row whose attacks are requests of a tenant's pod.
 *
 * @param row what it is
 * @param requests the requests
 */
export function strangerRow(row: Omit<Row, 'run'>, requests: (context: VerifyContext) => Request[]): StrangerRow {
  return {
    ...row,
    run: async (context) =>
      strangerAttempts(row, await askAsStranger(context, row.name, requests(context)), CLOSE_THE_MIRROR),
  };
}

/** What to do where a stranger reads images. */
export const CLOSE_THE_MIRROR =
  'apply the manifests of the stack again, and see `secure-mirror status`; a plain Spegel answers everybody: docs/rotation.md says how to replace it';
