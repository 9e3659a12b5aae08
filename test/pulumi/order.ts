import { nameOf, type Step } from './project';

/** Kinds in the order in which a cluster needs them; those of one line go together. */
const ORDER = [
  ['Namespace'],
  ['NetworkPolicy', 'ServiceAccount', 'ResourceQuota', 'Role', 'RoleBinding', 'ValidatingAdmissionPolicy'],
  ['ConfigMap', 'Secret'],
  ['Issuer', 'Certificate', 'ServiceAccountPatch'],
  ['DaemonSet', 'Service'],
];

/** Objects that were made, or deleted, before what they needed, or after what needed them: none, if all is well. */
export function disorder(steps: Step[]): string[] {
  const ranked = steps.flatMap((step) => {
    const kind =
      step.type
        .split(':')
        .at(-1)
        ?.replace(/Binding$/, '') ?? '';
    const rank = ORDER.findIndex((kinds) => kinds.includes(kind));
    return step.type.startsWith('kubernetes:') ? [{ name: `${kind} ${nameOf(step)}`, rank }] : [];
  });
  return ranked
    .filter(({ rank }, index) => rank < 0 || ranked.slice(0, index).some((one) => one.rank > rank))
    .map(({ name }) => name);
}
