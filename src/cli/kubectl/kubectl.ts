import { CliError } from '../shared/cli-error';
import { kubectlError } from './kubectl-error';
import { KubectlSession } from './kubectl-session';

/** All objects of a kind come in many answers, each with a limit of its own. */
const LIST_SECONDS = 300;

/** Reads objects with the user's own kubectl. */
export class Kubectl extends KubectlSession {
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
    const { stdout, stderr } = await this.run(['exec', pod, '-c', container, '--', 'cat', ...files]);
    if (stdout === '') {
      throw kubectlError(stderr.replace(/\ncommand terminated.*\s*$/, ''));
    }
    return stdout;
  }

  private async text(args: string[], secret = false, seconds?: number): Promise<string | undefined> {
    const { status, stdout, stderr } = await this.run(['--request-timeout=30s', ...args], { seconds });
    if (status === 0) {
      return stdout;
    }
    const error = kubectlError(stderr, secret);
    if (error.kind === 'absent') {
      return undefined;
    }
    throw error;
  }
}
