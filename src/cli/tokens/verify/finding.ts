/** A sentence about a credential. */
export interface Finding {
  /** `problem` and `unknown` make the command fail. */
  readonly level: 'problem' | 'unknown' | 'note' | 'ok';
  /** Which credential. */
  readonly label: string;
  /** @default - the credential wherever it is used */
  readonly repository?: string;
  readonly text: string;
}
