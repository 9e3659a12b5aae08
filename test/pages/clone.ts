import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './blocks';

/** A copy of this clone, in which commands of pages may write, with the programs that they call. */
export class Clone {
  private readonly folder = mkdtempSync(join(tmpdir(), 'secure-mirror-pages-'));
  public readonly path = join(this.folder, 'clone');
  private readonly home = join(this.folder, 'home');
  private readonly programs = join(this.folder, 'programs');

  /**
   * @param standIns programs of `stand-ins` in place of real ones
   */
  public constructor(standIns: readonly string[]) {
    for (const folder of [this.path, this.home, this.programs]) mkdirSync(folder);
    const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
    for (const file of files.toString().split('\0')) {
      if (file === '' || file.startsWith('test/') || file.startsWith('docs/') || !existsSync(join(ROOT, file)))
        continue;
      mkdirSync(dirname(join(this.path, file)), { recursive: true });
      cpSync(join(ROOT, file), join(this.path, file));
    }
    symlinkSync(join(ROOT, 'node_modules'), join(this.path, 'node_modules'));
    for (const name of standIns) {
      cpSync(join(__dirname, 'stand-ins', name), join(this.programs, name));
      chmodSync(join(this.programs, name), 0o755);
    }
  }

  /** Gives commands a program of a name. */
  public add(name: string, argv: readonly string[]): void {
    writeFileSync(join(this.programs, name), `#!/bin/sh\nexec ${argv.map((word) => `'${word}'`).join(' ')} "$@"\n`);
    chmodSync(join(this.programs, name), 0o755);
  }

  /** Variables with which commands find these programs, and a home of their own. */
  public get environment(): NodeJS.ProcessEnv {
    const { folder, programs, home } = this;
    return {
      PATH: `${programs}:${process.env.PATH}`,
      HOME: home,
      TMPDIR: folder,
      STAND_INS: programs,
      INIT_CWD: undefined,
    };
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
