import { JsonPatch } from 'cdk8s';
import { Entry } from '../../../src/mirror/props/entry-props';
import type { SecuredStack } from '../../../src/stack/secured-stack';
import type { SecuredStackProps } from '../../../src/stack/secured-stack-props';
import { chartOf, kind, type Manifest, minimal, objectsOf, variants } from '../../support';

const { permissive = minimal, cilium = minimal, calico = minimal } = variants;
const ofCni = (props: SecuredStackProps) =>
  objectsOf(props).filter(({ apiVersion }) => /^(cilium.io|projectcalico.org)\//.test(apiVersion));

describe('policies of a CNI', () => {
  it.each([
    ['cilium', cilium],
    ['calico', calico],
  ])('are these: %s', (_, props) => {
    expect(ofCni(props)).toMatchSnapshot();
  });

  it.each([undefined, 'ovn-kubernetes' as const])('are none: %s', (cni) => {
    expect(objectsOf({ ...minimal, network: { cni } })).toEqual(objectsOf(minimal));
  });

  it.each(['cilium', 'calico'] as const)('come beside the NetworkPolicies, which stay as they are: %s', (cni) => {
    const plain = (props: SecuredStackProps) =>
      kind(objectsOf(props), 'NetworkPolicy').filter(({ apiVersion }) => apiVersion === 'networking.k8s.io/v1');
    expect(plain({ ...minimal, network: { cni } })).toEqual(plain(minimal));
  });

  it('are members of the stack, and a patch of each survives', () => {
    for (const props of [cilium, calico]) {
      const stack = chartOf(props).node.findChild('stack') as SecuredStack;
      for (const policy of stack.networkPolicies) policy.addJsonPatch(JsonPatch.add('/spec/patched', true));
      expect(stack.networkPolicies.map((policy) => policy.toJson().spec.patched)).toEqual([true, true, true, true]);
    }
  });
});

describe('for Cilium', () => {
  const policyOf = (props: SecuredStackProps) => kind(objectsOf(props), 'CiliumNetworkPolicy')[0].spec;
  const hostPolicies = (props: SecuredStackProps) => kind(objectsOf(props), 'CiliumClusterwideNetworkPolicy');
  const with_ = (network: object, more: object = {}) => ({
    ...minimal,
    network: { cni: 'cilium' as const, ...network },
    ...more,
  });

  it('never deny an identity that the own node has: the API server is one on its node', () => {
    const denied = [...ofCni(cilium), ...ofCni(permissive)]
      .flatMap(({ spec }) => spec.ingressDeny ?? [])
      .flatMap(({ fromEntities = [] }: Manifest) => fromEntities);
    expect(new Set(denied)).toEqual(new Set(['world', 'remote-node']));
  });

  it('deny nothing in permissive mode, where everybody is counted', () => {
    const spec = policyOf({ ...permissive, network: { cni: 'cilium' } });
    expect(spec.ingressDeny).toBeUndefined();
    expect(spec.ingress.at(-1).fromEntities).toEqual(['all']);
  });

  it('have a host policy only where the user says that the host firewall is on', () => {
    expect(hostPolicies(with_({}))).toEqual([]);
    expect(hostPolicies(with_({ hostFirewall: false }))).toEqual([]);
    expect(hostPolicies(with_({ hostFirewall: true }))).toHaveLength(1);
  });

  it('have a host policy that cuts no node off: it allows nothing, denies one port and leaves the default alone', () => {
    const [{ metadata, spec }] = hostPolicies(with_({ hostFirewall: true }, { entry: Entry.loopback(31000) }));
    expect(metadata.namespace).toBeUndefined();
    expect(Object.keys(spec).sort()).toEqual(['enableDefaultDeny', 'ingressDeny', 'nodeSelector']);
    expect(spec.enableDefaultDeny).toEqual({ ingress: false });
    expect(spec.nodeSelector).toEqual({});
    for (const { toPorts, fromEntities = [] } of spec.ingressDeny) {
      expect(toPorts).toEqual([{ ports: [{ port: '31000', protocol: 'TCP' }] }]);
      expect(fromEntities).not.toContain('host');
    }
  });

  it('reach DNS servers at addresses also where they are the node itself, and the API server by its identity', () => {
    const { egress } = policyOf(
      with_({ dns: { preset: 'node-local-dns' } }, { nodeReadiness: { apiServer: { addresses: ['10.0.0.4/32'] } } }),
    );
    const places = egress.map(({ toPorts, ...rule }: Manifest) => [rule, toPorts[0].ports[0].port]);
    expect(places.slice(2)).toEqual([
      [{ toCIDR: ['169.254.20.10/32'] }, '53'],
      [{ toEntities: ['host'] }, '53'],
      [{ toEntities: ['kube-apiserver'] }, '6443'],
    ]);
  });
});

describe('for Calico', () => {
  const policyOf = (props: SecuredStackProps) =>
    kind(ofCni({ ...props, network: { ...props.network, cni: 'calico' } }), 'NetworkPolicy')[0].spec;
  const preDnat = (props: SecuredStackProps) =>
    kind(objectsOf({ ...props, network: { cni: 'calico' } }), 'GlobalNetworkPolicy')[0];

  it('come before the NetworkPolicies of Kubernetes, and end with a denial in both directions', () => {
    const { order, ingress, egress } = policyOf(minimal);
    expect(order).toBeLessThan(1000);
    for (const rules of [ingress, egress]) {
      expect(rules.at(-1)).toEqual({ action: 'Deny' });
      expect(rules.slice(0, -1).every(({ action }: Manifest) => action === 'Allow')).toBe(true);
    }
  });

  it('name the ports of every rule that allows', () => {
    for (const { ingress, egress } of [policyOf(calico), policyOf(permissive)]) {
      const rules = [...ingress, ...egress].filter(({ action }: Manifest) => action === 'Allow');
      for (const { destination, protocol } of rules) {
        expect(destination.ports.length).toBeGreaterThan(0);
        expect(protocol).toMatch(/^(TCP|UDP)$/);
      }
    }
  });

  it.each([
    ['127.0.0.1/32', 30020, minimal],
    ['127.0.0.1/32', 31000, { ...minimal, entry: Entry.loopback(31000) }],
    ['10.96.77.77/32', 30020, variants.clusterIp ?? minimal],
  ])(
    'deny %s at port %s to what arrives at nodes, before its address is replaced, but for the node itself',
    (net, port, props) => {
      const { metadata, spec } = preDnat(props);
      expect(metadata.namespace).toBeUndefined();
      expect(spec).toMatchObject({ preDNAT: true, applyOnForward: true, types: ['Ingress'] });
      expect(spec.ingress).toEqual([
        {
          action: 'Deny',
          protocol: 'TCP',
          source: { notNets: ['127.0.0.0/8'] },
          destination: { nets: [net], ports: [port] },
        },
      ]);
    },
  );
});
