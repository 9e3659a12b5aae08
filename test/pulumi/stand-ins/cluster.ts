import { spawn } from 'node:child_process';
import { isObject, type JsonObject } from './values';

/** How kubectl reaches a cluster. */
export interface Access {
  /** Path of a kubeconfig file; the environment's unless given. */
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** What the API server, or kubectl, refused, in its words. */
export class Refused extends Error {}

/** The objects of a cluster, by way of kubectl. What they hold goes there by standard input, not by arguments. */
export class Cluster {
  public constructor(private readonly access: Access) {}

  /** Creates an object; fails when it is there. */
  public create(object: JsonObject, manager: string, dryRun: boolean): Promise<JsonObject> {
    return this.object(['create', `--field-manager=${manager}`, ...dry(dryRun), '-f', '-'], object);
  }

  /** Applies an object on the server's side: others keep the fields that they own, unless forced. */
  public apply(object: JsonObject, manager: string, force: boolean, dryRun: boolean): Promise<JsonObject> {
    const options = ['--server-side', `--field-manager=${manager}`, `--force-conflicts=${force}`, ...dry(dryRun)];
    return this.object(['apply', ...options, '-f', '-'], object);
  }

  /** Gives an object as it is; undefined when there is none. */
  public async get(object: JsonObject): Promise<JsonObject | undefined> {
    const text = await this.run(
      ['get', '-o', 'json', '--ignore-not-found', '--show-managed-fields', '-f', '-'],
      named(object),
    );
    if (text.trim() === '') {
      return undefined;
    }
    // What is read by a file comes as a list, though it has one.
    const { items, ...one } = JSON.parse(text) as JsonObject & { items?: JsonObject[] };
    return items === undefined ? one : items[0];
  }

  /** Deletes an object after all that belongs to it, and waits until it is gone. */
  public async delete(object: JsonObject): Promise<void> {
    const options = ['--cascade=foreground', '--wait', '--timeout=600s', '--ignore-not-found'];
    await this.run(['delete', ...options, '-f', '-'], named(object));
  }

  /** Replaces the list of who owns which fields of an object. */
  public async setManagers(object: JsonObject, managedFields: JsonObject[]): Promise<void> {
    const patch = JSON.stringify([{ op: 'replace', path: '/metadata/managedFields', value: managedFields }]);
    await this.run(['patch', '--type=json', `--patch=${patch}`, '-f', '-'], named(object));
  }

  /** Waits until a DaemonSet runs everywhere as it says. */
  public async rolledOut({ metadata }: JsonObject): Promise<void> {
    const { namespace = 'default', name } = metadata as { namespace?: string; name: string };
    await this.run(['rollout', 'status', `daemonset/${name}`, '-n', namespace, '--timeout=600s']);
  }

  /** Whether the cluster answers, and knows an object's kind. */
  public async knows({ apiVersion, kind }: JsonObject): Promise<boolean> {
    const [version = '', group = ''] = String(apiVersion).split('/').reverse();
    try {
      const table = await this.run(['api-resources', '--no-headers', `--api-group=${group}`]);
      const line = new RegExp(`\\s${group === '' ? version : `${group}/${version}`}\\s+(true|false)\\s+${kind}\\b`);
      return line.test(table);
    } catch {
      return false;
    }
  }

  /** Whether pods, ready or not, are behind a Service. */
  public async hasPods({ metadata }: JsonObject): Promise<boolean> {
    const { namespace = 'default', name } = metadata as { namespace?: string; name: string };
    const selector = ['-l', `kubernetes.io/service-name=${name}`];
    const slices = JSON.parse(await this.run(['get', 'endpointslices', '-n', namespace, ...selector, '-o', 'json']));
    return slices.items.some(({ endpoints }: { endpoints?: unknown[] }) => (endpoints ?? []).length > 0);
  }

  private async object(args: string[], object: JsonObject): Promise<JsonObject> {
    return JSON.parse(await this.run([...args, '-o', 'json', '--show-managed-fields'], object)) as JsonObject;
  }

  private run(args: string[], input?: JsonObject): Promise<string> {
    const { kubeconfig, context } = this.access;
    const env = { ...process.env, ...(kubeconfig === undefined ? {} : { KUBECONFIG: kubeconfig }) };
    const all = [...(context === undefined ? [] : ['--context', context]), ...args];
    return new Promise((resolve, reject) => {
      const child = spawn(process.env.KUBECTL ?? 'kubectl', all, { env });
      const [out, err]: [Buffer[], Buffer[]] = [[], []];
      child.stdout.on('data', (chunk) => out.push(chunk));
      child.stderr.on('data', (chunk) => err.push(chunk));
      child.stdin.on('error', () => {});
      child.on('error', (error) => reject(new Refused(`kubectl could not be started: ${error.message}`)));
      child.on('close', (code) => {
        const said = Buffer.concat(err).toString().trim();
        code === 0 ? resolve(Buffer.concat(out).toString()) : reject(new Refused(said));
      });
      child.stdin.end(input === undefined ? '' : JSON.stringify(input));
    });
  }
}

function dry(dryRun: boolean): string[] {
  return dryRun ? ['--dry-run=server'] : [];
}

/** Which object it is, and nothing of what it holds. */
export function named({ apiVersion = '', kind = '', metadata }: JsonObject): JsonObject {
  const { namespace, name = '' } = isObject(metadata) ? metadata : {};
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
}
