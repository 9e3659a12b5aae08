/** A change of one object that the stack makes, for what has no key. It is applied after all else. */
export interface PatchProps {
  /** The object. */
  readonly target: PatchTargetProps;

  /**
   * Operations of JSON Patch (RFC 6902), in their order.
   *
   * @minItems 1
   */
  readonly patch: PatchOperationProps[];
}

/** An object that the stack makes. */
export interface PatchTargetProps {
  /**
   * Its kind, such as DaemonSet.
   *
   * @minLength 1
   */
  readonly kind: string;

  /**
   * Its name.
   *
   * @minLength 1
   */
  readonly name: string;

  /**
   * Its namespace, where several namespaces have an object of this kind and name.
   *
   * @default - the only one
   */
  readonly namespace?: string;

  /**
   * Its API version, where several APIs have the kind: networking.k8s.io/v1 and projectcalico.org/v3 both have NetworkPolicy.
   *
   * @default - the only one
   */
  readonly apiVersion?: string;
}

/** What an operation does. */
export type PatchOperator = 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';

/** An operation of JSON Patch (RFC 6902). */
export interface PatchOperationProps {
  /** What it does. `test` changes nothing, and refuses another value than the given one. */
  readonly op: PatchOperator;

  /**
   * The place in the object, a JSON Pointer (RFC 6901).
   *
   * @pattern ^(\/([^~\/]|~[01])*)+$
   * @patternErrorMessage expected a JSON Pointer such as /spec/template/spec/hostAliases, with ~1 for a '/' within a key and ~0 for a '~'
   */
  readonly path: string;

  /**
   * The place that `move` and `copy` take a value from.
   *
   * @default - none, for the other operations
   * @pattern ^(\/([^~\/]|~[01])*)+$
   * @patternErrorMessage expected a JSON Pointer such as /spec/template/spec/hostAliases, with ~1 for a '/' within a key and ~0 for a '~'
   */
  readonly from?: string;

  /**
   * The value that `add`, `replace` and `test` need, of any form. No secret belongs here.
   *
   * @default - none, for the other operations
   */
  readonly value?: unknown;
}
