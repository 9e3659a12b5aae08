import { createHash } from 'node:crypto';
import { contractFile } from './contract-file';
import { scripts } from './scripts';
import { files } from './settings';

/** The node agent's program. */
interface Program {
  /** The scripts and their contract, by the names of their files. */
  readonly data: { readonly [file: string]: string };
  /** Their hash. */
  readonly hash: string;
}

let made: Program | undefined;

/** The same for every cluster, so it is made once: hashing the scripts took as long as making the rest of the agent. */
export function program(): Program {
  made ??= make();
  return made;
}

function make(): Program {
  const data = { ...scripts(), [files.contract]: contractFile() };
  return { data, hash: createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16) };
}
