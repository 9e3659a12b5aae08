import { GUARD } from './names';

/** Minor versions of Kubernetes 1 that first have something by default. */
export const FIRST_WITH = {
  /** Native sidecars: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/ */
  sidecars: 29,
  /** https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
  validatingPolicies: 30,
  /** CEL knows addresses: https://kubernetes.io/docs/reference/using-api/cel/ */
  addresses: 31,
  /** https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/ */
  mutatingPolicies: 36,
};

/** The fields of an object that show what it needs. */
export interface VersionedObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** Whether one of the objects is a guard. */
export function areGuarded(objects: readonly VersionedObject[]): boolean {
  return objects.some(({ metadata }) => metadata.name.startsWith(GUARD));
}

/**
 * The oldest minor version of Kubernetes 1 that takes the objects of a stack.
 *
 * @param objects all objects of the stack
 */
export function minimumMinor(objects: readonly VersionedObject[]): number {
  const has = (kind: string) => objects.some((object) => object.kind.startsWith(kind));
  if (has('MutatingAdmissionPolicy')) return FIRST_WITH.mutatingPolicies;
  if (areGuarded(objects)) return FIRST_WITH.addresses;
  return has('ValidatingAdmissionPolicy') ? FIRST_WITH.validatingPolicies : FIRST_WITH.sidecars;
}
