import type { Attempt } from '../../../src/cli/verify/row';
import { rows } from '../../../src/cli/verify/rows';
import { minimal, tokens, variants } from '../../support';
import { attackOn, deniedBy } from './fake-target';

const build = { namespace: 'ci', serviceAccount: 'build' };
const [organization] = tokens;
const push = organization?.push?.map((token) => ({ ...token, workload: build }));
const unguarded = { ...minimal, today: '2025-06-01', imagePullSecrets: ['pull'], tokens: [{ ...organization, push }] };
const { network } = variants.guards as typeof minimal;
const guarded = { ...unguarded, network, guards: { action: 'Deny' } } as never;

/** The last word of a row on a kind of object that somebody refuses. */
async function said(name: string, kind: string, complaint: string, stack: object): Promise<Attempt | undefined> {
  const context = attackOn({ stack: stack as never, complaints: { [kind]: complaint } });
  const attempts = await rows.find((row) => row.name === name)?.run(context);
  return (attempts as Attempt[]).find(({ tried }) => tried.startsWith('a dry run'));
}

const QUOTA = 'Error from server (Forbidden): pods "b" is forbidden: exceeded quota';
const FOREIGN = [
  deniedBy('registries', 'the registry is not allowed'),
  deniedBy('secured-mirror-guard-elsewhere', 'another guard of ours'),
  'Error from server: admission webhook "validate.kyverno.svc-fail" denied the request: registry not allowed',
  'Error from server (Forbidden): pods "b" is forbidden: violates PodSecurity "restricted:v1.33": hostPath',
];

describe.each([
  ['T3', 'ValidatingWebhookConfiguration', 'secured-mirror-guard-webhooks'],
  ['T4', 'Pod', 'secured-mirror-guard-probes'],
  ['T5', 'Pod', 'secured-mirror-guard-mirror-pods'],
  ['T13', 'Pod', 'secured-mirror-guard-private-repositories'],
  ['T20', 'Pod', 'secured-mirror-push-secrets'],
  ['T21', 'Certificate', 'secured-mirror-guard-certificates'],
])('the dry run of %s, a %s', (name, kind, policy) => {
  it('is stopped by a policy of the stack, and no other', async () => {
    const complaint = deniedBy(policy, 'for a reason');
    const stopped = { level: 'ok', seen: 'refused at admission: for a reason', evidence: [complaint] };
    expect(await said(name, kind, complaint, guarded)).toMatchObject(stopped);
    expect(attackOn({ stack: guarded }).objects).toContainEqual(
      expect.objectContaining({
        kind: 'ValidatingAdmissionPolicy',
        metadata: expect.objectContaining({ name: policy }),
      }),
    );
  });

  it.each(FOREIGN)('proves nothing where another policy refuses it: %s', async (complaint) => {
    const seen = `not tried: refused by another policy: ${complaint}`;
    expect(await said(name, kind, complaint, guarded)).toMatchObject({ level: 'unknown', seen });
    const policies = name === 'T20' ? { admission: { policies: false } } : {};
    expect(await said(name, kind, complaint, { ...unguarded, ...policies })).toMatchObject({ level: 'note', seen });
  });

  it('proves nothing where a quota refuses it', async () => {
    const seen = `not tried: refused for another reason: ${QUOTA}`;
    expect(await said(name, kind, QUOTA, guarded)).toMatchObject({ level: 'unknown', seen });
  });
});
