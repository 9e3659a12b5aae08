import type { GuardAction } from '../../guards/props/guard-props';
import { KubectlWriter, type Manifest } from '../kubectl/kubectl-writer';
import { type Attempt, attempt, type Row, type VerifyContext } from './row';

/** An object that an attacker would make, and what it means where the API server takes it. */
export interface DryRun {
  /** What it is, in a few words. */
  readonly tried: string;
  readonly object: Manifest;
  /** The policy of the stack that refuses it: a refusal by another one says nothing about the mirror's lock. */
  readonly policy: string;
  /**
   * What the settings say of the guard that refuses it.
   *
   * @default - the stack has no such guard
   */
  readonly action?: GuardAction;
  /** Whether another lock holds too, so that the mirror is safe without a guard. */
  readonly isSecondLock: boolean;
  /** What to do without a guard. */
  readonly fix: string;
}

/** How the API server says that a policy, a webhook or Pod Security refuses an object, not a quota or a mistake in it. */
const POLICY = /denied request|denied the request|violates PodSecurity/;
const NAMED_POLICY = /ValidatingAdmissionPolicy '([^']+)'/;

/**
 * Asks the API server whether it would take an object; it makes none.
 *
 * @throws CliError where the user may not make such an object
 */
export async function dryRun(
  row: Pick<Row, 'name' | 'expected'>,
  context: VerifyContext,
  run: DryRun,
): Promise<Attempt> {
  const namespace = String(run.object.metadata.namespace ?? (await context.probes.namespace()));
  const { refused } = await new KubectlWriter(context.kubectl).create(namespace, [run.object], '--dry-run=server');
  const tried = `a dry run of ${run.tried}`;
  const [complaint] = refused;
  if (complaint === undefined) return taken(row, tried, run);
  if (!POLICY.test(complaint)) {
    return attempt(row, 'unknown', { tried, seen: `not tried: refused for another reason: ${complaint}` });
  }
  if (policyIn(complaint) !== run.policy) {
    const seen = `not tried: refused by another policy: ${complaint}`;
    return attempt(row, run.action === 'Deny' ? 'unknown' : 'note', { tried, seen });
  }
  return attempt(row, 'ok', { tried, seen: `refused at admission: ${reasonIn(complaint)}`, evidence: [complaint] });
}

/** The ValidatingAdmissionPolicy that refused a request; nothing where it was something else. */
export function policyIn(complaint: string): string | undefined {
  return NAMED_POLICY.exec(complaint)?.[1];
}

/** Whether the API server would make the object of a dry run. */
export function isTaken({ level }: Attempt): boolean {
  return level === 'warning' || level === 'problem';
}

/** The API server would make the object. */
function taken(row: Pick<Row, 'name' | 'expected'>, tried: string, { action, isSecondLock, fix }: DryRun): Attempt {
  const seen = 'the API server takes it';
  if (action === 'Deny') {
    const why = `${seen}, although stack.yaml denies it`;
    return attempt(row, 'problem', {
      tried,
      seen: why,
      fix: 'apply the manifests of the stack again, and see docs/guards.md',
    });
  }
  if (action !== undefined) {
    return attempt(row, 'warning', { tried, seen: `${seen}, and its guard only notes it (${action})`, fix: DENY });
  }
  if (!isSecondLock) return attempt(row, 'problem', { tried, seen, fix });
  return attempt(row, 'warning', { tried, seen: `${seen}: the other locks stand alone`, fix });
}

const DENY = 'set its action to Deny under guards in stack.yaml';

/** How a user gets the guards. */
export const GUARDS = 'let admission refuse it: `guards: {}` in stack.yaml';

/** A complaint without the names of the object and the policy. */
function reasonIn(complaint: string): string {
  return complaint.replace(/^.*?denied request:? ?/, '');
}
