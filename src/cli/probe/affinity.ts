import type { AffinityProps, NodeRequirementProps } from '../../mirror/props/affinity-props';
import type { NodeObject } from './check';

/** Whether a node meets an affinity, as the API server's own matching has it. */
export function meetsAffinity({ metadata }: NodeObject, affinity: AffinityProps | undefined): boolean {
  const terms = affinity?.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
  return (
    terms === undefined ||
    terms.some(
      ({ matchExpressions = [], matchFields = [] }) =>
        matchExpressions.every((one) => meets(metadata.labels?.[one.key], one)) &&
        matchFields.every((one) => meets(metadata.name, one)),
    )
  );
}

function meets(found: string | undefined, { operator, values = [] }: NodeRequirementProps): boolean {
  switch (operator) {
    case 'In':
      return found !== undefined && values.includes(found);
    case 'NotIn':
      return found === undefined || !values.includes(found);
    case 'Exists':
      return found !== undefined;
    case 'DoesNotExist':
      return found === undefined;
    default: {
      const [own, other] = [found, values[0]].map((text) => (/^[0-9]+$/.test(text ?? '') ? Number(text) : Number.NaN));
      return operator === 'Gt' ? Number(own) > Number(other) : Number(own) < Number(other);
    }
  }
}
