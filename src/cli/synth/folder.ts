import { existsSync, lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Files } from '../../stack/files';
import { KUSTOMIZATIONS } from '../../stack/kustomization';
import { CliError } from '../shared/cli-error';
import { writeReason } from '../shared/output';
import { names } from '../shared/table';
import { writeWhole } from '../shared/whole-file';
import { LIST, WrittenList } from './written-list';

/** The files of a folder that `kubectl apply` applies. */
const APPLIED = /[.](ya?ml|json)$/;

/**
 * A folder into which synth writes files, again and again. A list in it names the files, so that a later run removes the ones that
 * are no longer made, and never a file of others.
 */
export class OutputFolder {
  private readonly list: WrittenList;

  /**
   * @param path the folder; synth makes it where it does not exist
   * @param option the option by which users name another
   * @param owner what the files belong to, where others may write into the same folder
   * @throws CliError when it is no folder
   */
  public constructor(
    public readonly path: string,
    private readonly option: string,
    owner = '',
  ) {
    this.list = this.trying(() => new WrittenList(path, owner));
  }

  /**
   * Checks that no file of others is in the way, or would be applied with the files that synth writes. With a kustomization of the user's
   * in a folder, that file says what is applied. A link in place of a file is of others too: it may lead anywhere.
   *
   * @param folders the folders for manifests, from this folder
   * @param files the other files, from this folder
   * @throws CliError naming the files in the way
   */
  public check(folders: string[], files: string[]): void {
    const links = [LIST, ...files, ...this.list.files].filter((file) => this.find(file)?.isSymbolicLink());
    if (links.length > 0) throw this.inTheWay(new Set(links), 'it is a link');
    const applied = folders.filter((folder) => !this.hasKustomization(folder));
    const beside = applied.flatMap((folder) => this.trying(() => this.filesIn(folder)).filter(isApplied));
    const existing = files.filter((file) => this.find(file));
    const foreign = [...beside, ...existing].filter((file) => !this.list.files.has(file));
    if (foreign.length === 0) return;
    const owner = foreign.map((file) => this.list.otherOwner(file)).find((owner) => owner !== '');
    const why = owner === undefined ? 'did not write it' : `wrote it for another output folder, ${owner}`;
    throw this.inTheWay(new Set(foreign), `this command ${why}`);
  }

  /**
   * Whether a folder has a kustomization of the user's.
   *
   * @param folder the folder, from this one
   */
  public hasKustomization(folder: string): boolean {
    const names = KUSTOMIZATIONS.map((name) => join(folder, name));
    return names.some((file) => !this.list.files.has(file) && this.find(file));
  }

  /**
   * Begins to write. The list is written before the files: if something ends it half-way, the list has all written files.
   *
   * @throws CliError when it fails
   */
  public begin(): void {
    this.trying(() => this.list.write(this.list.files));
  }

  /**
   * Writes files. Several threads may do so, each its own files.
   *
   * @param files the files, by their names from this folder
   * @throws CliError when it fails
   */
  public write(files: Files): void {
    const names = Object.keys(files);
    if (names.length === 0) return;
    this.trying(() => {
      this.list.append(names);
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(this.path, file)), { recursive: true });
        writeWhole(join(this.path, file), text);
      }
    });
  }

  /**
   * Removes files of an earlier run that are no longer made.
   *
   * @param written the files that were written
   * @param concerned which files of an earlier run it may remove
   * @returns the removed files
   * @throws CliError when it fails
   */
  public end(written: string[], concerned: (file: string) => boolean): string[] {
    const made = new Set(written);
    const stale = [...this.list.files].filter((file) => concerned(file) && !made.has(file));
    const gone = new Set(stale);
    if (made.size === 0 && this.list.files.size === 0) return [];
    this.trying(() => {
      for (const file of stale) this.remove(file);
      this.list.write([...this.list.files, ...made].filter((file) => !gone.has(file)));
    });
    return stale.map((file) => join(this.path, file));
  }

  private remove(file: string): void {
    rmSync(join(this.path, file), { force: true });
    for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
      const path = join(this.path, folder);
      if (this.find(folder)?.isDirectory() && readdirSync(path).length === 0) rmdirSync(path);
    }
  }

  /** What has a name from this folder, if anything: a file, or a link. */
  private find(name: string): Stats | undefined {
    try {
      return lstatSync(join(this.path, name));
    } catch {
      return undefined;
    }
  }

  private inTheWay(files: ReadonlySet<string>, why: string): CliError {
    const which = names([...files].sort().map((file) => join(this.path, file)));
    const message = `${which}: in the way, as ${why}: remove it, or name another folder with ${this.option}`;
    return new CliError('configuration', message);
  }

  private filesIn(folder: string): string[] {
    const path = join(this.path, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
  }

  private trying<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      const { code = '', path = this.path } = error as NodeJS.ErrnoException;
      if (code === '') throw error;
      throw new CliError('output', `${path}: ${writeReason(error)}; name another folder with ${this.option}`);
    }
  }
}

function isApplied(file: string): boolean {
  return APPLIED.test(file);
}
