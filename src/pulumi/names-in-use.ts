import type { KubernetesObject } from './kubernetes-object';

interface Reference {
  readonly name: string;
}

/** What in a spec names Secrets. */
interface Spec {
  readonly ca?: { readonly secretName: string };
  readonly secretName?: string;
  readonly target?: Reference;
  readonly template?: {
    readonly spec?: {
      readonly imagePullSecrets?: readonly Reference[];
      readonly volumes?: readonly Volume[];
    };
  };
}

interface Volume {
  readonly secret?: { readonly secretName: string };
  readonly projected?: { readonly sources: readonly { readonly secret?: Reference }[] };
}

/**
 * Secrets that objects are, make or read, as `namespace/name`.
 *
 * @param objects the objects
 */
export function secretsIn(objects: KubernetesObject[]): string[] {
  return objects.flatMap((object) => named(object, secretsOfOne(object)));
}

/**
 * ServiceAccounts among objects, as `namespace/name`.
 *
 * @param objects the objects
 */
export function serviceAccountsIn(objects: KubernetesObject[]): string[] {
  return objects.filter(({ kind }) => kind === 'ServiceAccount').flatMap((one) => named(one, [one.metadata.name]));
}

function secretsOfOne({ kind, metadata, spec = {}, imagePullSecrets = [] }: KubernetesObject): (string | undefined)[] {
  if (kind === 'Secret') return [metadata.name];
  const { ca, secretName, target, template } = spec as Spec;
  const { volumes = [], imagePullSecrets: pull = [] } = template?.spec ?? {};
  const mounted = volumes.flatMap(({ secret, projected }) => [
    secret?.secretName,
    ...(projected?.sources ?? []).map((source) => source.secret?.name),
  ]);
  const listed = [...pull, ...(imagePullSecrets as readonly Reference[])].map(({ name }) => name);
  return [ca?.secretName, secretName, target?.name, ...mounted, ...listed];
}

function named({ metadata: { namespace } }: KubernetesObject, names: (string | undefined)[]): string[] {
  return names.flatMap((name) => (name === undefined ? [] : [`${namespace}/${name}`]));
}
