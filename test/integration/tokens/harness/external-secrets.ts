import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SOURCE = resolve(__dirname, '../external-secrets');

/** Renders templates of ExternalSecrets as the operator does: a program of Go, built when it is first asked for. */
export class ExternalSecrets {
  private readonly folder = mkdtempSync(join(tmpdir(), 'external-secrets-'));
  private readonly program = join(this.folder, 'external-secrets');

  public constructor() {
    execFileSync('go', ['build', '-mod=readonly', '-trimpath', '-buildvcs=false', '-o', this.program, '.'], {
      cwd: SOURCE,
      env: { ...process.env, CGO_ENABLED: '0' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  }

  /**
   * What the operator makes of a template.
   *
   * @param template the template's texts, by key
   * @param data what it has from the store, by key
   */
  public render(template: { [key: string]: string }, data: { [key: string]: string }): { [key: string]: string } {
    const input = JSON.stringify({ template, data });
    return JSON.parse(execFileSync(this.program, { input, encoding: 'utf8' }));
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
