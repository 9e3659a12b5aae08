import type { Credential } from '../../../registry/credential';
import type { Subject } from '../subjects';

/** Where credentials come from: never a command line, never an environment. */
export interface Source {
  /** Whether tokens whose place others take, and shared accounts, must be in it too. */
  readonly hasPrevious: boolean;

  /**
   * Looks for a credential.
   *
   * @throws CliError when the source cannot be read. Its text never repeats what was read.
   */
  find(subject: Subject): Promise<Search>;
}

/** What a search came to. */
export interface Search {
  /** Credentials that differ, each with where it is. */
  readonly found: readonly Found[];
  /** Where none is that should be, in words after "no token for X: ". */
  readonly missing: readonly string[];
  /**
   * Why there need not be one.
   *
   * @default - there must be one
   */
  readonly excused?: string;
}

/** A credential, and where it was found. */
export interface Found {
  readonly credential: Credential;
  readonly where: string;
}

/** What differs of all that was found; where the same is found twice, both places are named. */
export function distinct(all: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const found of all) {
    const at = kept.findIndex(({ credential }) => credential.equals(found.credential));
    const same = kept[at];
    if (same === undefined) kept.push(found);
    else if (!same.where.split(', ').includes(found.where))
      kept[at] = { ...same, where: `${same.where}, ${found.where}` };
  }
  return kept;
}
