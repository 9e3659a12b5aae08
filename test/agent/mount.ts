import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files by their names. */
export type Files = Record<string, string | Buffer>;

/** A Secret or ConfigMap in a pod, as the kubelet makes and changes it. */
export class Mount {
  private versions = 0;

  /** An empty folder, as an optional Secret that is not there leaves it. */
  public constructor(public readonly folder: string) {
    mkdirSync(folder);
    this.update({});
  }

  /** Puts a new version in place of the old one, in one step. */
  public update(files: Files): void {
    const version = `..v${++this.versions}`;
    mkdirSync(join(this.folder, version));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.folder, version, name), text);
    symlinkSync(version, join(this.folder, '..data_tmp'));
    renameSync(join(this.folder, '..data_tmp'), join(this.folder, '..data'));
    rmSync(join(this.folder, `..v${this.versions - 1}`), { recursive: true, force: true });
    for (const name of Object.keys(files)) {
      rmSync(join(this.folder, name), { force: true });
      symlinkSync(`..data/${name}`, join(this.folder, name));
    }
  }

  /** Takes the mount away. */
  public hide(): void {
    rmSync(join(this.folder, '..data'));
  }
}
