/** A right of the caller. */
export interface Right {
  readonly verb: string;
  /** API group; empty for the core. */
  readonly group: string;
  /** In the plural, with its subresource, such as `pods/log`. */
  readonly resource: string;
  /**
   * Where.
   *
   * @default - in all namespaces
   */
  readonly namespace?: string;
}

/** Rights in a sentence: verbs of the same resource together, and resources with the same verbs. */
export function rightsInWords(rights: readonly Right[]): string {
  const verbs = new Map<string, string[]>();
  for (const { verb, group, resource, namespace } of rights) {
    const what = `${group === '' ? resource : `${resource}.${group}`} ${namespace ?? ''}`;
    verbs.set(what, [...(verbs.get(what) ?? []), verb]);
  }
  const resources = new Map<string, string[]>();
  for (const [what, all] of verbs) {
    const [resource = '', namespace = ''] = what.split(' ');
    const key = `${all.join(', ')}|${namespace}`;
    resources.set(key, [...(resources.get(key) ?? []), resource]);
  }
  const texts = [...resources].map(([key, all]) => {
    const [verb = '', namespace = ''] = key.split('|');
    return `${verb} ${all.join(', ')}${namespace === '' ? '' : ` in the namespace ${namespace}`}`;
  });
  return texts.join('; ');
}
