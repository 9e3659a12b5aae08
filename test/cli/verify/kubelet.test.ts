import type { ProbePod, ProbeResult } from '../../../src/cli/probe/probes';
import type { Attempt, VerifyContext } from '../../../src/cli/verify/row';
import { kubelet } from '../../../src/cli/verify/rows/t4-kubelet';
import { attackOn, deniedBy, type FakeAttack } from './fake-target';

/** Pods that end with these codes, and events that say why: after the first, which probes a pod that answers everybody. */
function probing(
  ofMirror: (index: number) => number,
  message = '',
  attack: FakeAttack = {},
  ofControl = 0,
): VerifyContext {
  const code = (index: number) => (index === 0 ? ofControl : ofMirror(index - 1));
  const items = Array.from({ length: 10 }, (_, index) => ({
    message: `Liveness probe failed: ${message}`,
    involvedObject: { name: `t4-${index}` },
  }));
  const events = 'events --namespace secure-mirror-check-test --field-selector reason=Unhealthy';
  const context = attackOn({
    objects: { [events]: { items: items.filter((_, index) => code(index) !== 0) } },
    ...attack,
  });
  const run = async (pods: readonly ProbePod[]) =>
    pods.map(({ node = '' }, index): ProbeResult => {
      const ended = { succeeded: false, reason: '', logs: {}, images: {}, exitCodes: { probe: code(index) } };
      return { pod: `t4-${index}`, node, ...ended };
    });
  return { ...context, probes: { ...context.probes, run } };
}

const run = (context: VerifyContext) => kubelet.run(context) as Promise<Attempt[]>;

describe('the kubelet as the caller', () => {
  it.each([
    [
      'Get "https://10.244.1.5:5443/v2/": remote error: tls: certificate required',
      '9 TLS refused without a certificate (mutual TLS)',
    ],
    [
      'Get "http://10.244.1.5:5000/v2/": dial tcp: connect: connection refused',
      '9 connection refused (nobody listens there)',
    ],
    ['HTTP probe failed with statuscode: 404', '9 answered with HTTP 404'],
    ['', '9 the probe failed'],
  ])('is stopped where each probe fails: %s', async (message, seen) => {
    const [admission, probed] = await run(probing(() => 137, message));
    expect(admission).toMatchObject({ level: 'warning' });
    expect(probed).toMatchObject({ level: 'ok', seen, tried: '9 probes by the kubelet of w1' });
  });

  it('is noticed where a probe succeeds', async () => {
    const [, probed] = await run(probing((index) => (index === 0 ? 0 : 137)));
    expect(probed).toMatchObject({ level: 'problem', seen: '1 succeeded: http://10.244.1.5:5000/v2/' });
  });

  it('is not tried where admission refuses the pod', async () => {
    const complaints = {
      Pod: deniedBy('secured-mirror-guard-probes', 'a foreign host'),
    };
    const context = probing(() => 0, '', { complaints });
    expect(await run(context)).toMatchObject([{ level: 'ok', seen: 'refused at admission: a foreign host' }]);
  });

  it('proves nothing where the probe of a pod that answers everybody fails, unless another succeeds', async () => {
    const slow = 'Get "http://10.0.0.7:8080/v2/": context deadline exceeded';
    const [, probed] = await run(probing(() => 137, slow, {}, 137));
    const seen =
      'not tried: the kubelet does not even reach a pod of this run: dropped (a network policy or a firewall)';
    expect(probed).toMatchObject({ level: 'unknown', seen });
    const [, open] = await run(probing((index) => (index === 0 ? 0 : 137), slow, {}, 137));
    expect(open).toMatchObject({ level: 'problem', seen: '1 succeeded: http://10.244.1.5:5000/v2/' });
  });

  it('proves nothing where a pod ends and no event says why', async () => {
    const [, probed] = await run(probing(() => 137, '', { objects: {} }));
    const seen = 'not tried: a pod of the attack ended with 137, and no event says why';
    expect(probed).toMatchObject({ level: 'unknown', seen });
  });

  it('proves nothing where the pod does not run', async () => {
    const context = probing(() => 0);
    const nothing: ProbeResult = {
      pod: '',
      node: '',
      succeeded: false,
      reason: 'no node',
      logs: {},
      exitCodes: {},
      images: {},
    };
    const probes = { ...context.probes, run: async () => [nothing] };
    const [, probed] = await run({ ...context, probes });
    expect(probed).toMatchObject({ level: 'unknown', seen: 'not tried: a pod of the attack failed (no node)' });
  });
});
