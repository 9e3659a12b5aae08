import { literal } from '../kubernetes/cel';
import { GUARD } from '../kubernetes/names';

/** Who may change the mirror. */
export interface Operators {
  /** Groups of users; everybody who could lift the guard anyway where the list is empty. */
  readonly groups: string[];
  /** Field managers, one that ends in `*` for all that begin so; any where the list is empty. */
  readonly fieldManagers: string[];
}

/**
 * The variables `lifter` and `operator` of a policy. A lifter may change the binding of the policy, so that no guard stops them; the person
 * or tool that installed the stack is one of them. Operators may do what the guard holds to them: without groups, the lifters.
 *
 * @param operators who may change the mirror
 * @param guard name of the policy after `secured-mirror-guard-`
 */
export function operatorVariables({ groups }: Operators, guard: string) {
  const binding =
    `authorizer.group('admissionregistration.k8s.io').resource('validatingadmissionpolicybindings')` +
    `.name('${GUARD}-${guard}')`;
  return [
    { name: 'lifter', expression: `${binding}.check('patch').allowed() || ${binding}.check('update').allowed()` },
    {
      name: 'operator',
      expression:
        groups.length === 0
          ? 'variables.lifter'
          : `request.userInfo.?groups.orValue([]).exists(group, group in ${literal(groups)})`,
    },
  ];
}

/**
 * Whether a controller asks, known by a right in the whole cluster, as an expression: distributions give controllers names of their own.
 * Administrators have every right, so they are known by being lifters.
 *
 * @param verbs one of these rights is enough: trust-manager patches what it keeps, and may not update it
 */
export function isController(group: string, resource: string, subresource = '', verbs = ['update', 'patch']): string {
  const part = subresource === '' ? '' : `.subresource('${subresource}')`;
  const rights = verbs.map(
    (verb) => `authorizer.group('${group}').resource('${resource}')${part}.check('${verb}').allowed()`,
  );
  return `(${rights.join(' || ')}) && !variables.lifter`;
}

/** Whether a request names a field manager of the operators, as an expression. It is what the client says of itself. */
export function byFieldManager({ fieldManagers }: Operators): string {
  const manager = "dyn(request.options).?fieldManager.orValue('')";
  const matches = `item.endsWith('*') ? ${manager}.startsWith(item.substring(0, size(item) - 1)) : ${manager} == item`;
  return fieldManagers.length === 0 ? 'true' : `${literal(fieldManagers)}.exists(item, ${matches})`;
}

/** Who the operators are, and how the guard is lifted: the end of a message. */
export function whoMay({ groups }: Operators, guard: string): string {
  return groups.length > 0
    ? `only members of ${groups.join(', ')} may; ${whoLifts(guard)}`
    : `only users who may change ${bindingOf(guard)} may; who deletes it lifts the guard`;
}

/** How a guard is lifted that has no exceptions: the end of a message. */
export function whoLifts(guard: string): string {
  return `who deletes ${bindingOf(guard)} lifts the guard`;
}

function bindingOf(guard: string): string {
  return `the ValidatingAdmissionPolicyBinding ${GUARD}-${guard}`;
}
