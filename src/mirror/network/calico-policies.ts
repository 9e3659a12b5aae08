import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type CalicoEntity, CalicoNetworkPolicy, CalicoPreDnatPolicy, type CalicoRule } from '../../../imports/calico';
import { metadata, mirrorLabels, objectLabels } from '../../kubernetes/names';
import type { ResolvedEntry } from '../resolved';
import type { EgressFlow, Flows, IngressFlow, Peer } from './flows';

/** The settings of the policies. */
export interface CalicoPoliciesProps {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Where a node's own containerd reaches the auth proxy. */
  readonly entry: ResolvedEntry;
  /** What is allowed. */
  readonly flows: Flows;
}

/** Before the NetworkPolicies of Kubernetes, which Calico places at 1000, so that none of them opens what this one denies. */
const ORDER = 100;

const LOOPBACK = '127.0.0.0/8';

/** The flows in Calico's words, with an end that denies the rest, and the entry's address on the nodes before it is replaced. */
export class CalicoPolicies extends Construct {
  /** The policies. */
  public readonly objects: ApiObject[];

  public constructor(scope: Construct, id: string, { namespace, entry, flows }: CalicoPoliciesProps) {
    super(scope, id);
    const pods = new CalicoNetworkPolicy(this, 'mirror', {
      metadata: metadata(namespace, 'mirror-flows'),
      order: ORDER,
      selector: labelled(mirrorLabels),
      ingress: [...flows.ingress.flatMap(ingressRules), { action: 'Deny' }],
      egress: [...flows.egress.flatMap(egressRules), { action: 'Deny' }],
    });
    const nodes = new CalicoPreDnatPolicy(this, 'entry', {
      name: `${namespace}-entry`,
      labels: { ...objectLabels },
      order: ORDER,
      // Host endpoints that Calico makes of nodes have the labels of the node; pods do not have this one.
      selector: 'has(kubernetes.io/hostname)',
      ingress: [
        {
          action: 'Deny',
          protocol: 'TCP',
          // The node's own connections must be refused at once, not dropped, while the mirror's pod is away.
          source: { notNets: [LOOPBACK] },
          destination: { nets: [`${entry.address}/32`], ports: [entry.port] },
        },
      ],
    });
    this.objects = [pods, nodes];
  }
}

/** A rule for each caller: all terms of a rule must be true of one. */
function ingressRules({ from, ports }: IngressFlow): CalicoRule[] {
  const rule = { action: 'Allow' as const, protocol: 'TCP' };
  const destination = { ports };
  return from === 'everybody'
    ? [{ ...rule, destination }]
    : from.map((one) => ({ ...rule, source: entity(one), destination }));
}

/** The same for each destination. */
function egressRules({ to, protocols, ports }: EgressFlow): CalicoRule[] {
  return to.flatMap((one) =>
    protocols.map((protocol): CalicoRule => ({ action: 'Allow', protocol, destination: { ...entity(one), ports } })),
  );
}

const mirrors: CalicoEntity = { selector: labelled(mirrorLabels) };

function entity(to: Peer): CalicoEntity {
  if (to === 'mirrors') return mirrors;
  if ('cidr' in to) return { nets: [to.cidr] };
  const isAll = Object.keys(to.labels).length === 0;
  return { namespaceSelector: namespace(to.namespace), ...(isAll ? {} : { selector: labelled(to.labels) }) };
}

function namespace(name: string): string {
  return `projectcalico.org/name == '${name}'`;
}

function labelled(labels: { readonly [label: string]: string }): string {
  return Object.entries(labels)
    .map(([label, value]) => `${label} == '${value}'`)
    .join(' && ');
}
