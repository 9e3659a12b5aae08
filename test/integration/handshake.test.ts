import { Authority } from './harness/certificates';
import type { CertificateSpec } from './harness/emitted';
import { Mirror } from './harness/mirror';
import { blob } from './harness/registry-requests';
import { ask, CLOSED, send, type Target } from './harness/request';

const identities = ['mirror-peer', 'mirror-node', 'mirror-server', 'mirror-metrics'];

/** Each listener behind mutual TLS, and the Secret with the only certificate that it takes. */
const listeners = [
  { listener: 'entry', rightful: 'mirror-node' },
  { listener: 'peers', rightful: 'mirror-peer' },
  { listener: 'router', rightful: 'mirror-peer' },
  { listener: 'metrics', rightful: 'mirror-metrics' },
] as const;

let mirror: Mirror;
let others: Authority;

beforeAll(async () => {
  others = new Authority();
  mirror = await Mirror.start();
});

afterEach(() => mirror.reset());

afterAll(() => mirror.stop());

describe.each(listeners)('$listener takes nobody without its certificate', ({ listener, rightful }) => {
  const right = () => mirror.certificate(rightful);
  const uri = () => right().uris?.[0] ?? '';
  const ours = (change: Partial<CertificateSpec>) => mirror.authority.issue({ ...right(), ...change });

  const strangers: [string, string, () => Target][] = [
    ['without TLS', 'no_filter_chain_match', () => ({ port: mirror.listenerFor(listener).port })],
    ['without a certificate', 'ssl.fail_verify_no_cert', () => mirror.listenerFor(listener)],
    ['of another CA, same name', 'ssl.fail_verify_error', () => mirror.listenerFor(listener, others.issue(right()))],
    ['expired', 'ssl.fail_verify_error', () => mirror.listenerFor(listener, mirror.authority.issueExpired(right()))],
    [
      'for servers only',
      'ssl.fail_verify_error',
      () => mirror.listenerFor(listener, ours({ usages: ['server auth'] })),
    ],
    ['without a SAN', 'ssl.fail_verify_san', () => mirror.listenerFor(listener, ours({ uris: [] }))],
    ['with a longer SAN', 'ssl.fail_verify_san', () => mirror.listenerFor(listener, ours({ uris: [`${uri()}/more`] }))],
    [
      'with a shorter SAN',
      'ssl.fail_verify_san',
      () => mirror.listenerFor(listener, ours({ uris: [uri().slice(0, -1)] })),
    ],
    [
      'with its SAN as a DNS name',
      'ssl.fail_verify_san',
      () => mirror.listenerFor(listener, ours({ uris: [], dnsNames: [uri()] })),
    ],
    [
      'of another trust domain',
      'ssl.fail_verify_san',
      () => mirror.listenerFor(listener, ours({ uris: [uri().replace('cluster-1', 'cluster-2')] })),
    ],
    [
      'of another namespace',
      'ssl.fail_verify_san',
      () => mirror.listenerFor(listener, ours({ uris: [uri().replace('secured-mirror', 'default')] })),
    ],
    ...identities
      .filter((identity) => identity !== rightful)
      .map((identity): [string, string, () => Target] => [
        `of ${identity}`,
        identity === 'mirror-server' ? 'ssl.fail_verify_error' : 'ssl.fail_verify_san',
        () => mirror.listenerFor(listener, mirror.authority.issue(mirror.certificate(identity))),
      ]),
  ];

  it.each(strangers)('%s: %s', async (_, reason, stranger) => {
    const target = stranger();
    const counter = `listener.127.0.0.1_${target.port}.${reason}`;
    const before = await mirror.envoy.stat(counter);

    await expect(talk(listener, target)).rejects.toThrow(CLOSED);

    expect(await mirror.envoy.stat(counter)).toBe(before + 1);
    expect(mirror.registry.seen).toEqual([]);
    expect(mirror.metrics.seen).toEqual([]);
    expect(mirror.router.received).toBe('');
    expect(mirror.router.connections).toBe(0);
  });

  it('but with it', async () => {
    await expect(talk(listener, mirror.listener(listener))).resolves.toMatch(/^(registry|metrics|router)/);
  });
});

/** Asks a listener for what its rightful clients get. */
async function talk(listener: string, target: Target): Promise<string> {
  return listener === 'router'
    ? send(target, 'hello')
    : (await ask(target, listener === 'metrics' ? '/metrics' : blob)).body;
}
