import { cniSupport, limitsOf } from '../../../src/mirror/network/cni-support';
import { inWords, type Reach, reachability } from '../../../src/mirror/network/reachability';
import { sourceText } from '../../../src/mirror/network/sources';
import { resolveMirror } from '../../../src/mirror/resolve';
import { stackSchema } from '../../../src/schemas/schemas';
import type { SecuredStackProps } from '../../../src/stack/secured-stack-props';
import { type Manifest, minimal, objectsOf, variants } from '../../support';
import { callersOf, isReached } from './evaluate';

const CNIS = [undefined, 'cilium', 'calico', 'ovn-kubernetes'] as const;
const metrics = { from: [{ namespace: 'monitoring' }] };
/** Somebody whom several rules let in. */
const twice = [{ from: [{ namespace: 'monitoring' }, { namespace: 'probes' }], port: 5003 }];
const extraIngress = [
  { from: [{ namespace: 'probes', podLabels: { app: 'blackbox' } }], port: 5003 },
  { from: [{ cidr: '198.51.100.0/24' }], port: 5004 },
];
const selected = { from: [{ namespace: 'monitoring', podLabels: { app: 'prometheus' } }] };
const nodeReadiness = { apiServer: { addresses: ['10.0.0.4/32'] } };
const { permissive = minimal, basic = minimal } = variants;

const stacks: [string, SecuredStackProps][] = CNIS.flatMap((cni): [string, SecuredStackProps][] => {
  const network = { cni };
  return [
    [`${cni}`, { ...minimal, network }],
    [`${cni}, with scrapers and an API server`, { ...minimal, network, metrics, nodeReadiness }],
    [`${cni}, permissive`, { ...permissive, network, metrics }],
    [`${cni}, basic`, { ...basic, network }],
    [`${cni}, with rules of the user's`, { ...minimal, network: { ...network, extraIngress }, metrics: selected }],
    [`${cni}, with rules for one caller`, { ...minimal, network: { ...network, extraIngress: twice }, metrics }],
    [`${cni}, basic, with rules of the user's`, { ...basic, network: { ...network, extraIngress } }],
  ];
});

/** A policy by which somebody else opens the namespace. */
const OPENER = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'open', namespace: 'secured-mirror' },
  spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] },
};

const rowsOf = (props: SecuredStackProps) => reachability(resolveMirror(props));
/** A source's name, or its pods and addresses in words. */
const nameOf = ({ source }: Reach) => (typeof source === 'string' ? source : sourceText(source));
const sourcesIn = (rows: Reach[]) => [...new Set(rows.map(nameOf))];
const cell = (rows: Reach[], source: string, listener: string) =>
  inWords(rows.find((row) => nameOf(row) === source && row.listener === listener) as Reach);

describe.each(stacks)('reachability says what the emitted policies do: %s', (_, props) => {
  const objects = objectsOf(props);
  const tried = (objects: Manifest[], { source, port }: Reach) =>
    callersOf(source).map((caller) => isReached(objects, caller, port));

  it.each(rowsOf(props).map((row) => [nameOf(row), row.listener, row.policy, row] as const))(
    '%s to %s: %s',
    (_source, _listener, _policy, row) => {
      const isThrough = row.policy !== 'denies';
      expect(new Set(tried(objects, row))).toEqual(new Set([isThrough]));
    },
  );

  it('calls a denial final where another NetworkPolicy cannot lift it, and only there', () => {
    for (const row of rowsOf(props).filter(({ policy }) => policy === 'denies')) {
      expect([row, new Set(tried([...objects, OPENER], row))]).toEqual([row, new Set([!row.final])]);
    }
  });

  it('leaves the way of the kubelet and of containerd open', () => {
    for (const port of [5003, 5445]) {
      for (const caller of callersOf('ownNode')) expect(isReached(objects, caller, port)).toBe(true);
    }
  });

  it('lets nobody in from other nodes, the API server and outside, unless it is permissive', () => {
    const through = rowsOf(props).filter(
      (row) => ['otherNodes', 'apiServer', 'outside'].includes(nameOf(row)) && row.policy !== 'denies',
    );
    const expected = props.authentication.permissive ? ['entry', 'peers'] : [];
    expect([...new Set(through.map(({ listener }) => listener))]).toEqual(expected);
  });
});

