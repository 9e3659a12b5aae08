/** A sentence about a credential. */
export interface Finding {
  /** `wrong` and `unasked` make the command fail. */
  readonly level: 'wrong' | 'unasked' | 'note' | 'ok';
  /** Which credential. */
  readonly label: string;
  /** @default - the credential wherever it is used */
  readonly repository?: string;
  readonly text: string;
}
