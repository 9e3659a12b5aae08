import { Construct } from 'constructs';
import { ValidatingAdmissionPolicy } from '../../../imports/admission-registration';
import { stackLabels } from '../../kubernetes/names';
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
 * Holds the mirror's pods to one condition of their own node, as RBAC can only give the status of all nodes, labels and annotations with
 * it. Nobody else's requests are judged, so it blocks nobody else when it fails.
 */
export class NodeStatusPolicy extends Construct {
  public constructor(scope: Construct, id: string, { name, user }: NodeStatusPolicyProps) {
    super(scope, id);
    new ValidatingAdmissionPolicy(this, 'Resource', {
      name,
      labels: { ...stackLabels },
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
        {
          expression: [
            'variables.new.?spec == variables.old.?spec',
            // The server itself keeps these two.
            same('metadata', ['managedFields', 'resourceVersion']),
            same('status', ['conditions']),
          ].join(' && '),
          messageExpression: "'a mirror may change conditions of its node only, and nothing else about it'",
          reason: 'Forbidden',
        },
      ],
    });
  }
}

/** The conditions that are not the mirror's. */
function others(which: 'new' | 'old'): string {
  return `variables.${which}Conditions.filter(condition, condition.type != ${OWN})`;
}

/** Every key of a part of the node but these is as it was: keys that Kubernetes adds one day too. */
function same(part: string, but: string[]): string {
  const [now, before] = [`variables.new.${part}`, `variables.old.${part}`];
  const kept = `key in [${but.map((key) => `'${key}'`).join(', ')}]`;
  return (
    `${now}.all(key, ${kept} || (key in ${before} && ${now}[key] == ${before}[key])) && ` +
    `${before}.all(key, ${kept} || key in ${now})`
  );
}
