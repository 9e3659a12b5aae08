import type { Check } from '../../probe/check';
import { finding } from '../../shared/finding';
import { spellingOf } from '../../shared/started';
import { names } from '../../shared/table';

/** Whether the namespaces exist in which the stack makes objects, beside its own. */
export const namespaces: Check = {
  name: 'namespaces',
  title: 'the namespaces of others that get objects of the stack',
  when: 'always',
  run: async ({ kubectl, objects }) => {
    const made = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
    const named = new Set(objects.flatMap(({ metadata }) => (metadata.namespace as string | undefined) ?? []));
    const needed = [...named].filter((name) => !made.includes(name));
    const found = await Promise.all(needed.map((name) => kubectl.exists('namespace', name)));
    const missing = needed.filter((_, index) => !found[index]);
    const words = spellingOf(kubectl.access).kubectl();
    const fix = missing.map((name) => `${words} create namespace ${name}`).join('\n');
    if (missing.length > 0) return [finding('problem', namespaces.name, '', `not there: ${names(missing)}`, fix)];
    return needed.length === 0
      ? [finding('note', namespaces.name, '', 'none but its own gets objects of the stack')]
      : [finding('ok', namespaces.name, '', names(needed))];
  },
};
