import type { Attempt } from '../../../src/cli/verify/row';
import { apiServer } from '../../../src/cli/verify/rows/t3-api-server';
import { attackOn, type FakeAttack } from './fake-target';

const refusing = (text: string) => () => ({ status: 1, stderr: `Error from server (InternalError): ${text}` });
const run = (attack: FakeAttack) => apiServer.run(attackOn(attack)) as Promise<Attempt[]>;
const DENIED =
  'Error from server (Forbidden): is forbidden: ValidatingAdmissionPolicy denied request: it leads to the mirror';

describe('the API server as the caller', () => {
  it.each([
    ['error trying to reach service: remote error: tls: certificate required', /TLS refused without a certificate/],
    ['error trying to reach service: dial tcp 10.244.1.5:5000: connect: connection refused', /connection refused/],
    ['Unable to connect: net/http: request canceled (Client.Timeout exceeded)', /dropped/],
  ])('is stopped: %s', async (text, seen) => {
    const [proxied] = await run({ runs: refusing(text) });
    expect(proxied).toMatchObject({ level: 'ok', seen: expect.stringMatching(seen) });
  });

  it.each([
    '/pods/http:mirror-w1:5000/proxy/v2/',
    '/services/https:mirror-entry:30020/proxy/',
    '/nodes/http:w2:30020/proxy',
  ])('is noticed where %s is answered', async (part) => {
    const runs = (words: readonly string[]) =>
      words.at(-1)?.includes(part) ? { status: 0, stdout: '{}' } : refusing('connection refused')();
    const [proxied] = await run({ runs });
    expect(proxied).toMatchObject({ level: 'problem', seen: expect.stringContaining(part) });
  });

  it('proves nothing without the right to use it', async () => {
    const stderr =
      'Error from server (Forbidden): User "j" cannot get resource "pods/proxy" in API group "" in the namespace "a"';
    await expect(run({ runs: () => ({ status: 1, stderr }) })).rejects.toThrow('no right to "get" pods/proxy');
  });

  const guarded = { guards: { action: 'Deny' } } as never;
  it.each([
    ['ok', 'refused at admission: it leads to the mirror', undefined, DENIED],
    ['warning', 'the API server takes it: the other locks stand alone', undefined, undefined],
    ['problem', 'the API server takes it, although stack.yaml denies it', guarded, undefined],
    [
      'unknown',
      'not tried: refused for another reason: Error from server: quota',
      undefined,
      'Error from server: quota',
    ],
  ])('is %s for a webhook: %s', async (level, seen, stack, complaint) => {
    const complaints: { [kind: string]: string } =
      complaint === undefined ? {} : { ValidatingWebhookConfiguration: complaint, EndpointSlice: complaint };
    const context = attackOn({ runs: refusing('connection refused'), stack, complaints });
    const [, webhook, slice] = (await apiServer.run(context)) as Attempt[];
    expect(webhook).toMatchObject({ level, seen });
    expect(slice).toMatchObject({ level, seen });
    expect(context.dryRuns.map(({ kind }) => kind)).toEqual(['ValidatingWebhookConfiguration', 'EndpointSlice']);
  });
});
