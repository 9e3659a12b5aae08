import type { ProbePod } from '../../../src/cli/probe/probes';
import type { Attempt, Row, VerifyContext } from '../../../src/cli/verify/row';
import { rows } from '../../../src/cli/verify/rows';
import { lan } from '../../../src/cli/verify/rows/t7-lan';
import { attackOn } from './fake-target';

function row(name: string): Row {
  const found = rows.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

/** No test dials. */
const run = (name: string, context: VerifyContext) =>
  (name === 'T7' ? lan(async () => false) : row(name)).run(context) as Promise<Attempt[]>;

/** The requests of a pod, four words each. */
function requestsOf({ spec }: ProbePod): string[][] {
  const words = spec.containers[0]?.command?.slice(5) ?? [];
  return words.flatMap((_, index) => (index % 4 === 0 ? [words.slice(index, index + 4)] : []));
}

/** A network in which some requests are answered. */
const answering =
  (isOpen: (how: string, address: string, request: string) => boolean, control = true) =>
  (pod: ProbePod) =>
    requestsOf(pod)
      .map(([id, how = '', address = '', request = '']) => {
        const open = id === 'control' ? control : isOpen(how, address, request);
        if (how === 'router') return JSON.stringify({ id, router: open ? '/multistream/1.0.0' : '', failure: '' });
        const details = open ? 'via_upstream' : 'upstream_reset_before_response_started{connection_timeout}';
        return JSON.stringify({ id, status: open ? 200 : 503, details, failure: null, bytes: 5 });
      })
      .join('\n');

describe('a stranger', () => {
  it.each(['T1', 'T2', 'T8', 'T9'])('gets nothing where nobody answers: %s', async (name) => {
    const context = attackOn({ prints: answering(() => false) });
    const attempts = await run(name, context);
    expect(attempts.map(({ level }) => level)).toEqual(attempts.map(() => 'ok'));
    expect(attempts[0]?.evidence.length).toBeGreaterThan(7);
    expect(attempts[0]?.seen).toMatch(/^\d+ (dropped|closed)/);
  });

  it.each([
    ['T1', 'plain', '10.244.1.5:5000', 'POST /v2/'],
    ['T2', 'plain', '10.244.2.5:5000', 'GET /v2/'],
    ['T2', 'tls', '10.244.1.5:5443', 'GET /v2/'],
    ['T2', 'tls', '10.244.1.5:5445', 'GET /v2/'],
    ['T2', 'plain', '10.96.77.77:30020', 'GET /v2/'],
    ['T2', 'plain', '10.0.0.11:30021', 'GET /v2/'],
    ['T7', 'plain', '10.0.0.12:30020', 'GET /v2/'],
    ['T8', 'plain', '10.244.1.5:9090', 'GET /debug/pprof/'],
    ['T8', 'tls', '10.244.1.5:5004', 'GET /metrics'],
    ['T9', 'router', '10.244.1.5:5001', '/multistream/1.0.0'],
    ['T9', 'tls', '10.244.2.5:5444', 'GET /'],
  ])('of %s is noticed where %s %s answers', async (name, how, address, request) => {
    const open = (...asked: string[]) => asked.join() === [how, address, request].join();
    const found = (await run(name, attackOn({ prints: answering(open) }))).filter(({ level }) => level === 'problem');
    expect(found).toHaveLength(1);
    expect(found[0]?.seen).toContain(`${address} from w1: `);
    expect(found[0]?.fix).toBeDefined();
  });

  it('has no certificate, no token and no policy, and is restricted', async () => {
    const context = attackOn({ prints: answering(() => false) });
    await run('T2', context);
    expect(context.created).toEqual([]);
    for (const { spec } of context.pods) {
      expect(spec.volumes).toBeUndefined();
      expect(spec.containers[0]?.securityContext).toMatchObject({
        runAsNonRoot: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  it('proves nothing where its own network does not work', async () => {
    const context = attackOn({ prints: answering(() => false, false) });
    await expect(run('T2', context)).rejects.toThrow('a pod on w1 does not even reach a pod of its own namespace');
  });

  it('proves nothing where a pod does not run, or loses an answer', async () => {
    await expect(run('T2', attackOn({ prints: () => undefined }))).rejects.toThrow('ErrImagePull');
    const control = JSON.stringify({ id: 'control', status: 200, details: 'via_upstream', bytes: 1 });
    await expect(run('T2', attackOn({ prints: () => control }))).rejects.toThrow('lost an answer');
  });
});

describe('this machine', () => {
  const from = (open: readonly number[]) =>
    lan(async (_, port) => open.includes(port)).run(attackOn({ prints: answering(() => false) })) as Promise<Attempt[]>;

  it('is a host of the LAN', async () => {
    expect((await from([10250])).at(-1)).toMatchObject({ level: 'ok' });
    expect((await from([10250, 30020])).at(-1)).toMatchObject({
      level: 'problem',
      seen: 'open: 10.0.0.11:30020, 10.0.0.12:30020',
    });
  });

  it('proves nothing where it does not reach the nodes', async () => {
    expect((await from([])).at(-1)).toMatchObject({ level: 'note', seen: expect.stringMatching(/^not tried: /) });
  });
});
