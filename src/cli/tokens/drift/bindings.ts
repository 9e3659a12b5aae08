import { finding } from '../../shared/finding';
import type { Named } from '../use/facts';
import { patchCommand } from '../use/patch';
import { call, type DriftFinding } from './finding';
import { type DriftFacts, type Places, pathOf } from './places';

/** Whether ServiceAccounts list the declared Secrets, and what an apply would do to their lists. */
export function bindingFindings({ use, spelling }: DriftFacts, places: Places): DriftFinding[] {
  const kubectlCommand = (namespace: string) => spelling.kubectl(namespace);
  const there = new Map(use.serviceAccounts.map((account) => [pathOf(account), account]));
  return places.bound.flatMap((account): DriftFinding[] => {
    const where = `ServiceAccount ${pathOf(account)}`;
    const found = there.get(pathOf(account));
    if (found === undefined) {
      const what = `it does not exist, and should pull with ${account.secrets.join(', ')}`;
      const todo = account.applied
        ? 'apply stack.yaml, or take it out of bindTo'
        : 'make it, or take it out of stack.yaml';
      return [finding('problem', 'account-missing', where, what, todo)];
    }
    const others = found.pulls.filter((name) => !account.secrets.includes(name));
    // The order of the list says which of two is tried first: the tokens', then what they take the place of, then others'.
    const patch = patchCommand({ ...found, kind: 'ServiceAccount' }, [...account.secrets, ...others], kubectlCommand);
    const spoiled = found.lastApplied || others.length > 0;
    const missing = account.secrets
      .filter((secret) => !found.pulls.includes(secret))
      .map((secret) => {
        const token = places.tokenOf(secret);
        const whose = token ? call(token) : 'what a token takes the place of';
        const what = `it does not list ${secret}, the Secret of ${whose}: its pods pull without it`;
        const todo = account.applied ? (spoiled ? SPARE : 'apply stack.yaml') : patch;
        return finding(token ? 'problem' : 'warning', 'not-listed', where, what, todo);
      });
    return [
      ...missing,
      ...(account.applied && found.lastApplied ? [lastAppliedFinding(where)] : []),
      ...(account.applied && others.length > 0 ? [takesAwayFinding(account, others, places)] : []),
    ];
  });
}

const SPARE = 'say apply: false at its bindTo; then drift prints how to set its list';

/** kubectl makes what it once applied by itself its own at an apply by the server, and drops what that one does not say (measured). */
function lastAppliedFinding(where: string): DriftFinding {
  const what =
    'kubectl applied it without --server-side, so applying stack.yaml with kubectl takes its labels, annotations and other fields';
  return finding('warning', 'last-applied', where, what, SPARE);
}

/** The list is one value for Kubernetes: an apply sets all of it. */
function takesAwayFinding(account: Named, others: string[], places: Places): DriftFinding {
  const named = others.map((name) => `${name} (${ownerText(name, account, places)})`).join(', ');
  const what = `applying stack.yaml sets its whole list, which takes these off it: ${named}`;
  const todo = `${SPARE}, and keeps these. Apply only if its pods need none of them any more`;
  return { ...finding('warning', 'takes-away', `ServiceAccount ${pathOf(account)}`, what, todo), takesAway: others };
}

/** Whose a Secret is that stack.yaml does not put on a list. */
function ownerText(name: string, { namespace, name: account }: Named, places: Places): string {
  const token = places.tokenOf(name);
  if (token) return `the Secret of ${call(token)}`;
  if (places.accounts.some(({ secret }) => secret === name)) return 'the Secret of the shared account';
  if (name.startsWith(`${account}-dockercfg-`)) return "OpenShift's, for the registry of the cluster";
  return places.secret(namespace, name) ? 'not in stack.yaml' : 'not in stack.yaml, and there is no such pull Secret';
}