describe('reachability', () => {
  it('names the lock that is left where policies cannot deny', () => {
    const rows = rowsOf({ ...minimal, metrics });
    expect(
      ['entry', 'peers', 'router', 'metrics', 'health'].map((listener) => cell(rows, 'ownNode', listener)),
    ).toEqual(['certificate node', 'certificate peer', 'certificate peer', 'certificate metrics', 'open']);
  });

  it('names the password beside the certificate, but at the router, which takes none and is open', () => {
    const rows = rowsOf(variants.bothPresentingBasic ?? minimal);
    expect(cell(rows, 'ownNode', 'entry')).toBe('certificate node or password');
    expect(cell(rows, 'ownNode', 'router')).toBe('open');
    expect(cell(rowsOf({ ...basic, metrics }), 'pods of monitoring', 'metrics')).toBe('password');
  });

  it('says where permissive mode lets everybody through', () => {
    const rows = rowsOf(permissive);
    expect(cell(rows, 'outside', 'entry')).toBe('open');
    expect(cell(rows, 'outside', 'router')).toBe('denied');
  });

  it('has no denial without policies, and every listener still asks', () => {
    const rows = rowsOf({ ...minimal, network: { policies: false } });
    expect(new Set(rows.map(({ policy }) => policy))).toEqual(new Set(['none']));
    expect(cell(rows, 'outside', 'entry')).toBe('certificate node');
  });
});

