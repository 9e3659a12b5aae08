/** Why a command cannot do its work, in the user's words. */
export class CliError extends Error {
  /**
   * @param kind the kind of error
   * @param message the sentence for the user
   */
  public constructor(
    public readonly kind: CliErrorKind,
    message: string,
  ) {
    super(message);
  }
}

/** Kinds of errors; `absent` means that an object, or a kind of objects, does not exist; `output` that a result could not be written. */
export type CliErrorKind =
  | 'kubectl'
  | 'configuration'
  | 'login'
  | 'unreachable'
  | 'forbidden'
  | 'absent'
  | 'output'
  | 'timeout'
  | 'interrupted'
  | 'other';

/** A signal ended the command. */
export class Interrupted extends CliError {
  /** @param exitCode the exit code of shells for the signal */
  public constructor(public readonly exitCode: number) {
    super('interrupted', 'interrupted');
  }
}
