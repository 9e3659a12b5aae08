import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Files } from '../../stack/synth';
import { CliError } from '../shared/cli-error';
import { names } from '../shared/table';

/** The list of what was written into a folder; no tool takes it for a manifest. */
const LIST = '.secure-mirror';
const HEAD = '# Written by secure-mirror synth, which replaces and removes these files.';
/** A file that is written: in the folder itself, or in that of a cluster. */
const WRITTEN = /^([a-z0-9-]+\/)?[\w-][\w.-]*[.](yaml|json|md)$/;
/** What `kubectl apply` takes out of a folder. */
const APPLIED = /[.](ya?ml|json)$/;

const REASONS: { readonly [code: string]: string } = {
  EACCES: 'you may not write there',
  EEXIST: 'a file is in the way',
  EISDIR: 'a folder is in the way',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is in the way',
  EROFS: 'it can only be read',
};

/**
 * A folder that files are written into, again and again. What was written is listed in it, so that a later time removes what is no
 * longer made, and never anything of others.
 */
export class OutputFolder {
  private readonly listed: string[];

  /**
   * @param path the folder; it need not be there
   * @throws CliError when it is none
   */
  public constructor(public readonly path: string) {
    this.listed = this.trying(() => this.readList());
  }

  /**
   * Sees that nothing of others is in the way of files, or would be applied with them.
   *
   * @param files their names, from this folder
   * @throws CliError naming what is in the way
   */
  public check(files: string[]): void {
    const folders = new Set(files.map(dirname).filter((folder) => folder !== '.'));
    const beside = [...folders].flatMap((folder) => this.trying(() => this.filesIn(folder)).filter(isApplied));
    const there = files.filter((file) => existsSync(join(this.path, file)));
    const strange = [...new Set([...beside, ...there])].filter((file) => !this.listed.includes(file)).sort();
    if (strange.length === 0) return;
    const which = names(strange.map((file) => join(this.path, file)));
    const message = `${which}: in the way, as it was not written by this command: remove it, or name another folder with --output`;
    throw new CliError('configuration', message);
  }

  /**
   * Writes files, and removes those of an earlier time that are no longer made.
   *
   * @param files the files, by their names from this folder
   * @param concerned which files of an earlier time this is about
   * @returns what was removed
   * @throws CliError when it cannot be done
   */
  public write(files: Files, concerned: (file: string) => boolean): string[] {
    const stale = this.listed.filter((file) => concerned(file) && !Object.hasOwn(files, file));
    const kept = this.listed.filter((file) => !stale.includes(file));
    if (Object.keys(files).length === 0 && this.listed.length === 0) return [];
    this.trying(() => {
      // Whatever ends it half-way, all that was written is listed.
      this.writeList([...this.listed, ...Object.keys(files)]);
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(this.path, file)), { recursive: true });
        writeFileSync(join(this.path, file), text);
      }
      for (const file of stale) this.remove(file);
      this.writeList([...kept, ...Object.keys(files)]);
    });
    return stale.map((file) => join(this.path, file));
  }

  private remove(file: string): void {
    rmSync(join(this.path, file), { force: true });
    const folder = join(this.path, dirname(file));
    if (dirname(file) !== '.' && existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
  }

  private filesIn(folder: string): string[] {
    const path = join(this.path, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
  }

  private readList(): string[] {
    const path = join(this.path, LIST);
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    return lines.filter((line) => WRITTEN.test(line));
  }

  private writeList(files: string[]): void {
    mkdirSync(this.path, { recursive: true });
    writeFileSync(join(this.path, LIST), `${[HEAD, ...[...new Set(files)].sort()].join('\n')}\n`);
  }

  private trying<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      const { code = '', path = this.path } = error as NodeJS.ErrnoException;
      if (code === '') throw error;
      throw new CliError('configuration', `${path}: ${REASONS[code] ?? code}; name another folder with --output`);
    }
  }
}

function isApplied(file: string): boolean {
  return APPLIED.test(file);
}
