import type { Spelling } from '../../../stack/spelling';
import type { ResolvedToken } from '../../../tokens/model/resolved';
import { expiryFor } from '../../../tokens/model/rotation';
import { isRunning, type PlanDates } from './dates';
import { handingOver } from './hand-over';
import { makerOf, making, wordsOf } from './registry';
import * as commands from './shell-commands';
import { type PlanStep, STEPS, type StepName } from './types';

/** What the steps of a token are made of. */
export interface StepContext {
  readonly cluster: string;
  readonly token: ResolvedToken;
  readonly dates: PlanDates;
  /** Secret of the old token while both are valid. */
  readonly previous: string;
  /** The shared account, where the old credential is its Secret. */
  readonly sharedAccount?: { readonly user: string; readonly lastDay: string };
  /** How commands are spelled for the user. */
  readonly spelling: Spelling;
}

const OPERATOR = 'the cluster operator';

/** The steps of a rotation; of a running one, the steps ahead. */
export function stepsOf(context: StepContext): PlanStep[] {
  const all = [make, handOver, apply, verify, wait, revoke, remove].map((step) => step(context));
  return all.slice(isRunning(context.token) ? STEPS.indexOf('verify') : 0);
}

function make({ token, dates }: StepContext): PlanStep {
  return step('make', dates.make, makerOf(token), making(token, dates.make), commands.saving(token));
}

function handOver(context: StepContext): PlanStep {
  const { token, dates } = context;
  const { what, commands } = handingOver(context);
  return step('hand over', dates.handOver, token.owner, what, commands);
}

function apply({ cluster, token, dates, previous, spelling }: StepContext): PlanStep {
  const days = dates.make && [`created: ${dates.make}`, `expires: ${expiryFor(dates.make, token.rotateEveryDays)}`];
  const old = inCluster(token) ? [`previousSecret: ${previous}`] : [];
  const keys = [...(days ?? ['created', 'expires']), ...old].join(', ');
  return step(
    'apply',
    dates.handOver,
    OPERATOR,
    [`In stack.yaml, at "${token.purpose}", set ${keys}; then:`],
    commands.applying(cluster, spelling),
  );
}

function verify({ token, dates, spelling }: StepContext): PlanStep {
  const silent =
    'The kubelet tries the new one first and, when that is refused, the old one, and says nothing: only this shows a new one that is not good.';
  const run = 'Run each workflow once.';
  const what = [
    'Write the day that it prints as lastVerified into stack.yaml.',
    ...(inCluster(token) ? [silent] : []),
    ...(token.usedBy.workflows.length > 0 ? [run] : []),
  ];
  const who = token.namespaces.length > 0 ? OPERATOR : token.owner;
  return step('verify', dates.handOver, who, what, [
    ...commands.proving(token, spelling),
    ...commands.forgetting(token),
  ]);
}

function wait({ token, dates }: StepContext): PlanStep {
  const {
    externalSecret,
    usedBy: { workflows, developers },
  } = token;
  const refresh = externalSecret
    ? `a refresh of the store, ${externalSecret.refreshInterval}`
    : "the kubelet's refresh of a Secret, some two minutes";
  const others = [...workflows.map((workflow) => `CI ${workflow}`), ...developers];
  const what = [
    ...(token.namespaces.length > 0 ? [`Leave both valid for at least ${refresh}.`] : ['Leave both valid.']),
    ...(others.length > 0 ? [`Until then these take the new one: ${others.join(', ')}.`] : []),
  ];
  return { ...step('wait', dates.handOver, 'nobody', what, []), ...(dates.revoke ? { until: dates.revoke } : {}) };
}

function revoke({ token, dates, sharedAccount, spelling }: StepContext): PlanStep {
  const watch = 'Watch a day: nothing may fail to pull or push.';
  const watching =
    token.namespaces.length > 0 ? [`${spelling.kubectl()} get events -A --field-selector reason=Failed`] : [];
  if (sharedAccount !== undefined) {
    const { user, lastDay } = sharedAccount;
    const what = `The old one is the shared account ${user}: it ends as a whole, by ${lastDay}, once this finds nothing of it.`;
    return step('revoke', dates.revoke, OPERATOR, [what], [spelling.asking('retire')]);
  }
  return step('revoke', dates.revoke, makerOf(token), [wordsOf(token).revoking, watch], watching);
}

function remove({ cluster, token, dates, previous, sharedAccount, spelling }: StepContext): PlanStep {
  const what = [
    ...(sharedAccount === undefined ? [wordsOf(token).deleting] : []),
    ...(inCluster(token) ? ['Take previousSecret out of stack.yaml, then:'] : []),
  ];
  const lines = inCluster(token)
    ? [
        ...commands.applying(cluster, spelling),
        ...(sharedAccount === undefined ? commands.deletingOld(token, previous, spelling) : []),
      ]
    : [];
  return step('delete', dates.remove, `${makerOf(token)}; ${OPERATOR}`, what, lines);
}

/** Whether pods have the old one beside the new. */
function inCluster(token: ResolvedToken): boolean {
  return token.kind === 'pull' && token.namespaces.length > 0;
}

function step(name: StepName, day: string | undefined, who: string, what: string[], lines: string[]): PlanStep {
  return { step: STEPS.indexOf(name) + 1, name, ...(day ? { day } : {}), who, what, commands: lines };
}
