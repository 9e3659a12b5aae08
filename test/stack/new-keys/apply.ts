import type { SecuredStackProps } from '../../../src/stack/secured-stack-props';
import type { Mapping } from '../../schemas/samples';
import { type Manifest, minimal } from '../../support';
import type { Change, KeyCase } from './key-case';

/** Settings of a cluster with a value under the key. */
export function settingsWith({ key, beside }: KeyCase, value: unknown): SecuredStackProps {
  const path = key.split('.');
  const within = (nth: number, found: unknown): Mapping => {
    const mapping = (found ?? {}) as Mapping;
    const step = path[nth] ?? '';
    return { ...mapping, [step]: nth + 1 < path.length ? within(nth + 1, mapping[step]) : value };
  };
  return within(0, { ...minimal, ...beside }) as unknown as SecuredStackProps;
}

/** What stands at the place of a change. */
export function foundAt(objects: readonly Manifest[], { kind, name, pointer }: Change): unknown {
  const object = objects.find((one) => one.kind === kind && one.metadata.name === name);
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return steps.reduce<Manifest>((part, step) => {
    const byName = Array.isArray(part) ? part.find((item) => item?.name === step) : undefined;
    return byName ?? part?.[step];
  }, object);
}
