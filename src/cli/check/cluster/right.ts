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

/** A right in a sentence. */
export function rightInWords({ verb, group, resource, namespace }: Right): string {
  const what = group === '' ? resource : `${resource}.${group}`;
  return `${verb} ${what}${namespace === undefined ? '' : ` in the namespace ${namespace}`}`;
}
