/**
 * How the API server answers to what a guard finds. `Audit` admits it and leaves a trace in the audit log and in the API server's
 * metrics; `Warn` does that and warns the client too; `Deny` refuses it.
 */
export type GuardAction = 'Audit' | 'Warn' | 'Deny';

/** A guard. */
export interface GuardProps {
  /**
   * How the API server answers to what this guard finds.
   *
   * @default - guards.action
   */
  readonly action?: GuardAction;
}
