import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { clusterWide } from './cluster-wide';

/**
 * Makes the Node Readiness Controller keep a taint on each new node until its conditions are met once. readiness.node.x-k8s.io/v1alpha1,
 * kind NodeReadinessRule: https://node-readiness-controller.sigs.k8s.io/reference/api-spec.html
 */
export class NodeReadinessRule extends ApiObject {
  /**
   * @param scope parent
   * @param id id in the parent
   * @param props which taint waits for what
   */
  public constructor(scope: Construct, id: string, props: NodeReadinessRuleProps) {
    const { name, labels, conditionTypes, taint, nodeLabels, dryRun } = props;
    super(scope, id, {
      apiVersion: 'readiness.node.x-k8s.io/v1alpha1',
      kind: 'NodeReadinessRule',
      metadata: { name, labels },
      spec: {
        conditions: conditionTypes.map((type) => ({ type, requiredStatus: 'True' })),
        // The other mode, continuous, would taint a node again whenever a condition fails later.
        enforcementMode: 'bootstrap-only',
        taint,
        nodeSelector: { matchLabels: nodeLabels },
        ...(dryRun ? { dryRun } : {}),
      },
    });
    clusterWide(this);
  }
}

/** Which taint waits for what. */
export interface NodeReadinessRuleProps {
  /** Its name. */
  readonly name: string;
  /** Its labels. */
  readonly labels: { readonly [label: string]: string };
  /** Types of the node's conditions that must all be True. */
  readonly conditionTypes: string[];
  /** The taint. Its key begins with `readiness.k8s.io/`. */
  readonly taint: { readonly key: string; readonly effect: string };
  /** Labels of the nodes that it is about. */
  readonly nodeLabels: { readonly [label: string]: string };
  /** Whether the controller only reports what it would do. */
  readonly dryRun: boolean;
}
