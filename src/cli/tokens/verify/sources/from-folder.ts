import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Credential } from '../../../registry/credential';
import { CliError } from '../../../shared/cli-error';
import { readPrivate } from '../../../shared/private-file';
import { tokenIn, withoutLineBreak } from '../../stdin';
import type { Subject } from '../subjects';
import type { Search, Source } from './source';

/** Tokens in files named like their Secrets. */
export class FromFolder implements Source {
  public readonly hasPrevious = false;

  /**
   * @param folder the folder
   * @throws CliError when it is not a folder
   */
  public constructor(private readonly folder: string) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw new CliError(
        'configuration',
        `--from-dir: ${folder} is no folder; expected one with a file for each token`,
      );
    }
  }

  public async find({ secret, user }: Subject): Promise<Search> {
    const path = join(this.folder, secret);
    const text = readPrivate(path);
    if (text === undefined) return { found: [], missing: [`there is no file ${path}`] };
    return {
      found: [{ credential: new Credential(user, tokenIn(withoutLineBreak(text), path)), where: path }],
      missing: [],
    };
  }
}
