import { CliError } from '../shared/cli-error';
import { kubectlError } from './kubectl-error';
import type { KubectlSession } from './kubectl-session';

/** An object of the API, as a manifest. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** What became of objects. */
export interface Creation {
  /** Each created object, as `pod/name`. */
  readonly created: string[];
  /** Each complaint of the API server. */
  readonly refused: string[];
  /** Each warning of the API server. */
  readonly warnings: string[];
}

const REQUEST = '--request-timeout=30s';
const CREATE_SECONDS = 60;
const GONE_SECONDS = 60;
/** What kubectl says of an object that a finalizer, or a kubelet that does not answer, holds back. */
const STAYS = /timed out waiting for the condition on (\S+)/;
/** How kubectl begins what the API server says: for an object that a ValidatingAdmissionPolicy refuses, too, in the second way. */
const ANSWER = /^Error from server|^The .+ is invalid:/;

/** Creates and deletes objects with the user's own kubectl. */
export class KubectlWriter {
  /** @param kubectl asks the cluster */
  public constructor(private readonly kubectl: KubectlSession) {}

  /**
   * Creates objects, and goes on with the next one where the API server refuses one.
   *
   * @param namespace their namespace
   * @param objects the objects; no Secrets, as a complaint may repeat an object
   * @param options words of kubectl, such as `--dry-run=server`
   */
  public async create(namespace: string, objects: readonly object[], ...options: string[]): Promise<Creation> {
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
    const words = [REQUEST, '--namespace', namespace, 'create', '-f', '-', '-o', 'name', ...options];
    // A big cluster has many nodes, and each pod is a request of its own.
    const seconds = CREATE_SECONDS + objects.length;
    const { status, stdout, stderr } = await this.kubectl.run(words, { input, seconds });
    const lines = stderr.split('\n').filter((line) => line !== '');
    const warnings = lines.filter((line) => line.startsWith('Warning: ')).map((line) => line.slice('Warning: '.length));
    const refused = status === 0 ? [] : complaintsIn(lines.filter((line) => !line.startsWith('Warning: ')));
    const error = kubectlError(refused.at(-1) ?? stderr);
    // A missing right, or a cluster that does not answer, is the same for all objects.
    const answered = refused.some((line) => ANSWER.test(line));
    if (status !== 0 && (error.kind === 'forbidden' || !answered)) throw error;
    return { created: stdout.split('\n').filter((line) => line !== ''), refused, warnings };
  }

  /**
   * Creates objects, all of them or none.
   *
   * @throws CliError with the API server's first complaint
   */
  public async createAll(namespace: string, objects: readonly object[]): Promise<void> {
    const { refused } = await this.create(namespace, objects);
    if (refused[0] !== undefined) throw new CliError('other', `the API server refuses an object: ${refused[0]}`);
  }

  /**
   * Deletes objects, if they exist.
   *
   * @param namespace their namespace
   * @param what the words after `delete`
   * @param wait whether it waits until they are gone
   */
  public async remove(namespace: string, what: readonly string[], wait: boolean): Promise<void> {
    const patience = wait ? [`--timeout=${GONE_SECONDS}s`] : ['--wait=false'];
    const words = ['--namespace', namespace, 'delete', ...what, '--ignore-not-found', ...patience];
    const { status, stderr } = await this.kubectl.run(words, { seconds: GONE_SECONDS + 30 });
    if (status === 0) return;
    const [, stays] = STAYS.exec(stderr) ?? [];
    if (stays === undefined) throw kubectlError(stderr);
    throw new CliError('other', `after ${GONE_SECONDS} s the cluster still removes ${stays}, whose status says why`);
  }

  /**
   * Creates objects that are questions, such as reviews of rights, and gives one field of each answer.
   *
   * @param questions the objects
   * @param field the field, as jsonpath
   */
  public async ask(questions: readonly object[], field: string): Promise<string[]> {
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: questions });
    const words = [REQUEST, 'create', '-f', '-', '-o', `jsonpath=${field}{"\\n"}`];
    const { status, stdout, stderr } = await this.kubectl.run(words, { input });
    if (status !== 0) throw kubectlError(stderr);
    return stdout.split('\n').slice(0, -1);
  }

  /** What a container printed that has ended. */
  public async logs(namespace: string, pod: string, container: string): Promise<string> {
    const words = [REQUEST, '--namespace', namespace, 'logs', pod, '--container', container];
    const { status, stdout, stderr } = await this.kubectl.run(words);
    if (status !== 0) throw kubectlError(stderr);
    return stdout;
  }
}

/** Complaints without the name of the standard input, each with its list of reasons. */
function complaintsIn(lines: readonly string[]): string[] {
  const text = lines.join('\n').replace(/\n(?=[*] )/g, ' ');
  return text.split('\n').map((line) => line.replace('error when creating "STDIN": ', ''));
}
