import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { accessWords } from '../../stack/spelling';
import { CliError } from '../shared/cli-error';
import { endProgram } from '../shared/program-process';
import { spellingOf } from '../shared/started';
import { waitingFor } from '../shared/waiting';
import type { ClusterAccess } from './access';
import { kubectlError } from './kubectl-error';
import { type Answer, type KubectlOptions, startKubectl } from './kubectl-process';

/** A cluster, and the namespace of the mirror. */
export interface Access extends ClusterAccess {
  /** Namespace of the mirror. */
  readonly namespace: string;
}

/** All objects of a kind come in many answers, each with a limit of its own. */
const LIST_SECONDS = 300;
const SIGNAL_MILLISECONDS = 100;

/** The user's own kubectl: it brings their login. */
export class Kubectl {
  private asked = false;
  private stopped?: CliError;
  private readonly running = new Set<ChildProcess>();

  /**
   * @param access the cluster and the namespace
   * @param signal ends it early, with a CliError
   */
  public constructor(
    public readonly access: Access,
    signal?: AbortSignal,
  ) {
    signal?.addEventListener('abort', () => this.stop(signal.reason));
  }

  /** The beginning of a command for the user to type. */
  public get command(): string {
    return spellingOf(this.access).kubectl(this.access.namespace);
  }

  /**
   * Reads an object or a list without secrets; nothing when it does not exist.
   *
   * @param args the words after `get`
   */
  public async object<T>(...args: string[]): Promise<T | undefined> {
    const text = await this.text(['get', ...args, '-o', 'json']);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }

  /**
   * Reads what the API server answers at a path; nothing when it knows no such path.
   *
   * @param path the path, such as /version
   */
  public async raw<T>(path: string): Promise<T | undefined> {
    const text = await this.text(['get', '--raw', path]);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }

  /**
   * Whether an object exists. It reads none of its content.
   *
   * @param kind the kind of object
   * @param name its name
   */
  public async exists(kind: string, name: string): Promise<boolean> {
    return (await this.text(['get', kind, name, '-o', 'name'], true)) !== undefined;
  }

  /**
   * Reads one field of an object; nothing when the object does not exist.
   *
   * @param path the field, as jsonpath
   * @param args the words after `get`
   */
  public field(path: string, ...args: string[]): Promise<string | undefined> {
    return this.text(['get', ...args, '-o', `jsonpath=${path}`]);
  }

  /**
   * Reads public keys of a Secret, in their order and decoded; nothing when the Secret does not exist. Never the whole Secret.
   *
   * @param name the Secret
   * @param keys its keys
   * @param namespace its namespace; the mirror's when left out
   */
  public async secret(name: string, keys: string[], namespace?: string): Promise<string[] | undefined> {
    const value = (key: string) => `{{with .data}}{{with index . ${JSON.stringify(key)}}}{{.}}{{end}}{{end}}`;
    const template = `go-template=${keys.map(value).join('{{"\\n"}}')}`;
    const elsewhere = namespace === undefined ? [] : ['--namespace', namespace];
    const text = await this.text(['get', 'secret', name, ...elsewhere, '-o', template], true);
    return text?.split('\n').map((line) => Buffer.from(line, 'base64').toString());
  }

  /**
   * Reads some fields of the objects of all namespaces, as a template prints them.
   *
   * @param kind the objects, in the plural
   * @param template a Go template of the list
   * @param selector which of them, by fields; all of them when empty
   * @param secret whether they contain secrets: then no error repeats kubectl's text
   */
  public async everywhere(kind: string, template: string, selector = '', secret = false): Promise<string> {
    const some = selector === '' ? [] : ['--field-selector', selector];
    const args = ['get', kind, '--all-namespaces', ...some, '-o', `go-template=${template}`];
    const text = await this.text(args, secret, LIST_SECONDS);
    if (text === undefined) throw new CliError('other', `the cluster knows no ${kind}`);
    return text;
  }

  /**
   * Reads files in a container: the readable ones, even if some do not exist.
   *
   * @param pod the pod
   * @param container its container
   * @param files their paths
   */
  public async files(pod: string, container: string, files: string[]): Promise<string> {
    const { stdout, stderr } = await this.ask(['exec', pod, '-c', container, '--', 'cat', ...files]);
    if (stdout === '') {
      throw kubectlError(stderr.replace(/\ncommand terminated.*\s*$/, ''));
    }
    return stdout;
  }

  /**
   * Runs a command of kubectl, and gives its answer, whatever its exit code is.
   *
   * @param args the words
   * @param options its standard input, and how long it may take
   */
  public run(args: string[], options: Pick<KubectlOptions, 'input' | 'seconds'> = {}): Promise<Answer> {
    return this.ask(args, options);
  }

  /**
   * Ends processes that still run, and begins no others.
   *
   * @param reason the error of each question from now on
   */
  public async stop(reason: CliError): Promise<void> {
    this.stopped = reason;
    await this.end();
  }

  /** Ends processes that still run, when nobody waits for them any more. */
  public async end(): Promise<void> {
    await Promise.all(
      [...this.running].map((child) => {
        endProgram(child);
        return once(child, 'close');
      }),
    );
  }

  private async text(args: string[], secret = false, seconds?: number): Promise<string | undefined> {
    const { status, stdout, stderr } = await this.ask(['--request-timeout=30s', ...args], { seconds });
    if (status === 0) {
      return stdout;
    }
    const error = kubectlError(stderr, secret);
    if (error.kind === 'absent') {
      return undefined;
    }
    throw error;
  }

  private flags(): string[] {
    return [...accessWords(this.access), '--namespace', this.access.namespace];
  }

  /** The first question may lead to a login, which talks to the user; all others find them logged in. */
  private async ask(args: string[], options: Pick<KubectlOptions, 'input' | 'seconds'> = {}): Promise<Answer> {
    if (this.stopped) throw this.stopped;
    const login = !this.asked;
    this.asked = true;
    const { child, answer } = startKubectl([...this.flags(), ...args], { login, ...options });
    this.running.add(child);
    const given = await waitingFor(`kubectl ${namesOf(args)}`, answer).finally(() => this.running.delete(child));
    // Ctrl-C at a terminal ends kubectl too, perhaps before this process learns of it.
    if (given.status === null) await sleep(SIGNAL_MILLISECONDS);
    if (this.stopped) throw this.stopped;
    return given;
  }
}

/** What a command of kubectl is about: its words without options. */
function namesOf(args: string[]): string {
  const words = args.slice(args.findIndex((word, index) => !word.startsWith('-') && args[index - 1] !== '--namespace'));
  const options = words.findIndex((word) => word.startsWith('-'));
  return words.slice(0, options < 0 ? undefined : options).join(' ');
}
