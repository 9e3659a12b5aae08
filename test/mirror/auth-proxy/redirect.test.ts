import { redirectRules } from '../../../src/mirror/auth-proxy/redirect';
import { containersOf, kind, minimal, objectsOf, podOf } from '../../support';

describe('the redirect', () => {
  it('is these rules for IPv4', () => {
    expect(redirectRules({ family: 'IPv4', permissive: false, connectionsPerSource: 64, entryConnections: 4096 })).toBe(
      [
        '*nat',
        '-A OUTPUT -p tcp --dport 5000 ! -d 127.0.0.0/8 -m owner ! --uid-owner 101 -j REDIRECT --to-ports 15001',
        '-A OUTPUT -p tcp --dport 5001 ! -d 127.0.0.0/8 -m owner ! --uid-owner 101 -j REDIRECT --to-ports 15002',
        '-A PREROUTING -p tcp --dport 5001 -j REDIRECT --to-ports 5444',
        'COMMIT',
        '*filter',
        '-A INPUT ! -i lo -p tcp --dport 5001 -j REJECT --reject-with tcp-reset',
        '-A INPUT -p tcp --syn --dport 5443 -m connlimit --connlimit-above 64 --connlimit-mask 32 -j REJECT --reject-with tcp-reset',
        '-A INPUT -p tcp --syn --dport 5444 -m connlimit --connlimit-above 64 --connlimit-mask 32 -j REJECT --reject-with tcp-reset',
        '-A INPUT -p tcp --syn --dport 5004 -m connlimit --connlimit-above 64 --connlimit-mask 32 -j REJECT --reject-with tcp-reset',
        '-A INPUT -p tcp --syn --dport 5445 -m connlimit --connlimit-above 4096 --connlimit-mask 32 -j REJECT --reject-with tcp-reset',
        '-A INPUT -p tcp --syn --dport 5003 -m limit --limit 1000/sec --limit-burst 1000 -j RETURN',
        '-A INPUT -p tcp --syn --dport 5003 -j DROP',
        'COMMIT',
        '',
      ].join('\n'),
    );
  });

  it('counts whole addresses and spares the loopback of IPv6', () => {
    const rules = redirectRules({ family: 'IPv6', permissive: false, connectionsPerSource: 9, entryConnections: 90 });
    expect(rules.match(/! -d ::1\/128/g)).toHaveLength(2);
    expect(rules.match(/--connlimit-above 9 --connlimit-mask 128/g)).toHaveLength(3);
    expect(rules.match(/--connlimit-above 90 --connlimit-mask 128/g)).toHaveLength(1);
  });

  it('runs from the ConfigMap, in an image without a shell', () => {
    const objects = objectsOf({
      ...minimal,
      dualStack: true,
      limits: { connectionsPerSource: 100, entryConnections: 200 },
    });
    const [first, second] = containersOf(podOf(objects));
    expect(first.command).toEqual(['iptables-nft-restore', '--noflush', '/etc/secured-mirror/redirect/redirect.rules']);
    expect(second.command[0]).toBe('ip6tables-nft-restore');
    const { data } = kind(objects, 'ConfigMap').find(({ metadata }) => metadata.name === 'mirror-redirect');
    expect(data).toEqual({
      'redirect.rules': redirectRules({
        family: 'IPv4',
        permissive: false,
        connectionsPerSource: 100,
        entryConnections: 200,
      }),
      'redirect-ipv6.rules': redirectRules({
        family: 'IPv6',
        permissive: false,
        connectionsPerSource: 100,
        entryConnections: 200,
      }),
    });
  });

  it('leads callers of a plain Spegel to the listener for peers, in permissive only', () => {
    const rule = '-A PREROUTING -p tcp --dport 5000 -j REDIRECT --to-ports 5443\n';
    expect(
      redirectRules({ family: 'IPv4', permissive: true, connectionsPerSource: 9, entryConnections: 90 }),
    ).toContain(rule);
    expect(
      redirectRules({ family: 'IPv4', permissive: false, connectionsPerSource: 9, entryConnections: 90 }),
    ).not.toContain(rule);
  });

  it('makes new pods when its rules change', () => {
    const hash = (connectionsPerSource: number) =>
      kind(objectsOf({ ...minimal, limits: { connectionsPerSource } }), 'DaemonSet')[0].spec.template.metadata
        .annotations['secured-mirror/config-hash'];
    expect(hash(64)).not.toBe(hash(65));
  });
});
