import { counted } from '../../../settings/counted';
import type { Finding } from '../../shared/finding';
import type { ClusterUse } from '../use/facts';
import type { RetireVerdict } from './facts';

/** Kinds of findings of `tokens retire`: something has the account, nothing has it, or nobody can tell for a Secret. */
export type RetireCode = 'in-use' | 'gone' | 'unreadable';

/** A finding for each account, and one for each Secret that the command could not read. */
export function retireFindings(verdicts: RetireVerdict[], { secrets }: ClusterUse): Finding<RetireCode>[] {
  const unreadable = secrets
    .filter(({ content }) => content === 'malformed')
    .map(({ namespace, name }) => {
      const message = 'nodes cannot use it, and its users stay unknown: it is malformed';
      return { level: 'warning', code: 'unreadable', subject: `Secret ${namespace}/${name}`, message } as const;
    });
  return [...verdicts.map(accountFinding), ...unreadable];
}

function accountFinding({ user, registry, gone, namespaces, declared, lastDay }: RetireVerdict): Finding<RetireCode> {
  const subject = `shared account ${user} at ${registry}`;
  if (gone) return { level: 'ok', code: 'gone', subject, message: 'nothing has it any more' };
  const where = [
    ...(namespaces.length > 0 ? [counted(namespaces.length, 'namespace')] : []),
    ...(declared.length > 0 ? ['stack.yaml'] : []),
  ];
  const message = `still in ${where.join(' and ')}; its last day is ${lastDay}`;
  return { level: 'problem', code: 'in-use', subject, message, fix: 'take its next steps, and run it again' };
}
