import { setTimeout as sleep } from 'node:timers/promises';
import { GUARD } from '../../../kubernetes/names';
import { dryRun, GUARDS, isTaken } from '../dry-run';
import { type Attempt, attempt, notTried, type Row, type VerifyContext } from '../row';

const ROW = {
  name: 'T21',
  title: 'somebody gets a certificate of the same CA',
  tries:
    "a Certificate with the peers' name in a tenant's namespace: as a dry run, and really where only the mirror's namespace has the issuer",
  expected: 'admission refuses it, or no issuer signs it',
  locks: ['admission', 'rights of the mirror'],
  isOfStack: true,
} satisfies Omit<Row, 'run'>;

/** A request that an issuer would sign is never made. */
export const issuer: Row = { ...ROW, run };

const TRIES = 20;
const MILLISECONDS = 1000;

interface Conditions {
  readonly metadata: { readonly ownerReferences?: { readonly name: string }[] };
  readonly status?: {
    readonly conditions?: {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
  };
}

async function run(context: VerifyContext): Promise<Attempt[]> {
  const { mirror, guards } = context;
  const { mutualTls } = mirror.authentication;
  const ref = mutualTls?.issuer?.ref;
  if (mutualTls === undefined || ref === undefined) {
    return [notTried(ROW, 'note', 'the stack asks no issuer of cert-manager for its certificates')];
  }
  const object = {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'secure-mirror-verify' },
    spec: {
      secretName: 'secure-mirror-verify',
      duration: '1h',
      renewBefore: '30m',
      privateKey: { algorithm: 'ECDSA', size: 256 },
      usages: ['client auth', 'server auth'],
      uris: [`spiffe://${mutualTls.trustDomain}/ns/${mirror.namespace}/peer`],
      issuerRef: { ...ref },
    },
  };
  const isShared = ref.kind !== 'Issuer';
  const tried = `a Certificate of a tenant with the peers' name, from the ${ref.kind} ${ref.name}`;
  const fix = isShared
    ? 'hold requests to the mirror: `guards: {}` in stack.yaml, an approver-policy, or an Issuer of the mirror alone (issuer.caSecret)'
    : GUARDS;
  const answer = await dryRun(ROW, context, {
    tried,
    object,
    policy: `${GUARD}-certificates`,
    action: guards?.certificates.action,
    isSecondLock: !isShared,
    fix,
  });
  return isShared || !isTaken(answer) ? [answer] : [answer, await signed(context, object)];
}

/** The Issuer is in another namespace, so nobody should sign: the run's own namespace takes the request with it at its end. */
async function signed(
  { kubectl, probes }: VerifyContext,
  object: Parameters<typeof dryRun>[2]['object'],
): Promise<Attempt> {
  await probes.create([object]);
  const namespace = await probes.namespace();
  const tried = 'the same Certificate, really';
  for (let tries = 0; tries < TRIES; tries++) {
    const list = await kubectl.object<{ items: Conditions[] }>('certificaterequests', '--namespace', namespace);
    const ready = list?.items.flatMap(({ status }) => status?.conditions ?? []).find(({ type }) => type === 'Ready');
    if (ready?.status === 'True') {
      return attempt(ROW, 'problem', { tried, seen: 'it was signed', fix: "use an Issuer of the mirror's namespace" });
    }
    if (ready?.message !== undefined) {
      return attempt(ROW, 'ok', { tried, seen: `nobody signs it: ${ready.message}`, evidence: [ready.message] });
    }
    await sleep(MILLISECONDS);
  }
  return attempt(ROW, 'unknown', { tried, seen: `not tried: cert-manager said nothing of it in ${TRIES} s` });
}
