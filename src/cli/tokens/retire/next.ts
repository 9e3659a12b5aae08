import { counted } from '../../../settings/counted';
import { names } from '../../shared/table';
import { type KubectlCommand, patchCommand, target } from '../use/patch';
import type { AppliedList, PodsHolding, Reference, SecretHolding, Step } from './facts';
import type { Holding } from './holdings';

/** Workloads whose pods are made anew by a command. */
const RESTARTED = ['Deployment', 'StatefulSet', 'DaemonSet'];

/**
 * What to do now in a namespace: first what makes new pods have the account, then the pods that have it, then its Secrets. A Secret that
 * nothing names can go at any time.
 *
 * @param holding what has the account there
 * @param applied what applying stack.yaml leaves of a list
 * @param kubectlCommand the beginning of a command
 */
export function nextSteps(holding: Holding, applied: AppliedList, kubectlCommand: KubectlCommand): Step[] {
  const { serviceAccounts, workloads, pods, secrets } = holding;
  const sources = [...workloads, ...serviceAccounts].map((reference) => takeOut(reference, applied, kubectlCommand));
  const steps = sources.length > 0 ? sources : pods.map((pods) => restart(pods, kubectlCommand));
  return [...steps, ...secrets.filter(({ named }) => !named).map((secret) => remove(secret, kubectlCommand))];
}

/** How a reference is taken out. */
export function takeOut(
  reference: Reference | PodsHolding,
  applied: AppliedList,
  kubectlCommand: KubectlCommand,
): Step {
  const { kind, namespace, name, secrets, reads } = reference;
  const object = `${kind} ${namespace}/${name}`;
  if ('count' in reference) return restart(reference, kubectlCommand);
  if (reads.length > 0) {
    const command = `${kubectlCommand(namespace)} edit ${target(kind, name)}`;
    const its = names([...new Set([...reads, ...secrets])]);
    return { what: `give ${object} a token of its own instead of ${its}, which its containers read`, command };
  }
  const its = names(secrets);
  if (kind === 'Job') {
    return {
      what: `${object} names ${its}: wait until it ends, or delete it`,
      command: `${kubectlCommand(namespace)} delete ${target(kind, name)}`,
    };
  }
  const left = applied(reference);
  if (left !== undefined) {
    const others = reference.rest.filter((name) => !left.includes(name));
    const too =
      others.length === 0 ? '' : `; that takes ${others.join(', ')} off the list too, unless you say apply: false`;
    return {
      what: `${object} has its list from stack.yaml: take ${its} out there if it is still in it, and apply it${too}`,
    };
  }
  return { what: `take ${its} out of ${object}`, command: patchCommand(reference, reference.rest, kubectlCommand) };
}

function restart({ kind, namespace, name, count }: PodsHolding, kubectlCommand: KubectlCommand): Step {
  const pods = counted(count, 'pod');
  const have = count === 1 ? 'has' : 'have';
  if (RESTARTED.includes(kind)) {
    const command = `${kubectlCommand(namespace)} rollout restart ${target(kind, name)}`;
    return {
      what: `${pods} of ${kind} ${namespace}/${name} ${have} it from when made: make anew`,
      command,
    };
  }
  if (kind === 'Pod') {
    const command = `${kubectlCommand(namespace)} delete ${target(kind, name)}`;
    return { what: `Pod ${namespace}/${name} has it, and nothing will make it anew: end it yourself`, command };
  }
  return { what: `${pods} of ${kind} ${namespace}/${name} ${have} it from when made: wait for the end` };
}

function remove({ namespace, name, owner, shared }: SecretHolding, kubectlCommand: KubectlCommand): Step {
  const object = `Secret ${namespace}/${name}`;
  if (owner !== undefined) {
    const { kind, name: made } = owner;
    const what = `nothing names ${object} any more, but ${kind} ${made} makes it again: delete that`;
    // A kind is what its maker wrote: as an option of kubectl it would do something else.
    return /^[A-Z]\w*$/.test(kind)
      ? { what, command: `${kubectlCommand(namespace)} delete ${target(kind, made)}` }
      : { what };
  }
  if (shared) return { what: `${object} holds other credentials too: make it anew without this account` };
  return {
    what: `nothing names ${object} any more`,
    command: `${kubectlCommand(namespace)} delete ${target('Secret', name)}`,
  };
}
