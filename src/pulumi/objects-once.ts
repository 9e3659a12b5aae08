import { Provider } from '@pulumi/kubernetes/provider';
import { type ComponentResourceOptions, runtime } from '@pulumi/pulumi';
import { objectKey, sameObjects } from '../kubernetes/objects-once';
import type { KubernetesObject } from './kubernetes-object';

/** Names of components, by the objects that they register. */
type Owners = Map<string, string>;

/** Of each run of a program, and of each provider in it: different providers are different clusters. */
const runs = new WeakMap<object, WeakMap<object, Owners>>();
const DEFAULT_PROVIDER = {};

/**
 * Refuses a component that registers objects which another one of the same program registers already with the same provider.
 *
 * @param name its class and its name, as programs call it
 * @param objects its objects
 * @param opts its options, which say by which provider
 * @throws Error naming the other one and the objects
 */
export function registersObjectsOnce(name: string, objects: KubernetesObject[], opts: ComponentResourceOptions): void {
  const owners = ownersAt(providerOf(opts));
  const keys = objects.map(({ kind, metadata }) => objectKey(kind, metadata.namespace, metadata.name));
  const twice = keys.filter((key) => owners.has(key));
  const other = owners.get(twice[0] ?? '');
  if (other !== undefined) throw new Error(sameObjects(name, other, twice, 'a provider'));
  for (const key of keys) owners.set(key, name);
}

function providerOf({ provider, providers = [], parent }: ComponentResourceOptions): object {
  const own = [provider, ...Object.values(providers)].find((one) => Provider.isInstance(one));
  return own ?? parent?.getProvider('kubernetes:core/v1:ConfigMap') ?? DEFAULT_PROVIDER;
}

function ownersAt(provider: object): Owners {
  // Each run has a monitor of its own, also where one process runs a program several times.
  const run = runtime.getMonitor() ?? runtime;
  const providers = runs.get(run) ?? new WeakMap<object, Owners>();
  const owners = providers.get(provider) ?? new Map();
  runs.set(run, providers.set(provider, owners));
  return owners;
}
