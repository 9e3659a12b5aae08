import type { Attempt, Row } from '../../../src/cli/verify/row';
import { rows } from '../../../src/cli/verify/rows';
import { found } from '../../../src/cli/verify/rows/t12-credentials';
import { minimal, tokens } from '../../support';
import { attackOn, deniedBy, type FakeAttack, TARGET } from './fake-target';

function row(name: string): Row {
  const found = rows.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

// Nobody waits for a fake cluster.
jest.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));

const run = (name: string, attack: FakeAttack) => row(name).run(attackOn(attack)) as Promise<Attempt[]>;
const denied = (policy: string) => deniedBy(`secured-mirror-${policy}`, 'no');

describe('T12', () => {
  it.each([
    ['-----BEGIN EC PRIVATE KEY-----', 'a private key'],
    [`dckr_${'oat'}_0123456789abcdef`, 'a token of Docker Hub'],
    ['{"auths":{"a":{"auth":"bWlycm9yOnNlY3JldA=="}}}', 'a pull secret'],
    [JSON.stringify({ data: '{"auth": "bWlycm9yOnNlY3JldA=="}' }), 'a pull secret'],
    ['Authorization: Basic bWlycm9yOnNlY3JldA==', 'an Authorization header'],
  ])('finds %s', (text, what) => {
    expect(found(`before ${text} after`)).toEqual([what]);
  });

  it.each(['Authorization: Basic Og==', 'Authorization = "$authorization"', 'Basic authentication', '"auth":""'])(
    'finds nothing in %s',
    (text) => expect(found(text)).toEqual([]),
  );

  it('says where, and never what', async () => {
    const item = { kind: 'ConfigMap', metadata: { name: 'a' }, data: { key: '-----BEGIN PRIVATE KEY-----PLANTED' } };
    const objects = { 'pods,daemonsets,configmaps,services --namespace secured-mirror': { items: [item] } };
    const runs = () => ({ status: 0, stdout: 'Authorization: Bearer PLANTEDPLANTEDPLANTED' });
    const attempts = await run('T12', { objects, runs });
    expect(attempts).toMatchObject([
      { level: 'problem', seen: 'a private key in the ConfigMap a' },
      { level: 'problem', seen: expect.stringContaining('an Authorization header in the log of mirror-w1') },
    ]);
    expect(JSON.stringify(attempts)).not.toContain('PLANTED');
  });
});

describe('rows about settings and tokens', () => {
  it.each([
    ['T15', {}, 'ok'],
    ['T15', { stack: { publicRepositories: ['docker.io/library/*'] } }, 'warning'],
    ['T18', {}, 'warning'],
    ['T18', { target: { ...TARGET, pods: TARGET.pods.map((pod) => ({ ...pod, images: ['a@sha256:0'] })) } }, 'ok'],
    ['T13', {}, 'note'],
    ['T20', {}, 'note'],
    ['T6', {}, 'note'],
  ])('%s with %j: %s', async (name, attack, level) => {
    expect((await run(name, attack as FakeAttack)).map((one) => one.level)).toEqual([level]);
  });

  const build = { namespace: 'ci', serviceAccount: 'build' };
  const [organization] = tokens;
  const push = organization?.push?.map((token) => ({ ...token, workload: build }));
  const stack = {
    ...minimal,
    today: '2025-06-01',
    imagePullSecrets: ['pull'],
    tokens: [{ ...organization, push }],
  } as never;

  it.each([
    ['T13', undefined, 'warning', undefined],
    ['T13', { Pod: denied('guard-private-repositories') }, 'ok', 'docker.io/kong/kubernetes-ingress-controller:1'],
    ['T20', undefined, 'problem', undefined],
    ['T20', { Pod: denied('push-secrets') }, 'ok', 'kubernetes-ingress-controller-push'],
  ])('%s with %j is %s by a dry run', async (name, complaints, level, about) => {
    const context = attackOn({ stack, complaints });
    const attempts = (await row(name).run(context)) as Attempt[];
    expect(attempts.map((one) => one.level)).toEqual([level]);
    if (about !== undefined) expect(JSON.stringify(context.dryRuns)).toContain(about);
  });
});

