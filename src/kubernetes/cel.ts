/** Texts, or a list or a mapping of them, as a literal of CEL, whose texts are quoted as JSON's are. */
export function literal(value: string | readonly string[] | { readonly [key: string]: readonly string[] }): string {
  return JSON.stringify(value);
}

/** Whether a request creates an object or changes its spec, as an expression. */
export const SPEC_CHANGES = "request.operation != 'UPDATE' || dyn(object).?spec != dyn(oldObject).?spec";

/** The requests of one namespace, for matchConstraints. */
export function inNamespace(name: string) {
  return { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [name] }] };
}

/**
 * A condition of a policy, and why a request that fails it is refused.
 *
 * @param expression what must be true
 * @param message the reason, in words
 */
export function validation(expression: string, message: string) {
  return { expression, messageExpression: literal(message), reason: 'Forbidden' };
}
