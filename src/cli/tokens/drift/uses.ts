import type { ResolvedToken } from '../../../config/tokens/model';
import { patchCommand } from '../use/patch';
import type { DriftFacts, DriftFinding } from './facts';
import { type Places, pathOf } from './places';
import { call, finding } from './secrets';
import type { User } from './users';

/** Whether ServiceAccounts list what they are to list. */
export function bindingFindings({ use, typed }: DriftFacts, places: Places): DriftFinding[] {
  const there = new Map(use.serviceAccounts.map((account) => [pathOf(account), account]));
  return places.bound.flatMap((account): DriftFinding[] => {
    const where = `ServiceAccount ${pathOf(account)}`;
    const found = there.get(pathOf(account));
    if (found === undefined) {
      const what = `it is not there, and is to pull with ${account.secrets.join(', ')}`;
      const todo = account.applied
        ? 'apply stack.yaml, or take it out of bindTo'
        : 'make it, or take it out of stack.yaml';
      return [finding('wrong', 'account-missing', where, what, todo)];
    }
    const patch = patchCommand({ ...account, kind: 'ServiceAccount' }, account.secrets, typed);
    const missing = account.secrets
      .filter((secret) => !found.pulls.includes(secret))
      .map((secret) => {
        const token = places.tokenOf(secret);
        const whose = token ? call(token) : 'what a token takes the place of';
        const what = `it does not list ${secret}, the Secret of ${whose}: its pods pull without it`;
        const todo = account.applied ? (found.lastApplied ? SPARE : 'apply stack.yaml') : patch;
        return finding(token ? 'wrong' : 'warning', 'not-listed', where, what, todo);
      });
    return [...missing, ...(account.applied && found.lastApplied ? [lastAppliedFinding(where)] : [])];
  });
}

const SPARE = 'say apply: false at its bindTo; then drift prints how to set its list';

/** kubectl makes what it once applied by itself its own at an apply by the server, and drops what that one does not say (measured). */
function lastAppliedFinding(where: string): DriftFinding {
  const what =
    'kubectl applied it without --server-side, so applying stack.yaml with kubectl takes its labels, annotations and other fields';
  return finding('warning', 'last-applied', where, what, SPARE);
}

/** Whether anything uses a declared token that is not declared to. */
export function useFindings(users: User[], places: Places): DriftFinding[] {
  return users.flatMap((user) => [
    ...user.pulls.flatMap((name) => {
      const token = places.tokenOf(name);
      return token === undefined ? [] : pullFindings(user, name, token, places);
    }),
    ...user.reads.flatMap((name) => {
      const token = places.tokenOf(name);
      return token === undefined ? [] : readFindings(user, name, token, places);
    }),
  ]);
}

function pullFindings(user: User, name: string, token: ResolvedToken, places: Places): DriftFinding[] {
  const { where, account, namespace } = user;
  if (token.kind === 'push') {
    const what = `it pulls with ${name}, the Secret of ${call(token)}, with which one can push`;
    const todo = 'take it out at once, give it a token that pulls, and replace the token that pushes: it was on nodes';
    return [finding('wrong', 'push-pulls', where, what, todo)];
  }
  if (places.allowed(account).includes(name)) return [];
  if (places.secret(namespace, name) === undefined) {
    const what = `it names ${name}, the Secret of ${call(token)}, which is not there and not declared for it`;
    return [finding('warning', 'dangling', where, what, 'take it out')];
  }
  const what = `it pulls with ${name}, the Secret of ${call(token)}, and is not declared to`;
  return [finding('wrong', 'undeclared-use', where, what, 'name it in bindTo, or take the Secret out of it')];
}

function readFindings(user: User, name: string, token: ResolvedToken, places: Places): DriftFinding[] {
  const { where, account, namespace } = user;
  if (places.secret(namespace, name) === undefined) return [];
  if (token.kind === 'pull') {
    const what = `its containers read ${name}, the Secret of ${call(token)}: nodes pull without that`;
    return [finding('warning', 'mounted', where, what, 'take it out of the containers, unless they pull themselves')];
  }
  const { workload } = token.props;
  if (workload?.namespace === account.namespace && workload.serviceAccount === account.name) return [];
  const what = `its containers read ${name}, the Secret of ${call(token)}, and are not the workload that pushes`;
  return [finding('wrong', 'push-read', where, what, 'take it out, and replace the token')];
}
