/**
 * Names of the pull secrets of a pod, of a ServiceAccount, or of the pods that a workload makes, as a CEL expression.
 *
 * @param object the object: `object` or `oldObject`
 */
export function pullSecretNames(object: 'object' | 'oldObject'): string {
  const lists: [string, string][] = [
    ['ServiceAccount', 'imagePullSecrets'],
    ['Pod', 'spec.?imagePullSecrets'],
    ['CronJob', 'spec.jobTemplate.spec.template.spec.?imagePullSecrets'],
  ];
  const chosen = lists.map(([kind, path]) => {
    const optional = path.includes('?') ? path : `?${path}`;
    return `request.kind.kind == '${kind}' ? dyn(${object}).${optional} : `;
  });
  const list = `(${chosen.join('')}dyn(${object}).spec.template.spec.?imagePullSecrets)`;
  return `${list}.orValue([]).map(secret, dyn(secret).?name.orValue(''))`;
}
