import { Construct } from 'constructs';
import { ValidatingAdmissionPolicy } from '../../../imports/admission-registration';
import { literal } from '../../kubernetes/cel';
import { objectLabels } from '../../kubernetes/names';
import { READINESS_CONDITION } from '../contract/node-readiness';

/** What the policy is made of. */
export interface NodeStatusPolicyProps {
  /** Its name. */
  readonly name: string;
  /** User name of the mirror's pods at the API server. */
  readonly user: string;
}

/** Node of the pod whose token asks: a claim of the token since Kubernetes 1.30, which nobody can choose. */
const NODE_CLAIM = 'authentication.kubernetes.io/node-name';
const OWN = `'${READINESS_CONDITION}'`;

/**
 * Kubernetes adds keys here from version to version. The reporter sends whole nodes, and drops keys that are newer than itself; the
 * kubelet puts them back. So such keys may vanish, and none may change.
 */
const OPEN = ['nodeInfo', 'features', 'runtimeHandlers'];
/** Keys of the status that no reporter drops: https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.36/#nodestatus-v1-core */
const STATUS = [
  ...['conditions', ...OPEN, 'addresses', 'allocatable', 'capacity', 'config', 'daemonEndpoints', 'declaredFeatures'],
  ...['images', 'phase', 'volumesAttached', 'volumesInUse'],
];

/**
 * Holds the mirror's pods to one condition of their own node, as RBAC can only give the status of all nodes, labels and annotations with
 * it. Nobody else's requests are judged, so it blocks nobody else when it fails.
 */
export class NodeStatusPolicy extends Construct {
  public constructor(scope: Construct, id: string, { name, user }: NodeStatusPolicyProps) {
    super(scope, id);
    new ValidatingAdmissionPolicy(this, 'Resource', {
      name,
      labels: { ...objectLabels },
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['nodes', 'nodes/status'] },
        ],
      },
      matchConditions: [{ name: 'mirror', expression: `request.userInfo.username == '${user}'` }],
      variables: [
        { name: 'new', expression: 'dyn(object)' },
        { name: 'old', expression: 'dyn(oldObject)' },
        { name: 'node', expression: `request.userInfo.?extra[?'${NODE_CLAIM}'].orValue([])` },
        ...(['new', 'old'] as const).map((which) => ({
          name: `${which}Conditions`,
          expression: `variables.${which}.?status.?conditions.orValue([])`,
        })),
      ],
      validations: [
        {
          expression: 'variables.node == [object.metadata.name]',
          messageExpression:
            "'a mirror may change its own node only, and this is ' + object.metadata.name + '; the token is of a pod on ' + " +
            "(size(variables.node) == 0 ? 'no node' : variables.node[0])",
          reason: 'Forbidden',
        },
        {
          expression:
            `${others('new')} == ${others('old')} && ` +
            `variables.newConditions.exists_one(condition, condition.type == ${OWN})`,
          messageExpression: `'a mirror may change the condition ' + ${OWN} + ' of its node only'`,
          reason: 'Forbidden',
        },
        ...unchanged().map((expression) => ({
          expression,
          messageExpression: "'a mirror may change conditions of its node only, and nothing else about it'",
          reason: 'Forbidden',
        })),
      ],
    });
  }
}

/** The conditions that are not the mirror's. */
function others(which: 'new' | 'old'): string {
  return `variables.${which}Conditions.filter(condition, condition.type != ${OWN})`;
}

/** All that must be as it was. */
function unchanged(): string[] {
  const [now, before] = [handlers('new'), handlers('old')];
  const features = partOf('handler.?features.orValue({})', 'other.?features.orValue({})');
  // The server itself keeps these two.
  const servers = ['managedFields', 'resourceVersion'];
  return [
    `variables.new.?spec == variables.old.?spec && ${kept('metadata', servers)}`,
    `variables.old.metadata.all(key, key in ${literal(servers)} || key in variables.new.metadata)`,
    kept('status', ['conditions', ...OPEN]),
    `variables.old.status.all(key, key in variables.new.status || !(key in ${literal(STATUS)}))`,
    ...['nodeInfo', 'features'].map((name) => partOf(field('new', name), field('old', name))),
    `${now}.map(handler, handler.name) == ${before}.map(handler, handler.name) && ` +
      `${now}.all(handler, ${before}.all(other, other.name != handler.name || ${features}))`,
  ];
}

/** Every key of a part of the node but these is as it was. */
function kept(part: string, but: string[]): string {
  const [now, before] = [`variables.new.${part}`, `variables.old.${part}`];
  return `${now}.all(key, key in ${literal(but)} || (key in ${before} && ${now}[key] == ${before}[key]))`;
}

/** One mapping has nothing that the other has not. */
function partOf(one: string, other: string): string {
  return `${one}.all(name, name in ${other} && ${one}[name] == ${other}[name])`;
}

function field(which: 'new' | 'old', name: string): string {
  return `variables.${which}.status.?${name}.orValue({})`;
}

function handlers(which: 'new' | 'old'): string {
  return `variables.${which}.status.?runtimeHandlers.orValue([])`;
}
