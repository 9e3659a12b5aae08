import type { ResolvedToken } from '../../../tokens/model/resolved';
import { finding } from '../../shared/finding';
import { call, type DriftFinding } from './finding';
import type { Places } from './places';
import type { User } from './users';

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
    return [finding('problem', 'push-pulls', where, what, todo)];
  }
  if (places.allowed(account).includes(name)) return [];
  if (places.secret(namespace, name) === undefined) {
    const what = `it names ${name}, the Secret of ${call(token)}, which does not exist and is not declared for it`;
    return [finding('warning', 'dangling', where, what, 'take it out')];
  }
  const what = `it pulls with ${name}, the Secret of ${call(token)}, and is not declared to`;
  return [finding('problem', 'undeclared-use', where, what, 'name it in bindTo, or take the Secret out of it')];
}

function readFindings(user: User, name: string, token: ResolvedToken, places: Places): DriftFinding[] {
  const { where, account, namespace } = user;
  if (places.secret(namespace, name) === undefined) return [];
  if (token.kind === 'pull') {
    const what = `its containers read ${name}, the Secret of ${call(token)}: nodes pull without that`;
    return [finding('warning', 'mounted', where, what, 'take it out of the containers, unless they pull themselves')];
  }
  const { workload } = token;
  if (workload?.namespace === account.namespace && workload.serviceAccount === account.name) return [];
  const what = `its containers read ${name}, the Secret of ${call(token)}, and are not the workload that pushes`;
  return [finding('problem', 'push-read', where, what, 'take it out, and replace the token')];
}
