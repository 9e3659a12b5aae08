import { Api } from './api';
import { execIn, type PodCommand } from './exec';
import { pathOf, type Resource, resourcesOf, wantedBy } from './resources';
import { attempt, type Outcome, type RunOptions, run } from './run';

/** Namespace of the mirror. */
export const NAMESPACE = 'secured-mirror';

const command = process.env.KUBECTL ?? 'kubectl';

/** Runs kubectl. */
export function kubectl(args: readonly string[], options?: RunOptions): Promise<string> {
  return run([command, ...args], options);
}

/** Runs a kubectl that may fail. */
export function tryKubectl(args: readonly string[], options?: RunOptions): Promise<Outcome> {
  return attempt([command, ...args], options);
}

/** The command line of a kubectl that goes on running. */
export function kubectlCommand(...args: string[]): string[] {
  return [command, ...args];
}

let server: Promise<Api | undefined> | undefined;
let kinds: Promise<Resource[]> | undefined;

/** The API server; undefined where kubectl alone can reach it. */
export function api(): Promise<Api | undefined> {
  server ??= Api.connect(command);
  return server;
}

async function resource(asked: string, is: (found: Resource) => boolean, of: Api): Promise<Resource> {
  kinds ??= resourcesOf(of);
  const found = (await kinds).find(is);
  if (found === undefined) {
    throw new Error(`the server doesn't have a resource type "${asked}"`);
  }
  return found;
}

/** Applies objects, given as values: the request that `kubectl apply --server-side --force-conflicts` makes. */
export async function apply(...objects: object[]): Promise<void> {
  const asked = await api();
  if (asked === undefined) {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    await kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], { input: JSON.stringify(list) });
    return;
  }
  for (const object of objects) await applyBy(asked, object);
}

/**
 * Applies an object without effect, as `kubectl apply --server-side --force-conflicts --dry-run=server` does. Gives the server's refusal,
 * empty where it admits the object.
 */
export async function refusalOf(object: object): Promise<string> {
  const asked = await api();
  if (asked !== undefined) return applyBy(asked, object, '&dryRun=All').then(() => '', String);
  const options = ['--server-side', '--force-conflicts', '--dry-run=server'];
  const { code, stderr } = await tryKubectl(['apply', ...options, '-f', '-'], { input: JSON.stringify(object) });
  return code === 0 ? '' : stderr;
}

// biome-ignore lint/suspicious/noExplicitAny: objects of the API, of every kind
async function applyBy(asked: Api, object: any, more = ''): Promise<void> {
  const { apiVersion, kind, metadata } = object;
  const its = await resource(kind, (one) => one.apiVersion === apiVersion && one.kind === kind, asked);
  const path = pathOf(its, metadata.namespace ?? 'default', metadata.name);
  const options = `fieldManager=kubectl&force=true&fieldValidation=Strict${more}`;
  await asked.ask('PATCH', `${path}?${options}`, {
    body: JSON.stringify(object),
    type: 'application/apply-patch+yaml',
  });
}

/** Merges a patch into an object, or into a part of it like its status. */
export async function patch(namespace: string, kind: string, name: string, change: object, part = ''): Promise<void> {
  const asked = await api();
  const body = JSON.stringify(change);
  if (asked === undefined) {
    const options = ['--type=merge', `--patch=${body}`, ...(part ? [`--subresource=${part}`] : [])];
    await kubectl(['-n', namespace, 'patch', kind, name, ...options]);
    return;
  }
  const its = await resource(kind, ({ names }) => names.includes(kind), asked);
  const path = `${pathOf(its, namespace, name)}${part && `/${part}`}?fieldManager=kubectl-patch`;
  await asked.ask('PATCH', path, { body, type: 'application/merge-patch+json' });
}

/** Reads an object or a list: the arguments are those of `kubectl get`. */
// biome-ignore lint/suspicious/noExplicitAny: objects of the API, of every kind
export async function get(...args: string[]): Promise<any> {
  const asked = await api();
  if (asked === undefined) {
    return JSON.parse(await kubectl(['get', '-o', 'json', ...args]));
  }
  const wanted = wantedBy(args);
  const read = async (kind: string, name?: string) => {
    const its = await resource(kind, ({ names }) => names.includes(kind), asked);
    const found = JSON.parse(await asked.ask('GET', pathOf(its, wanted.namespace, name) + wanted.query));
    // A list tells the kind of its items once.
    const { apiVersion, kind: itsKind } = its;
    return name === undefined ? found.items.map((item: object) => ({ apiVersion, kind: itsKind, ...item })) : found;
  };
  const [kind = '', name] = [wanted.kinds[0], ...wanted.names];
  if (wanted.kinds.length === 1 && name !== undefined && wanted.names.length === 1) {
    return read(kind, name);
  }
  const names = wanted.names.length > 0 ? wanted.names : [undefined];
  const items = await Promise.all(wanted.kinds.flatMap((one) => names.map((name) => read(one, name))));
  return { apiVersion: 'v1', kind: 'List', items: items.flat() };
}

/** Runs a command in a pod. Gives its standard output; fails with all that it said. */
export async function exec(what: PodCommand): Promise<string> {
  const { namespace, pod, container, command: words, input } = what;
  const asked = await api();
  const options = [...(input ? ['-i'] : []), ...(container ? ['-c', container] : [])];
  const args = ['-n', namespace, 'exec', ...options, pod, '--', ...words];
  const { code, stdout, stderr } = await (asked ? execIn(asked, what) : tryKubectl(args, { input }));
  if (code !== 0) {
    throw new Error(`kubectl ${args.join(' ')}: exit code ${code}\n${stderr}${stdout.slice(-2000)}`);
  }
  return stdout;
}
