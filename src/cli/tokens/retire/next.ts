import { counted } from '../../../settings/counted';
import { names } from '../../shared/table';
import { patchCommand, target } from '../use/patch';
import type { Typed } from '../use/typed';
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
 * @param typed the beginning of a command
 */
export function nextSteps(holding: Holding, applied: AppliedList, typed: Typed): Step[] {
  const { serviceAccounts, workloads, pods, secrets } = holding;
  const sources = [...workloads, ...serviceAccounts].map((reference) => takeOut(reference, applied, typed));
  const steps = sources.length > 0 ? sources : pods.map((pods) => restart(pods, typed));
  return [...steps, ...secrets.filter(({ named }) => !named).map((secret) => remove(secret, typed))];
}

/** How a reference is taken out. */
export function takeOut(reference: Reference | PodsHolding, applied: AppliedList, typed: Typed): Step {
  const { kind, namespace, name, secrets, reads } = reference;
  const object = `${kind} ${namespace}/${name}`;
  if ('count' in reference) return restart(reference, typed);
  if (reads.length > 0) {
    const command = `${typed(namespace)} edit ${target(kind, name)}`;
    const its = names([...new Set([...reads, ...secrets])]);
    return { what: `give ${object} a token of its own instead of ${its}, which its containers read`, command };
  }
  const its = names(secrets);
  if (kind === 'Job') {
    return {
      what: `${object} names ${its}: wait until it ends, or delete it`,
      command: `${typed(namespace)} delete ${target(kind, name)}`,
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
  return { what: `take ${its} out of ${object}`, command: patchCommand(reference, reference.rest, typed) };
}

function restart({ kind, namespace, name, count }: PodsHolding, typed: Typed): Step {
  const pods = counted(count, 'pod');
  const have = count === 1 ? 'has' : 'have';
  if (RESTARTED.includes(kind)) {
    const command = `${typed(namespace)} rollout restart ${target(kind, name)}`;
    return {
      what: `${pods} of ${kind} ${namespace}/${name} ${have} it from when made: make anew`,
      command,
    };
  }
  if (kind === 'Pod') {
    const command = `${typed(namespace)} delete ${target(kind, name)}`;
    return { what: `Pod ${namespace}/${name} has it, and nothing will make it anew: end it yourself`, command };
  }
  return { what: `${pods} of ${kind} ${namespace}/${name} ${have} it from when made: wait for the end` };
}

function remove({ namespace, name, owner, shared }: SecretHolding, typed: Typed): Step {
  const object = `Secret ${namespace}/${name}`;
  if (owner !== undefined) {
    const { kind, name: made } = owner;
    const what = `nothing names ${object} any more, but ${kind} ${made} makes it again: delete that`;
    // A kind is what its maker wrote: as an option of kubectl it would do something else.
    return /^[A-Z]\w*$/.test(kind) ? { what, command: `${typed(namespace)} delete ${target(kind, made)}` } : { what };
  }
  if (shared) return { what: `${object} holds other credentials too: make it anew without this account` };
  return { what: `nothing names ${object} any more`, command: `${typed(namespace)} delete ${target('Secret', name)}` };
}
