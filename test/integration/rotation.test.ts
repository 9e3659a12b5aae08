import { setTimeout as sleep } from 'node:timers/promises';
import { Authentication } from '../../src/mirror/props/authentication-props';
import { Authority } from './harness/certificates';
import { filesFor, type User } from './harness/dynamic-files';
import type { Mirror } from './harness/mirror';
import { issued, Pair, type Sent } from './harness/pair';
import { until } from './harness/until';

const mutualTls = { issuer: { caSecret: 'mirror-ca' } };
const basic = { credential: { secret: 'mirror-credential' } };
const old: User = { name: 'mirror.00000001', password: 'old' };
const young: User = { name: 'mirror.00000002', password: 'young' };

const summary: string[] = [];
afterAll(() => console.log(summary.join('\n')));

function tell(what: string, { peers, nodes }: { peers: Sent; nodes: Sent }): void {
  const of = (plane: Sent) => `${plane.failures.length} of ${plane.sent}`;
  summary.push(`failed while ${what}: ${of(peers)} between peers, ${of(nodes)} at entries`);
}

let pair: Pair;
afterEach(() => pair?.stop());

/** Nothing failed, and something was sent. */
async function expectNoneFailed(what: string, action: () => Promise<void>): Promise<void> {
  const result = await pair.during(async ({ peers, nodes }) => {
    await sleep(300);
    await action();
    const { sent } = peers;
    await until('enough was sent', () => peers.sent > sent + 50 && Math.min(peers.sent, nodes.sent) > 500);
  });
  tell(what, result);
  expect([result.peers.failures, result.nodes.failures]).toEqual([[], []]);
}

/** The same way of asking sees a change that is made without care. */
async function expectSomeFailed(what: string, action: () => Promise<void>): Promise<void> {
  const result = await pair.during(action);
  tell(what, result);
  expect(result.peers.failures.length + result.nodes.failures.length).toBeGreaterThan(0);
}

describe('certificates', () => {
  let first: Authority;

  beforeEach(async () => {
    const authentication = Authentication.mutualTls(mutualTls);
    pair = await Pair.start(authentication, { pair: issued(new Authority(), 'node') });
    first = pair.far.authority;
    pair.shown = [{ pair: issued(first, 'node') }, { pair: issued(first, 'node') }];
  });

  /** Gives both nodes certificates, one node after the other. */
  const give = (authority: Authority, bundle?: string) =>
    pair.onEach((mirror: Mirror, index) => {
      mirror.envoy.changeSecret('mirror-peer', { ...issued(authority, 'peer', bundle) });
      mirror.envoy.changeSecret('mirror-server', { ...issued(authority, 'server', bundle) });
      pair.shown[index] = { pair: issued(authority, 'node', bundle) };
    }, 'certificates');

  it('are renewed twice', async () => {
    await expectNoneFailed('certificates were renewed twice', async () => {
      for (const name of ['second', 'third']) {
        const spec = { usages: ['server auth', 'client auth'], dnsNames: [name] };
        const renewed = (identity: 'peer' | 'node' | 'server') =>
          first.issue({ ...spec, uris: [`spiffe://cluster-1/ns/secured-mirror/${identity}`] });
        await pair.onEach((mirror, index) => {
          mirror.envoy.changeSecret('mirror-peer', { ...renewed('peer') });
          mirror.envoy.changeSecret('mirror-server', { ...renewed('server') });
          pair.shown[index] = {
            pair: first.issue({
              ...spec,
              usages: ['client auth'],
              uris: ['spiffe://cluster-1/ns/secured-mirror/node'],
            }),
          };
        }, 'certificates');
      }
    });
  });

  it('come from another CA: bundle, leaf, drop', async () => {
    const next = new Authority();
    const bundle = first.certificate + next.certificate;
    await expectNoneFailed('the CA was replaced', async () => {
      await give(first, bundle);
      await give(next, bundle);
      await give(next);
    });
  });

  it('come from another CA at once, and that is seen', async () => {
    await expectSomeFailed('the CA was replaced at once', () => give(new Authority()));
  });
});

describe('the password', () => {
  beforeEach(async () => {
    pair = await Pair.start(Authentication.basic(basic), { user: old }, filesFor([old]));
  });

  const accept = (...users: User[]) =>
    pair.onEach(({ envoy }) => envoy.write({ 'users.json': filesFor(users)['users.json'] ?? '' }), 'dynamicFiles');
  const present = (user: User) =>
    pair.onEach(({ envoy }, index) => {
      envoy.write({ 'injected.json': filesFor([user])['injected.json'] ?? '' });
      pair.shown[index] = { user };
    }, 'dynamicFiles');

  it('is replaced: accept both, present the new, drop the old', async () => {
    await expectNoneFailed('the password was replaced', async () => {
      await accept(old, young);
      await present(young);
      await accept(young);
    });
  });

  it('is replaced at once, and that is seen', async () => {
    await expectSomeFailed('the password was replaced at once', () =>
      pair.onEach(({ envoy }, index) => {
        envoy.write(filesFor([young]));
        pair.shown[index] = { user: young };
      }, 'dynamicFiles'),
    );
  });
});

describe('the way', () => {
  const both = (present: 'basic' | 'mutualTls') => Authentication.both({ mutualTls, basic, present });

  beforeEach(async () => {
    pair = await Pair.start(Authentication.basic(basic), { user: old }, filesFor([old]));
    const { authority } = pair.far;
    // They come later than the pod, and nothing restarts.
    await pair.onEach(({ envoy }) => {
      envoy.changeSecret('mirror-peer', { ...issued(authority, 'peer') });
      envoy.changeSecret('mirror-server', { ...issued(authority, 'server') });
    });
  });

  const show = (way: 'basic' | 'mutualTls') => {
    const shown = way === 'basic' ? { user: old } : { pair: issued(pair.far.authority, 'node') };
    return pair.onEach((_, index) => {
      pair.shown[index] = shown;
    });
  };

  it('moves from basic to mutual TLS and back, step by step', async () => {
    await expectNoneFailed('basic became both, presenting basic', () => pair.move(both('basic')));
    await expectNoneFailed('both came to present mutual TLS', async () => {
      await pair.move(both('mutualTls'));
      await show('mutualTls');
    });
    await expectNoneFailed('both became mutual TLS', () => pair.move(Authentication.mutualTls(mutualTls)));
    await expectNoneFailed('mutual TLS became both', () => pair.move(both('mutualTls')));
    await expectNoneFailed('both came to present basic', async () => {
      await pair.move(both('basic'));
      await show('basic');
    });
    await expectNoneFailed('both became basic', () => pair.move(Authentication.basic(basic)));
    for (const { envoy } of [pair.near, pair.far]) {
      expect(envoy.complaints).toBe('');
    }
  });

  it('moves from basic to mutual TLS at once, and that is seen', async () => {
    await expectSomeFailed('basic became mutual TLS at once', async () => {
      await pair.move(Authentication.mutualTls(mutualTls));
      await show('mutualTls');
    });
  });
});
