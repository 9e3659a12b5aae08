import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildah, skopeo } from './programs';

const run = promisify(execFile);

/** Clients that build and push, with no other credential than the file that they are given. */
export class Builders {
  private readonly storage: string[];
  private readonly env: NodeJS.ProcessEnv;

  /**
   * @param folder a folder of its own
   * @param certificates a folder with the registry's CA in `ca.crt`
   */
  public constructor(
    private readonly folder: string,
    private readonly certificates: string,
  ) {
    this.storage = ['--root', join(folder, 'root'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs'];
    this.env = { PATH: process.env.PATH, HOME: folder, XDG_RUNTIME_DIR: folder, TMPDIR: folder };
  }

  /**
   * Builds an image with buildah.
   *
   * @param from its base image
   * @param image its name
   * @param authFile credentials while it is built
   * @returns whether the base image could be pulled
   */
  public build(from: string, image: string, authFile?: string): Promise<boolean> {
    const context = join(this.folder, 'context');
    mkdirSync(context, { recursive: true });
    writeFileSync(join(context, 'Containerfile'), `FROM ${from}\nLABEL built=here\n`);
    const file = ['--file', join(context, 'Containerfile')];
    const options = [
      '--pull-always',
      '--cert-dir',
      this.certificates,
      ...authOption(authFile),
      ...file,
      '--tag',
      image,
    ];
    return this.succeeds(buildah(), [...this.storage, 'build', ...options, context]);
  }

  /** Pushes a built image with buildah; whether it may. */
  public pushWithBuildah(image: string, to: string, authFile: string): Promise<boolean> {
    const options = ['--cert-dir', this.certificates, ...authOption(authFile)];
    return this.succeeds(buildah(), [...this.storage, 'push', ...options, image, `docker://${to}`]);
  }

  /** Pushes a built image with skopeo; whether it may. */
  public async pushWithSkopeo(image: string, to: string, authFile: string): Promise<boolean> {
    const copy = `dir:${join(this.folder, 'copy')}`;
    await this.run(buildah(), [...this.storage, 'push', image, copy]);
    const options = ['--dest-cert-dir', this.certificates, ...authOption(authFile)];
    return this.succeeds(skopeo(), ['--insecure-policy', 'copy', ...options, copy, `docker://${to}`]);
  }

  /** The user that a file has for a host; nothing when it has none. */
  public async userFor(host: string, authFile: string): Promise<string | undefined> {
    try {
      return (await this.run(skopeo(), ['login', '--get-login', ...authOption(authFile), host])).stdout.trim();
    } catch (error) {
      if (/not logged into/.test(messageOf(error))) return undefined;
      throw error;
    }
  }

  /** Only a refusal counts as one: anything else is an error of the test. */
  private async succeeds(program: string, args: string[]): Promise<boolean> {
    try {
      await this.run(program, args);
      return true;
    } catch (error) {
      const message = messageOf(error);
      if (/unauthorized|denied|authentication required/i.test(message)) return false;
      throw new Error(`${program} failed: ${message}`);
    }
  }

  private run(program: string, args: string[]): Promise<{ stdout: string }> {
    return run(program, args, { env: this.env });
  }
}

function authOption(authFile: string | undefined): string[] {
  return authFile === undefined ? [] : ['--authfile', authFile];
}

function messageOf(error: unknown): string {
  return (error as { stderr?: string }).stderr ?? String(error);
}
