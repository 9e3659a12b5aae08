import { cniSupport, limitsOf } from '../../../src/mirror/network/cni-support';
import { inWords, type Reach, reachability } from '../../../src/mirror/network/reachability';
import { resolveMirror } from '../../../src/mirror/resolve';
import { stackSchema } from '../../../src/schemas/schemas';
import type { SecuredStackProps } from '../../../src/stack/secured-stack-props';
import { type Manifest, minimal, objectsOf, variants } from '../../support';
import { CALLERS, isReached } from './evaluate';

const CNIS = [undefined, 'cilium', 'calico', 'ovn-kubernetes'] as const;
const metrics = { namespace: 'monitoring' };
const nodeReadiness = { apiServer: { addresses: ['10.0.0.4/32'] } };
const { permissive = minimal, basic = minimal } = variants;

const stacks: [string, SecuredStackProps][] = CNIS.flatMap((cni): [string, SecuredStackProps][] => {
  const network = { cni };
  return [
    [`${cni}`, { ...minimal, network }],
    [`${cni}, with scrapers and an API server`, { ...minimal, network, metrics, nodeReadiness }],
    [`${cni}, permissive`, { ...permissive, network, metrics }],
    [`${cni}, basic`, { ...basic, network }],
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
const cell = (rows: Reach[], source: string, listener: string) =>
  inWords(rows.find((row) => row.source === source && row.listener === listener) as Reach);

describe.each(stacks)('reachability says what the emitted policies do: %s', (_, props) => {
  const objects = objectsOf(props);
  const tried = (objects: Manifest[], { source, port }: Reach) =>
    CALLERS[source].map((caller) => isReached(objects, caller, port));

  it.each(rowsOf(props))('$source to $listener: $policy', (row) => {
    const isThrough = row.policy !== 'denies';
    expect(new Set(tried(objects, row))).toEqual(new Set([isThrough]));
  });

  it('calls a denial final where another NetworkPolicy cannot lift it, and only there', () => {
    for (const row of rowsOf(props).filter(({ policy }) => policy === 'denies')) {
      expect([row, new Set(tried([...objects, OPENER], row))]).toEqual([row, new Set([!row.final])]);
    }
  });

  it('leaves the way of the kubelet and of containerd open', () => {
    for (const port of [5003, 5445]) {
      for (const caller of CALLERS.ownNode) expect(isReached(objects, caller, port)).toBe(true);
    }
  });

  it('lets nobody in from other nodes, the API server and outside, unless it is permissive', () => {
    const through = rowsOf(props).filter(
      ({ source, policy }) => ['otherNodes', 'apiServer', 'outside'].includes(source) && policy !== 'denies',
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
    expect(cell(rowsOf(basic), 'scrapers', 'metrics')).toBe('password');
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
