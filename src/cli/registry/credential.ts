import { inspect } from 'node:util';

/** Whether two user names are one: registries do not distinguish upper from lower case. */
export function isSameUser(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** A user name and a token. Nothing that prints or serialises it shows the token. */
export class Credential {
  readonly #token: string;

  /**
   * @param user the user name
   * @param token the token
   */
  public constructor(
    public readonly user: string,
    token: string,
  ) {
    this.#token = token;
  }

  /** The header's value for basic authentication. */
  public get basic(): string {
    return `Basic ${Buffer.from(`${this.user}:${this.#token}`).toString('base64')}`;
  }

  /** Whether it is the same user with the same token. */
  public equals(other: Credential): boolean {
    return this.basic === other.basic;
  }

  public toJSON(): object {
    return { user: this.user };
  }

  public [inspect.custom](): string {
    return `Credential of ${this.user}`;
  }
}
