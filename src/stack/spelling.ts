import { join, resolve } from 'node:path';
import { quoted } from '../kubernetes/quoted';

/** How the user started this program. */
export interface Program {
  /** What to type for it. */
  readonly command: string;
  /**
   * What to type for the synth of a clone, which writes dist/manifests.
   *
   * @default - it is no clone
   */
  readonly synth?: string;
  /**
   * The folder that relative paths start from.
   *
   * @default - the one that the user is in
   */
  readonly folder?: string;
}

/** Options that the user gave. Commands that are printed need them too. */
export interface GivenOptions {
  /** stack.yaml, unless another file. */
  readonly file?: string;
  readonly cluster?: string;
  /** Folder of the manifests. */
  readonly output?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** Spells commands for a user to type: in the way in which the user started this program, and with the options that they gave. */
export class Spelling {
  /**
   * @param program how the user started this program
   * @param given options that the user gave
   * @param kubectlName the user's kubectl
   */
  public constructor(
    public readonly program: Program = { command: 'secure-mirror' },
    private readonly given: GivenOptions = {},
    private readonly kubectlName = 'kubectl',
  ) {}

  /**
   * A command about the tokens of the stack.
   *
   * @param command what comes after `tokens`
   * @param words its own options
   */
  public tokens(command: string, ...words: string[]): string {
    return this.spelled(['tokens', command, ...words, ...stackWords(this.given)]);
  }

  /** The same for one that asks the cluster. */
  public asking(command: string, ...words: string[]): string {
    return this.tokens(command, ...words, ...accessWords(this.given));
  }

  /** The command that says what to do about the tokens, and when. */
  public plan(): string {
    return this.tokens('plan', ...this.outputWords());
  }

  /** The command that pins the mirror's own images by digest. */
  public lockImages(): string {
    return this.spelled(['images', 'lock', ...stackWords(this.given)]);
  }

  /**
   * The beginning of a command of kubectl.
   *
   * @param namespace where it looks; without one, what comes next says it
   */
  public kubectl(namespace?: string): string {
    const where = namespace === undefined ? [] : ['--namespace', namespace];
    const { kubeconfig, context } = this.given;
    const access = accessWords({ context, kubeconfig: kubeconfig === undefined ? undefined : this.here(kubeconfig) });
    return [this.kubectlName, ...access, ...where].map(quoted).join(' ');
  }

  /** The command that makes the manifests. */
  public synth(): string {
    const { output, file = STACK } = this.given;
    if (this.program.synth !== undefined && output === undefined) {
      return file === STACK ? this.program.synth : `STACK=${quoted(file)} ${this.program.synth}`;
    }
    return this.spelled(['synth', ...stackWords(this.given), ...this.outputWords()]);
  }

  /** The folder of a cluster's manifests. */
  public manifests(cluster: string): string {
    return quoted(`${this.here(join(this.given.output ?? join('dist', 'manifests'), cluster))}/`);
  }

  /** A path for programs that the user starts in their own folder. */
  private here(path: string): string {
    return this.program.folder === undefined ? path : resolve(this.program.folder, path);
  }

  private outputWords(): string[] {
    return this.given.output === undefined ? [] : ['--output', this.given.output];
  }

  private spelled(words: string[]): string {
    return [this.program.command, ...words.map(quoted)].join(' ');
  }
}

/** The stack, where no other file is named. */
const STACK = 'stack.yaml';

/** Options that say which stack a command is about. */
export function stackWords({ file = STACK, cluster }: Pick<GivenOptions, 'file' | 'cluster'>): string[] {
  return [...(file === STACK ? [] : ['--file', file]), ...(cluster === undefined ? [] : ['--cluster', cluster])];
}

/** Options that say which cluster kubectl asks. */
export function accessWords({ kubeconfig, context }: Pick<GivenOptions, 'kubeconfig' | 'context'>): string[] {
  return [
    ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
    ...(context === undefined ? [] : ['--context', context]),
  ];
}
