import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { skopeo as program } from './programs';
import type { Account } from './token-service';

const run = promisify(execFile);

/** skopeo, as somebody who has a token. */
export class Skopeo {
  private readonly auth: string;
  private readonly image: string;

  /**
   * @param folder a folder of its own, with the CA in `ca.crt`
   * @param host the registry
   * @param account whose token
   */
  public constructor(
    private readonly folder: string,
    private readonly host: string,
    account: Pick<Account, 'user' | 'token'>,
  ) {
    this.auth = join(folder, 'auth.json');
    const auth = Buffer.from(`${account.user}:${account.token}`).toString('base64');
    writeFileSync(this.auth, JSON.stringify({ auths: { [host]: { auth } } }), { mode: 0o600 });
    this.image = join(folder, 'image');
    writeImage(this.image);
  }

  public pull(repository: string, tag: string): Promise<boolean> {
    return this.succeeds('inspect', '--raw', '--cert-dir', this.folder, this.at(repository, tag));
  }

  public push(repository: string, tag: string): Promise<boolean> {
    return this.succeeds('copy', '--dest-cert-dir', this.folder, `dir:${this.image}`, this.at(repository, tag));
  }

  public delete(repository: string, tag: string): Promise<boolean> {
    return this.succeeds('delete', '--cert-dir', this.folder, this.at(repository, tag));
  }

  /** Tags of a repository; nothing when it cannot be listed. */
  public async tags(repository: string): Promise<string[]> {
    const { stdout } = await this.run('list-tags', '--cert-dir', this.folder, `docker://${this.host}/${repository}`);
    return (JSON.parse(stdout) as { Tags: string[] }).Tags;
  }

  private at(repository: string, tag: string): string {
    return `docker://${this.host}/${repository}:${tag}`;
  }

  /** Only a refusal counts as one: anything else is an error of the test. */
  private async succeeds(command: string, ...args: string[]): Promise<boolean> {
    try {
      await this.run(command, ...args);
      return true;
    } catch (error) {
      const { stderr = '' } = error as { stderr?: string };
      if (/unauthorized|denied|authentication required|403|401/i.test(stderr)) return false;
      throw new Error(`skopeo failed: ${stderr}`);
    }
  }

  private run(command: string, ...args: string[]): Promise<{ stdout: string }> {
    return run(program(), ['--insecure-policy', command, '--authfile', this.auth, ...args]);
  }
}

/** An image without layers, as skopeo keeps it in a folder. */
function writeImage(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const config = JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [] } });
  const hex = createHash('sha256').update(config).digest('hex');
  const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
  const of = {
    mediaType: 'application/vnd.docker.container.image.v1+json',
    size: config.length,
    digest: `sha256:${hex}`,
  };
  writeFileSync(join(folder, hex), config);
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ schemaVersion: 2, mediaType, config: of, layers: [] }));
  writeFileSync(join(folder, 'version'), 'Directory Transport Version: 1.1\n');
}
