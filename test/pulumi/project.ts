import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { SecuredStackProps } from '../../src';
import { attempt, type Outcome } from '../cluster/run';

/** Folder of the program that users run. */
export const PROGRAM = join(__dirname, '..', '..', 'src', 'pulumi');

/** Has swc compile the program, in less than a third of the time that ts-node takes even without types; ts-node then ignores all files. */
const WITHOUT_TYPES = {
  NODE_OPTIONS: `--require ${join(__dirname, '..', '..', 'src', 'swc-register.cjs')}`,
  PULUMI_NODEJS_TRANSPILE_ONLY: 'true',
  TS_NODE_IGNORE: '.',
};

/** A stack of Pulumi, with a home, a backend and settings in a temporary folder. */
export class Project {
  /** Folder with all that Pulumi keeps. */
  public readonly home = mkdtempSync(join(tmpdir(), 'pulumi-test-'));
  /** All that was printed, on both outputs, but for what is meant for debugging. */
  public printed = '';
  /** Whether ts-node compiles the program and checks its types, as for users. That takes more time than all else that Pulumi does. */
  public checksTypes = false;
  private readonly stack = `test-${randomBytes(3).toString('hex')}`;
  private readonly settings = join(this.home, 'settings.yaml');
  private readonly env: Record<string, string>;

  private constructor(private readonly program: string) {
    mkdirSync(join(this.home, 'state'));
    writeFileSync(join(this.home, 'passphrase'), randomBytes(12).toString('hex'));
    this.env = {
      PULUMI_HOME: join(this.home, 'home'),
      PULUMI_BACKEND_URL: `file://${join(this.home, 'state')}`,
      PULUMI_CONFIG_PASSPHRASE_FILE: join(this.home, 'passphrase'),
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_DIY_BACKEND_GZIP: 'false',
    };
  }

  /**
   * Makes a stack.
   *
   * @param program folder with a Pulumi.yaml
   */
  public static async create(program = PROGRAM): Promise<Project> {
    const project = new Project(program);
    await project.succeed(['stack', 'init', project.stack]);
    // It writes them beside the program.
    renameSync(join(program, `Pulumi.${project.stack}.yaml`), project.settings);
    return project;
  }

  /** Writes a stack.yaml with one cluster, and has the program read it. */
  public async use(cluster: SecuredStackProps): Promise<void> {
    const file = join(this.home, 'stack.yaml');
    writeFileSync(file, stringify({ clusters: [cluster] }));
    await this.set('stackFile', file);
  }

  /** Sets a setting. */
  public async set(key: string, value: string): Promise<void> {
    await this.succeed(['config', 'set', key, value, ...this.options]);
  }

  /** Sets a secret. */
  public async setSecret(key: string, value: string): Promise<void> {
    await this.succeed(['config', 'set', '--secret', key, ...this.options], value);
  }

  /** Takes a setting away. */
  public async unset(key: string): Promise<void> {
    await this.succeed(['config', 'rm', key, ...this.options]);
  }

  /** Updates the stack, without a preview. Gives what was done, in its order. */
  public async up(...options: string[]): Promise<Step[]> {
    return steps(await this.succeed(['up', '--yes', '--skip-preview', '--json', ...options, ...this.options]));
  }

  /** An update that may fail. */
  public tryUp(...options: string[]): Promise<Outcome> {
    return this.run(['up', '--yes', '--skip-preview', ...options, ...this.options]);
  }

  /** A preview that may fail. */
  public tryPreview(): Promise<Outcome> {
    return this.run(['preview', ...this.options]);
  }

  /** What an update would do. */
  public async preview(...options: string[]): Promise<Planned[]> {
    const text = await this.succeed(['preview', '--json', ...options, ...this.options]);
    return JSON.parse(text).steps.filter(({ op }: Planned) => op !== 'same');
  }

  /** Destroys all of the stack. Gives what was done, in its order. */
  public async destroy(): Promise<Step[]> {
    return steps(await this.succeed(['destroy', '--yes', '--skip-preview', '--json', ...this.options]));
  }

  /** Resources of the stack, as it is exported. */
  public async resources(...options: string[]): Promise<Exported[]> {
    return JSON.parse(await this.succeed(['stack', 'export', '-s', this.stack, ...options])).deployment.resources;
  }

  /** Runs pulumi with a command of the stack. */
  public succeedIn(...command: string[]): Promise<string> {
    return this.succeed([...command, ...this.options]);
  }

  /** Takes away what the stack made, unless it is gone, and all that Pulumi keeps. */
  public async remove(): Promise<void> {
    await this.run(['destroy', '--yes', '--skip-preview', ...this.options]);
    rmSync(this.home, { recursive: true, force: true });
  }

  private get options(): string[] {
    return ['-s', this.stack, '--config-file', this.settings, '--non-interactive'];
  }

  private async succeed(command: string[], input?: string): Promise<string> {
    const { code, stdout, stderr } = await this.run(command, input);
    if (code !== 0) {
      throw new Error(`pulumi ${command.join(' ')}: exit code ${code}\n${stderr}${stdout.slice(-4000)}`);
    }
    return stdout;
  }

  private async run(command: string[], input?: string): Promise<Outcome> {
    const argv = ['pulumi', '-C', this.program, '--color', 'never', ...command];
    const env = { ...this.env, ...(this.checksTypes ? {} : WITHOUT_TYPES) };
    const outcome = await attempt(argv, { env, input, timeout: 600_000 });
    // What is exported is not what is printed on the way, and Pulumi's own debug messages hold all values: `--json` has them too.
    const lines = command[0] === 'stack' ? [] : [outcome.stdout, outcome.stderr].join('\n').split('\n');
    this.printed += lines.filter((line) => !line.includes('"severity":"debug"')).join('\n');
    return outcome;
  }
}

/** What was done to a resource, once it was done. */
export interface Step {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
}

/** What would be done to a resource. */
export interface Planned {
  readonly op: string;
  readonly urn: string;
}

/** A resource of a stack's export. */
export interface Exported {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string;
  readonly id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: properties of resources of every kind
  readonly outputs?: any;
}

/** Name of a resource, which its URN ends with. */
export function nameOf({ urn }: { readonly urn: string }): string {
  return urn.split('::').at(-1) ?? '';
}

function steps(output: string): Step[] {
  const events = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  return events.flatMap(({ resOutputsEvent }) => {
    if (resOutputsEvent === undefined || resOutputsEvent.metadata.op === 'same') {
      return [];
    }
    const { op, urn, type } = resOutputsEvent.metadata;
    return [{ op, urn, type }];
  });
}
