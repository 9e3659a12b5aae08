import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { transformSync } from '@swc/core';

const ROOT = resolve(__dirname, '../../../..');

/** The command as JavaScript, so that starting it costs no compiler. */
export class Compiled {
  private readonly folder = mkdtempSync(join(tmpdir(), 'secure-mirror-'));
  /** The program, for node. */
  public readonly main = join(this.folder, 'src/cli/main.js');

  public constructor() {
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
    for (const top of ['src', 'imports']) {
      for (const file of readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })) {
        this.take(join(top, file));
      }
    }
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  private take(file: string): void {
    const from = join(ROOT, file);
    const to = join(this.folder, file.replace(/\.ts$/, '.js'));
    if (!statSync(from).isFile()) return;
    mkdirSync(dirname(to), { recursive: true });
    if (!file.endsWith('.ts')) {
      cpSync(from, to);
      return;
    }
    const options = {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    } as const;
    writeFileSync(to, transformSync(readFileSync(from, 'utf8'), { ...options, filename: from }).code);
  }
}
