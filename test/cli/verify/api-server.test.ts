import type { Attempt } from '../../../src/cli/verify/row';
import { apiServer } from '../../../src/cli/verify/rows/t3-api-server';
import { attackOn, deniedBy, type FakeAttack, type Run } from './fake-target';

const CONTROL = '/namespaces/secure-mirror-check-test/pods/http:control:8080/proxy/';
const isControl = (words: readonly string[]) => words.at(-1)?.endsWith(CONTROL) ?? false;
const saying = (stderr: string) => () => ({ status: 1, stderr });
/** An API server that reaches its own pod, and nothing of the mirror. */
const refusing =
  (stderr: string): Run =>
  (words) =>
    isControl(words) ? { status: 0 } : saying(stderr)();
const run = (attack: FakeAttack) => apiServer.run(attackOn(attack)) as Promise<Attempt[]>;
const server = (reason: string, text: string) => `Error from server (${reason}): ${text}`;
const SILENT = 'Unable to connect to the server: ';
const TRYING = 'error trying to reach service: ';
const REFUSED = server('ServiceUnavailable', `${TRYING}dial tcp 10.244.1.5:5000: connect: connection refused`);

describe('the API server as the caller', () => {
  it.each([
    [server('ServiceUnavailable', `${TRYING}remote error: tls: certificate required`), /TLS refused without/],
    [REFUSED, /connection refused/],
    [server('ServiceUnavailable', `${TRYING}dial tcp 10.244.1.5:5000: i/o timeout`), /dropped/],
    [`${SILENT}context deadline exceeded`, /dropped/],
    [`${SILENT}context deadline exceeded (Client.Timeout exceeded while awaiting headers)`, /dropped/],
    [`${SILENT}net/http: request canceled (Client.Timeout exceeded while awaiting headers)`, /dropped/],
    [server('ServiceUnavailable', `${TRYING}write tcp 10.0.0.1:1->10.244.1.5:5443: write: broken pipe`), /closed/],
    [server('Forbidden', 'RBAC: access denied'), /answered with HTTP 403/],
    ['error: You must be logged in to the server (Unauthorized)', /answered with HTTP 401/],
    [server('NotFound', 'the server could not find the requested resource'), /answered with HTTP 404/],
    [deniedBy('secured-mirror-guard-mirror-namespace', 'only operators'), /refused at admission/],
  ])('is stopped: %s', async (stderr, seen) => {
    const [proxied] = await run({ runs: refusing(stderr) });
    expect(proxied).toMatchObject({ level: 'ok', seen: expect.stringMatching(seen) });
  });

  it.each([
    'Unable to connect to the server: EOF',
    'Unable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout',
    'Unable to connect to the server: net/http: request canceled while waiting for connection (Client.Timeout exceeded)',
    server('InternalError', 'etcdserver: request timed out'),
    server('ServiceUnavailable', `${TRYING}No agent available`),
    server('NotFound', 'pods "mirror-w1" not found'),
    server('TooManyRequests', 'the server has received too many requests'),
    'error: getting credentials: exec: executable login not found',
    deniedBy('no-proxies', 'somebody said so'),
    'something else',
  ])('proves nothing by %s', async (stderr) => {
    const [proxied] = await run({ runs: refusing(stderr) });
    expect(proxied).toMatchObject({ level: 'unknown', seen: expect.stringContaining('not tried: ') });
  });

  const timeout = saying(`${SILENT}context deadline exceeded`);
  const unreached = { level: 'unknown', seen: expect.stringContaining('does not reach a pod of this run: dropped') };

  it('proves nothing where it reaches no pod that answers everybody', async () => {
    const runs = jest.fn(timeout);
    expect((await run({ runs }))[0]).toMatchObject(unreached);
    expect(runs).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['silent', timeout],
    ['refused', saying(REFUSED)],
  ])('proves nothing where it dies meanwhile: %s', async (_, refusal) => {
    let lives = true;
    const runs: Run = (words) => {
      const answer = isControl(words) ? (lives ? { status: 0 } : timeout()) : refusal();
      lives = false;
      return answer;
    };
    expect((await run({ runs }))[0]).toMatchObject(unreached);
  });

  it('is asked again where it was silent for a moment', async () => {
    let silent = 6;
    const runs: Run = (words) => (isControl(words) || silent-- <= 0 ? { status: 0 } : timeout());
    expect((await run({ runs }))[0]).toMatchObject({ level: 'problem', seen: expect.stringMatching(/^24 answered/) });
  });

  it.each([
    '/pods/http:mirror-w1:5000/proxy/v2/',
    '/services/https:mirror-entry:30020/proxy/',
    '/nodes/http:w2:30020/proxy',
  ])('is noticed where %s is answered', async (part) => {
    const runs: Run = (words) => (words.at(-1)?.includes(part) ? { status: 0 } : refusing('something else')(words));
    const [proxied] = await run({ runs });
    expect(proxied).toMatchObject({ level: 'problem', seen: expect.stringContaining(part) });
  });

  it('proves nothing without the right to use it', async () => {
    const stderr =
      'Error from server (Forbidden): User "j" cannot get resource "pods/proxy" in API group "" in the namespace "a"';
    const [proxied] = await run({ runs: refusing(stderr) });
    expect(proxied).toMatchObject({ level: 'unknown', seen: expect.stringContaining('no right to "get" pods/proxy') });
  });

  const guarded = { guards: { action: 'Deny' } } as never;
  it.each([
    ['warning', 'the API server takes it: the other locks stand alone', undefined],
    ['problem', 'the API server takes it, although stack.yaml denies it', guarded],
  ])('is %s for a webhook: %s', async (level, seen, stack) => {
    const context = attackOn({ runs: refusing(REFUSED), stack });
    const [, webhook, slice] = (await apiServer.run(context)) as Attempt[];
    expect(webhook).toMatchObject({ level, seen });
    expect(slice).toMatchObject({ level, seen });
    expect(context.dryRuns.map(({ kind }) => kind)).toEqual(['ValidatingWebhookConfiguration', 'EndpointSlice']);
  });
});
