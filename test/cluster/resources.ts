import type { Api } from './api';

/** A kind of objects, as the API server tells of it. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  /** Names by which it is asked for. */
  readonly names: string[];
  readonly namespaced: boolean;
  /** Where its objects are, but for the namespace: a start and an end. */
  readonly base: string;
  readonly plural: string;
}

const DISCOVERY = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** All kinds of objects of an API server, each group's preferred version first. */
export async function resourcesOf(api: Api): Promise<Resource[]> {
  const lists = await Promise.all(['/api', '/apis'].map((path) => api.ask('GET', path, { accept: DISCOVERY })));
  // biome-ignore lint/suspicious/noExplicitAny: an object of the API
  const groups: any[] = lists.flatMap((text) => JSON.parse(text).items);
  return groups.flatMap(({ metadata: { name: group }, versions }) =>
    // biome-ignore lint/suspicious/noExplicitAny: an object of the API
    versions.flatMap(({ version, resources }: any) =>
      // biome-ignore lint/suspicious/noExplicitAny: an object of the API
      resources.map((found: any): Resource => {
        const apiVersion = group ? `${group}/${version}` : version;
        const short = [found.resource, found.singularResource, ...(found.shortNames ?? [])];
        return {
          apiVersion,
          kind: found.responseKind.kind,
          names: group ? [...short, ...short.map((name: string) => `${name}.${group}`)] : short,
          namespaced: found.scope === 'Namespaced',
          base: group ? `/apis/${apiVersion}` : `/api/${version}`,
          plural: found.resource,
        };
      }),
    ),
  );
}

/** The path of a kind's objects, or of one of them; of all namespaces unless one is given. */
export function pathOf({ base, plural, namespaced }: Resource, namespace?: string, name?: string): string {
  const place = namespaced && namespace !== undefined ? `/namespaces/${namespace}` : '';
  return `${base}${place}/${plural}${name === undefined ? '' : `/${name}`}`;
}

/** What `get` is asked for. */
export interface Wanted {
  /** All of them unless given. */
  readonly namespace?: string;
  readonly kinds: string[];
  readonly names: string[];
  /** Selectors, as they are asked for. */
  readonly query: string;
}

/** Reads the arguments of a `kubectl get`; fails for those that it does not know. */
export function wantedBy(args: readonly string[]): Wanted {
  const [query, rest] = [new URLSearchParams(), [...args]];
  let namespace: string | undefined = 'default';
  const words: string[] = [];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '-n') namespace = rest.shift();
    else if (word === '--all-namespaces') namespace = undefined;
    else if (word === '-l') query.set('labelSelector', rest.shift() ?? '');
    else if (word === '--field-selector') query.set('fieldSelector', rest.shift() ?? '');
    else if (word.startsWith('-') || word.includes('/'))
      throw new Error(`get is given ${word}, which it does not know`);
    else words.push(word);
  }
  const [kinds = '', ...names] = words;
  return { namespace, kinds: kinds.split(','), names, query: query.size > 0 ? `?${query}` : '' };
}
