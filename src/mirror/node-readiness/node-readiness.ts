import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { clusterWide } from '../../../imports/cluster-wide';
import { NodeReadinessRule } from '../../../imports/node-readiness';
import { objectLabels } from '../../kubernetes/names';
import { DAEMON_SET } from '../contract/names';
import { READINESS_CONDITION, readinessTaint } from '../contract/node-readiness';
import { NodeStatusPolicy } from './node-status-policy';

/** Which mirror pods wait for. */
export interface NodeReadinessOptions {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Labels of the nodes that get a mirror. */
  readonly nodeSelector: { readonly [label: string]: string };
  /** Whether the controller only reports which nodes would wait. */
  readonly dryRun: boolean;
}

const NAME = 'secured-mirror-node-readiness';
const RBAC = 'rbac.authorization.k8s.io';

/**
 * Makes pods wait until the mirror of a new node is in use: the rule for the Node Readiness Controller, and the right of the mirror's
 * pods to say so.
 */
export class NodeReadiness extends Construct {
  /** The NodeReadinessRule. */
  public readonly rule: ApiObject;

  public constructor(scope: Construct, id: string, options: NodeReadinessOptions) {
    super(scope, id);
    const { namespace, nodeSelector, dryRun } = options;
    const meta = { name: NAME, labels: { ...objectLabels } };
    // Before the right, which is too wide without it.
    new NodeStatusPolicy(this, 'policy', { name: NAME, user: `system:serviceaccount:${namespace}:${DAEMON_SET}` });
    const role = k8s.KubeClusterRole.manifest({
      metadata: meta,
      rules: [
        { apiGroups: [''], resources: ['nodes'], verbs: ['get'] },
        { apiGroups: [''], resources: ['nodes/status'], verbs: ['update'] },
      ],
    });
    const binding = k8s.KubeClusterRoleBinding.manifest({
      metadata: meta,
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: NAME },
      subjects: [{ kind: 'ServiceAccount', namespace, name: DAEMON_SET }],
    });
    clusterWide(new ApiObject(this, 'role', role));
    clusterWide(new ApiObject(this, 'binding', binding));
    this.rule = new NodeReadinessRule(this, 'rule', {
      ...meta,
      name: 'secured-mirror',
      conditionTypes: [READINESS_CONDITION],
      taint: readinessTaint,
      nodeLabels: nodeSelector,
      dryRun,
    });
  }
}
