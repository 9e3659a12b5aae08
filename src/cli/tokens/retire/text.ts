import { counted } from '../../../settings/counted';
import { names } from '../../shared/table';
import type { NamespaceHolding, RetireVerdict, Step } from './facts';

/** Where a shared account still is, as lines for people. */
export function retireText(verdict: RetireVerdict): string[] {
  const { user, registry, secret, extended, byUser, namespaces, declared, dangling } = verdict;
  return [
    `shared account ${user} at ${registry} (Secrets named ${secret}): ${timeText(verdict)}`,
    ...(extended ? [`  extended from ${extended.from}: ${extended.reason}`] : []),
    ...(byUser ? [] : [`  a token has the same user: only by the name ${secret} can one tell the account's Secrets`]),
    ...namespaces.flatMap(namespaceText),
    ...(declared.length > 0 ? [`  stack.yaml: still used by ${names(declared)}`] : []),
    ...(dangling.length > 0 ? ['  harmless, to be cleaned up: these name a Secret that is gone'] : []),
    ...dangling.flatMap((step) => stepText(step)),
  ];
}

function timeText({ daysLeft, lastDay, gone }: RetireVerdict): string {
  const ends = `its last day is ${lastDay}`;
  if (daysLeft < 0) return gone ? `ended, ${ends}` : `overdue by ${counted(-daysLeft, 'day')}, ${ends}`;
  return `${counted(daysLeft, 'day')} left, ${ends}`;
}

function namespaceText(holding: NamespaceHolding): string[] {
  const { namespace, secrets, serviceAccounts, workloads, pods, next } = holding;
  const running = pods.reduce((sum, { count }) => sum + count, 0);
  const sizes = [
    counted(secrets.length, 'Secret'),
    counted(serviceAccounts.length, 'ServiceAccount'),
    counted(workloads.length, 'workload'),
    counted(running, 'pod'),
  ];
  return [
    `  namespace ${namespace}: ${sizes.join(', ')}`,
    ...secrets.map(
      ({ name, by, owner, named }) =>
        `    Secret ${name}, found by ${by}${owner ? `, made by ${owner.kind} ${owner.name}` : ''}${named ? '' : '; nothing names it'}`,
    ),
    ...serviceAccounts.map(({ name, secrets }) => `    ServiceAccount ${name} lists ${names(secrets)}`),
    ...workloads.map(({ kind, name, secrets, reads }) => `    ${kind} ${name} ${usesText(secrets, reads)}`),
    ...pods.map(({ kind, name, count, secrets, reads, own }) => {
      const who = kind === 'Pod' ? `Pod ${name}` : `${counted(count, 'pod')} of ${kind} ${name}`;
      return `    ${who}: ${usesText(secrets, reads)}${own ? '' : ', from when made'}`;
    }),
    ...next.flatMap((step) => stepText(step, 'next: ')),
  ];
}

function usesText(secrets: string[], reads: string[]): string {
  return [
    ...(secrets.length > 0 ? [`pulls with ${names(secrets)}`] : []),
    ...(reads.length > 0 ? [`reads ${names(reads)}`] : []),
  ].join(', ');
}

function stepText({ what, command }: Step, mark = ''): string[] {
  return [`    ${mark}${what}`, ...(command === undefined ? [] : [`      ${command}`])];
}