describe('T21', () => {
  const ready = (status: string) => ({
    items: [{ metadata: {}, status: { conditions: [{ type: 'Ready', status, message: 'issuer not found' }] } }],
  });
  const requests = 'certificaterequests --namespace secure-mirror-check-test';
  const shared = {
    authentication: { mutualTls: { issuer: { ref: { name: 'all', kind: 'ClusterIssuer' } } } },
  } as never;

  it('really asks where the issuer is in another namespace', async () => {
    const context = attackOn({ objects: { [requests]: ready('False') } });
    const attempts = (await row('T21').run(context)) as Attempt[];
    expect(attempts.map(({ level }) => level)).toEqual(['warning', 'ok']);
    expect(context.created.map(({ kind }) => kind)).toEqual(['Certificate']);
    expect((await run('T21', { objects: { [requests]: ready('True') } }))[1]).toMatchObject({ level: 'problem' });
  });

  it.each([
    [undefined, 'problem'],
    [{ Certificate: denied('guard-certificates') }, 'ok'],
  ])('never asks an issuer that might sign: %j', async (complaints, level) => {
    const context = attackOn({ stack: shared, complaints });
    expect(await row('T21').run(context)).toMatchObject([{ level }]);
    expect(context.created).toEqual([]);
  });
});

describe('T17', () => {
  const ended = (exitCodes: object, reason = '') => ({
    pod: 't17',
    node: 'w1',
    succeeded: false,
    reason,
    logs: {},
    exitCodes,
    images: {},
  });
  /** A proxy that has started again as often as these numbers say, the last of them from then on; it does not run where one is negative. */
  const dead = async (result: object, runs: FakeAttack['runs'], ...restarts: number[]) => {
    const context = attackOn({ runs });
    const counts = [...restarts];
    const kubectl = {
      ...context.kubectl,
      object: async () => {
        const restartCount = counts.length > 1 ? counts.shift() : counts[0];
        const state = Number(restartCount) < 0 ? { waiting: { reason: 'CrashLoopBackOff' } } : { running: {} };
        return { status: { initContainerStatuses: [{ name: 'proxy', restartCount, state }] } };
      },
    };
    const probes = { ...context.probes, run: async () => [result as never] };
    return row('T17').run({ ...context, kubectl: kubectl as never, probes });
  };
  const ready = () => ({ status: 0 });

  it('tells a pull from a failed one, and from a mirror that stays away', async () => {
    expect(await dead(ended({ probe: 128 }), ready, 2, 2, 3)).toMatchObject([{ level: 'ok' }]);
    expect(await dead(ended({}, 'ErrImagePull'), ready, 0, 1)).toMatchObject([{ level: 'unknown' }]);
    const away = (words: readonly string[]) => ({ status: words.includes('wait') ? 1 : 0 });
    expect(await dead(ended({ probe: 128 }), away, 0, 1)).toMatchObject([{ level: 'problem' }]);
    expect(await dead(ended({ probe: 128 }), away, 0, -1)).toMatchObject([{ level: 'problem' }]);
  });

  it('proves nothing where the proxy does not run, or its pod is gone', async () => {
    const seen = 'not tried: the proxy of mirror-w1 does not run';
    expect(await dead(ended({ probe: 128 }), ready, -1)).toMatchObject([{ level: 'unknown', seen }]);
    await expect(row('T17').run(attackOn({}))).rejects.toThrow('not tried: somebody deleted mirror-w1');
  });

  it.each([
    ['not tried: the proxy did not end', ready],
    [
      'denied request: only operators',
      () => ({ status: 1, stderr: deniedBy('secured-mirror-guard-mirror-namespace', 'only operators') }),
    ],
  ])('proves nothing where the proxy lives on: %s', async (seen, runs) => {
    expect(await dead(ended({ probe: 128 }), runs, 4)).toMatchObject([
      { level: 'unknown', seen: expect.stringContaining(seen) },
    ]);
  });
});
