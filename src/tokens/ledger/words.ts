import type { Action } from '../model/resolved';
import { secretReaders } from '../model/secret-readers';
import type { SharedAccountUserProps } from '../props/shared-account-props';
import type { LedgerSource, LedgerToken, LedgerUses } from './types';

/** What a token may do, in a registry's words. */
export function rightsOf(actions: Action[]): string {
  return actions.map((action) => `image ${action}`).join(', ');
}

/** Everything that uses a token, in a line. */
export function usersText({ usedBy }: { readonly usedBy: LedgerUses }): string {
  const { serviceAccounts, mirror, workload, workflows, developers } = usedBy;
  const all = [
    ...accountNames(serviceAccounts),
    ...(mirror ? ['the mirror'] : []),
    ...(workload ? [`build ${workload.namespace}/${workload.serviceAccount}`] : []),
    ...workflows.map((workflow) => `CI ${workflow}`),
    ...developers,
  ];
  return all.join(', ') || 'nothing';
}

/** ServiceAccounts as namespace/name. */
export function accountNames(all: SharedAccountUserProps[]): string[] {
  return all.flatMap(({ namespace, names }) => names.map((name) => `${namespace}/${name}`));
}

/** Where a cluster has a token from. */
export function sourceText(source: LedgerSource): string {
  switch (source.kind) {
    case 'secret':
      return 'a Secret that you make';
    case 'store':
      return `${source.storeKind} ${source.store}, path ${source.path}, property ${source.property}`;
    case 'credentialProvider':
      return `the kubelet's credential provider ${source.name}; nothing is stored`;
    case 'outside':
      return 'not in this cluster';
  }
}

/** Who may read a token's Secret: its holders, and the workload that pushes with it. */
export function holdersText({ holders, usedBy: { workload } }: LedgerToken): string {
  const texts = secretReaders(holders, workload).map(
    ({ kind, namespace, name }) => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`,
  );
  return texts.join(', ') || 'nobody is given the right';
}

/** Where a token's Secret is. */
export function secretText({ secretRef, namespaces }: LedgerToken): string | undefined {
  return secretRef === undefined || namespaces.length === 0
    ? undefined
    : `${secretRef.name} in ${namespaces.join(', ')}`;
}
