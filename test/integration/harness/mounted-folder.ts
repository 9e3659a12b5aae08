import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files by name. */
export interface Files {
  readonly [name: string]: string;
}

/**
 * A folder as the kubelet mounts a ConfigMap or a Secret: each file is a link through `..data`, and a change swaps that. The kubelet makes
 * the links of new files after the swap, without an event that Envoy sees; here they come as late as can be, with the next change.
 */
export class MountedFolder {
  private readonly path: string;
  private generation = 0;
  private names: string[] = [];

  public constructor(path: string, files: Files) {
    this.path = path;
    mkdirSync(path, { recursive: true });
    this.replace(files);
    this.link();
  }

  /** Puts other content into the folder, all of it at once. */
  public replace(files: Files): void {
    const [before, now] = [`..${this.generation}`, `..${++this.generation}`];
    this.link();
    mkdirSync(join(this.path, now));
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(this.path, now, name), content, { mode: 0o440 });
    }
    symlinkSync(now, join(this.path, '..data_tmp'));
    renameSync(join(this.path, '..data_tmp'), join(this.path, '..data'));
    this.names = Object.keys(files);
    rmSync(join(this.path, before), { recursive: true, force: true });
  }

  private link(): void {
    for (const name of this.names) {
      if (!existsSync(join(this.path, name))) {
        symlinkSync(join('..data', name), join(this.path, name));
      }
    }
  }
}
