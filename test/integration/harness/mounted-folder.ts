import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files by name. */
export interface Files {
  readonly [name: string]: string;
}

/** A folder as the kubelet mounts a ConfigMap or a Secret: each file is a link through `..data`, and a change swaps that. */
export class MountedFolder {
  private readonly path: string;
  private generation = 0;

  public constructor(path: string, files: Files) {
    this.path = path;
    mkdirSync(path, { recursive: true });
    this.replace(files);
  }

  /** Puts other content into the folder, all of it at once. */
  public replace(files: Files): void {
    const [before, now] = [`..${this.generation}`, `..${++this.generation}`];
    mkdirSync(join(this.path, now));
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(this.path, now, name), content, { mode: 0o440 });
    }
    symlinkSync(now, join(this.path, '..data_tmp'));
    renameSync(join(this.path, '..data_tmp'), join(this.path, '..data'));
    for (const name of Object.keys(files)) {
      if (!existsSync(join(this.path, name))) {
        symlinkSync(join('..data', name), join(this.path, name));
      }
    }
    rmSync(join(this.path, before), { recursive: true, force: true });
  }
}
