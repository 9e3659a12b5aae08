import { apply, get, kubectl, patch, tryKubectl } from './kubectl';
import { sleep } from './run';

const CRD = 'nodereadinessrules.readiness.node.x-k8s.io';
const DONE = 'readiness.k8s.io/played-bootstrap-completed';

interface Taint {
  readonly key: string;
  readonly effect: string;
}

/**
 * Plays the Node Readiness Controller for one rule in mode bootstrap-only, by its documents: a node without the condition gets the
 * taint; with it the node loses the taint for good. It also plays the CRD, where the cluster has none; where it has one, the real
 * controller is there and this does nothing.
 */
export class ReadinessController {
  private stopped = false;
  private work = Promise.resolve();

  private constructor(private readonly isReal: boolean) {}

  /** Starts it. */
  public static async start(): Promise<ReadinessController> {
    const controller = new ReadinessController((await tryKubectl(['get', 'crd', CRD])).code === 0);
    if (controller.isReal) return controller;
    await apply(crd());
    await kubectl(['wait', '--for=condition=established', `crd/${CRD}`, '--timeout=60s']);
    controller.work = controller.run();
    return controller;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      await reconcile();
      await sleep(500);
    }
  }

  /** Stops it, and takes away its CRD and what it noted on nodes. */
  public async stop(): Promise<void> {
    this.stopped = true;
    await this.work;
    if (this.isReal) return;
    await kubectl(['delete', 'crd', CRD, '--ignore-not-found']);
    await kubectl(['annotate', 'nodes', '--all', `${DONE}-`]);
  }
}

async function reconcile(): Promise<void> {
  const rules = await tryKubectl(['get', CRD, '-o', 'json']);
  const [rule] = rules.code === 0 ? JSON.parse(rules.stdout).items : [];
  if (rule === undefined) return;
  const { conditions, taint, nodeSelector } = rule.spec;
  const { items } = await get('nodes');
  for (const { metadata, spec, status } of items) {
    const chosen = Object.entries(nodeSelector.matchLabels).every(([key, value]) => metadata.labels[key] === value);
    if (!chosen || metadata.annotations[DONE] === rule.metadata.uid) continue;
    // biome-ignore lint/suspicious/noExplicitAny: objects of the API
    const isMet = ({ type, requiredStatus }: any) =>
      // biome-ignore lint/suspicious/noExplicitAny: objects of the API
      status.conditions.some((one: any) => one.type === type && one.status === requiredStatus);
    const others = (spec.taints ?? []).filter((one: Taint) => one.key !== taint.key || one.effect !== taint.effect);
    const met = conditions.every(isMet);
    const resourceVersion = metadata.resourceVersion;
    await patch('', 'node', metadata.name, {
      metadata: { resourceVersion, ...(met ? { annotations: { [DONE]: rule.metadata.uid } } : {}) },
      spec: { taints: met ? others : [...others, taint] },
    }).catch(() => {}); // somebody else changed the node: the next round sees it
  }
}

/** As much of the CRD as the stack's rule needs, and nothing that the real one does not take. */
function crd(): object {
  const text = { type: 'string' };
  const required = (properties: object) => ({ type: 'object', required: Object.keys(properties), properties });
  const condition = required({ type: text, requiredStatus: { ...text, enum: ['True', 'False', 'Unknown'] } });
  const matchLabels = { type: 'object', additionalProperties: text };
  const spec = required({
    conditions: { type: 'array', minItems: 1, items: condition },
    enforcementMode: { ...text, enum: ['bootstrap-only', 'continuous'] },
    taint: required({ key: { ...text, pattern: '^readiness[.]k8s[.]io/[^/]+$' }, effect: text }),
    nodeSelector: { type: 'object', properties: { matchLabels } },
  });
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: CRD },
    spec: {
      group: 'readiness.node.x-k8s.io',
      scope: 'Cluster',
      names: { kind: 'NodeReadinessRule', plural: 'nodereadinessrules', singular: 'nodereadinessrule' },
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec } } },
        },
      ],
    },
  };
}