describe("rules of the user's", () => {
  const objects = (cni: (typeof CNIS)[number]) =>
    objectsOf({ ...minimal, network: { cni, extraIngress }, metrics: selected });
  const web = { namespace: 'monitoring', labels: { app: 'web' } };
  const lan = { reserved: ['world'], network: '192.0.2.0/24' };

  it.each(CNIS)('let in the named pods and addresses at the named port, and nobody else: %s', (cni) => {
    const scraper = { namespace: 'monitoring', labels: { app: 'prometheus' } };
    expect(isReached(objects(cni), scraper, 5004)).toBe(true);
    expect(isReached(objects(cni), web, 5004)).toBe(false);
    expect([5003, 5004, 5443, 5445].filter((port) => isReached(objects(cni), lan, port))).toEqual([]);
  });

  it('leave the denial of Cilium final at every other port', () => {
    const rows = rowsOf({ ...minimal, network: { cni: 'cilium', extraIngress } });
    const denied = (source: string) =>
      ['entry', 'peers', 'router', 'metrics', 'health'].map((listener) => cell(rows, source, listener));
    const locked = ['denied (final)', 'denied (final)', 'denied (final)'];
    expect(denied('outside')).toEqual([...locked, 'denied', 'denied (final)']);
    expect(denied('198.51.100.0/24')).toEqual([...locked, 'certificate metrics', 'denied (final)']);
    expect(denied('pods of probes with app=blackbox')).toEqual(['denied', 'denied', 'denied', 'denied', 'open']);
  });

  it('add up', () => {
    const health = { from: [{ namespace: 'monitoring' }], port: 5003 };
    const rows = (namespace: string, podLabels?: { [label: string]: string }) =>
      rowsOf({
        ...minimal,
        network: { extraIngress: [health, health] },
        metrics: { from: [{ namespace, podLabels }] },
      });
    const all = 'pods of monitoring';
    const cells = (rows: Reach[], source: string) => ['metrics', 'health'].map((name) => cell(rows, source, name));
    expect(cells(rows('monitoring'), all)).toEqual(['certificate metrics', 'open']);
    const narrow = rows('monitoring', { app: 'prometheus' });
    expect(cells(narrow, `${all} with app=prometheus`)).toEqual(['certificate metrics', 'open']);
    expect(cells(narrow, all)).toEqual(['denied', 'open']);
    expect(cells(rows('agents'), 'pods of agents')).toEqual(['certificate metrics', 'denied']);
  });

  it('add up for networks in networks', () => {
    const rules = {
      '10.0.0.0/8': 5003,
      '10.0.0.0/16': 5004,
      '11.0.0.0/16': 5004,
      'fd00::/8': 5003,
      'fd00::/32': 5004,
    };
    const extraIngress = Object.entries(rules).map(([cidr, port]) => ({ from: [{ cidr }], port }));
    const rows = rowsOf({ ...minimal, network: { extraIngress } });
    expect(Object.keys(rules).map((cidr) => [cell(rows, cidr, 'metrics'), cell(rows, cidr, 'health')])).toEqual([
      ['denied', 'open'],
      ['certificate metrics', 'open'],
      ['certificate metrics', 'denied'],
      ['denied', 'open'],
      ['certificate metrics', 'open'],
    ]);
  });

  it("let the mirror's own pods in where they name the mirror's namespace", () => {
    const extraIngress = [{ from: [{ namespace: 'secured-mirror' }], port: 5003 }];
    const rows = rowsOf({ ...minimal, network: { extraIngress } });
    expect(['peers', 'metrics', 'health'].map((name) => cell(rows, 'mirrors', name))).toEqual([
      'certificate peer',
      'denied',
      'open',
    ]);
  });

  it('have one row for each caller, with all that its rules open, and no other', () => {
    const rows = rowsOf({
      ...minimal,
      metrics: { from: [{ namespace: 'a' }, { namespace: 'b' }] },
      network: { extraIngress: [{ from: [{ namespace: 'a' }, { cidr: '198.51.100.0/24' }], port: 5003 }] },
    });
    const cells = (source: string) => ['metrics', 'health'].map((listener) => cell(rows, source, listener));
    expect(sourcesIn(rows).filter((text) => text.startsWith('pods of'))).toEqual(['pods of a', 'pods of b']);
    expect(cells('pods of a')).toEqual(['certificate metrics', 'open']);
    expect(cells('pods of b')).toEqual(['certificate metrics', 'denied']);
    expect(cells('198.51.100.0/24')).toEqual(['denied', 'open']);
  });

  it('are told by their pods, whatever the order of labels, and by addresses', () => {
    const [one, two] = [
      { app: 'prometheus', team: 'a' },
      { team: 'a', app: 'prometheus' },
    ];
    const from = (podLabels: { [label: string]: string }) => [{ namespace: 'monitoring', podLabels }];
    const rows = rowsOf({
      ...minimal,
      network: { extraIngress: [...extraIngress, { from: from(two), port: 5003 }] },
      metrics: { from: from(one) },
    });
    expect(sourcesIn(rows).slice(2, -4)).toEqual([
      'pods of monitoring with app=prometheus,team=a',
      'pods of probes with app=blackbox',
      '198.51.100.0/24',
    ]);
  });

  it('let the pods of the mirror out to the named destinations, by every kind of policy', () => {
    const extraEgress = [
      {
        to: [{ namespace: 'logs', podLabels: { app: 'loki' } }, { cidr: '198.51.100.7/32' }],
        port: 514,
        protocol: 'UDP' as const,
      },
    ];
    const egressOf = (cni: (typeof CNIS)[number], kindOf: string) =>
      objectsOf({ ...minimal, network: { cni, extraEgress } })
        .filter(({ kind, metadata }) => kind === kindOf && /^mirror(-flows)?$/.test(metadata.name))
        .map(({ spec }) => spec.egress);
    expect(egressOf(undefined, 'NetworkPolicy')[0].at(-1)).toEqual({
      to: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'logs' } },
          podSelector: { matchLabels: { app: 'loki' } },
        },
        { ipBlock: { cidr: '198.51.100.7/32' } },
      ],
      ports: [{ protocol: 'UDP', port: 514 }],
    });
    const toPorts = [{ ports: [{ port: '514', protocol: 'UDP' }] }];
    const labels = { 'k8s:io.kubernetes.pod.namespace': 'logs', app: 'loki' };
    expect(egressOf('cilium', 'CiliumNetworkPolicy')[0].slice(-2)).toEqual([
      { toEndpoints: [{ matchLabels: labels }], toPorts },
      { toCIDR: ['198.51.100.7/32'], toPorts },
    ]);
    expect(egressOf('calico', 'NetworkPolicy')[1].slice(-3)).toEqual([
      {
        action: 'Allow',
        protocol: 'UDP',
        destination: { namespaceSelector: "projectcalico.org/name == 'logs'", selector: "app == 'loki'", ports: [514] },
      },
      { action: 'Allow', protocol: 'UDP', destination: { nets: ['198.51.100.7/32'], ports: [514] } },
      { action: 'Deny' },
    ]);
  });
});

describe('what is known of CNIs', () => {
  it('is of every CNI of the schema', () => {
    expect(Object.keys(cniSupport)).toEqual(stackSchema.definitions?.Cni?.enum);
  });

  it.each(CNIS)('has a lock and a source for each limit: %s', (cni) => {
    for (const { what, lock, sources } of limitsOf(resolveMirror({ ...minimal, network: { cni } }))) {
      expect(what).toMatch(/\.$/);
      expect(lock).toMatch(/\.$/);
      expect(sources.length).toBeGreaterThan(0);
      for (const source of sources) expect(source).toMatch(/^https:\/\//);
    }
  });

  it('tells of 127.0.0.1 only where the entry is there', () => {
    const texts = (props: SecuredStackProps) => limitsOf(resolveMirror(props)).map(({ what }) => what);
    expect(texts(minimal)).toContainEqual(expect.stringContaining('127.0.0.1 is no boundary'));
    expect(texts(variants.clusterIp ?? minimal)).not.toContainEqual(expect.stringContaining('127.0.0.1'));
  });
});
