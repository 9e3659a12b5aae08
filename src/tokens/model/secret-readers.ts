import type { TokenHolderProps, WorkloadProps } from '../props/token-binding-props';

/**
 * Who may read a token's Secret: the workload that pushes with it, and its holders.
 *
 * @param holders the holders
 * @param workload the workload, if it has one
 */
export function secretReaders(holders: TokenHolderProps[], workload?: WorkloadProps): TokenHolderProps[] {
  if (workload === undefined) return holders;
  const { namespace, serviceAccount: name } = workload;
  return [{ kind: 'ServiceAccount', name, namespace }, ...holders];
}
