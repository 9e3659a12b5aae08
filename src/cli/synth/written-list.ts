import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../shared/whole-file';

/** The list of the files that synth wrote into a folder; no tool takes it for a manifest. */
export const LIST = '.secure-mirror';
const HEAD = '# Written by secure-mirror synth, which replaces and removes these files.';
/** A file that synth writes: in the folder itself, or in the folder of a cluster. */
const WRITTEN = /^([a-z0-9-]+\/(templates\/)?)?([\w-][\w.-]*[.](yaml|json|md)|Kustomization|NOTES[.]txt)$/;

/** The list in a folder of the files that synth wrote: a line for each, with its owner where several share the folder. */
export class WrittenList {
  /** The owner's files. */
  public readonly files = new Set<string>();
  private readonly others = new Map<string, string>();
  private readonly owner: string;

  /**
   * @param folder the folder
   * @param owner what the files belong to; nothing where the folder is not shared
   */
  public constructor(
    private readonly folder: string,
    owner: string,
  ) {
    this.owner = encodeURI(owner);
    const path = join(folder, LIST);
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    // Of several lines about a file, the last one applies.
    const owners = new Map(lines.map((line) => line.split(' ')).map(([file = '', owner = '']) => [file, owner]));
    for (const [file, owner] of owners) {
      if (!WRITTEN.test(file)) continue;
      if (owner === this.owner) this.files.add(file);
      else this.others.set(file, owner);
    }
  }

  /**
   * Who else owns a file: their name, or nothing.
   *
   * @param file the file
   */
  public otherOwner(file: string): string {
    return this.others.get(file) ?? '';
  }

  /**
   * Adds files of the owner. Several threads may do so.
   *
   * @param files the files
   */
  public append(files: string[]): void {
    appendFileSync(join(this.folder, LIST), files.map((file) => `${line(file, this.owner)}\n`).join(''));
  }

  /**
   * Writes the list; what others own stays in it.
   *
   * @param files all files of the owner
   */
  public write(files: Iterable<string>): void {
    const owners = new Map(this.others);
    for (const file of files) owners.set(file, this.owner);
    mkdirSync(this.folder, { recursive: true });
    const lines = [...owners].map(([file, owner]) => line(file, owner));
    writeWhole(join(this.folder, LIST), `${[HEAD, ...lines.sort()].join('\n')}\n`);
  }
}

function line(file: string, owner: string): string {
  return owner === '' ? file : `${file} ${owner}`;
}
