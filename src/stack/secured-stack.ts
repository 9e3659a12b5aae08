import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkedProps, makesObjectsOnce, refuseProps } from '../kubernetes/objects-once';
import { today } from '../settings/calendar';
import { checkSecuredStack } from './check-secured-stack';
import { resolveStack } from './resolve';
import type { SecuredStackProps } from './secured-stack-props';
import { makeParts } from './stack-parts';
import { warningsOf } from './warnings';

/**
 * One cluster's whole stack: the mirror on every node, the auth proxy that guards it, the node agent that leads the node's containerd
 * there, the policies around them, and the organisation tokens. It makes up no secret: the CA, or the issuer, is yours.
 *
 * Its objects are members, to patch where a setting has no key.
 *
 * @example
 * const stack = new SecuredStack(chart, 'mirror', {
 *   name: 'production',
 *   registries: ['docker.io', 'ghcr.io'],
 *   authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
 * });
 * stack.daemonSet.addJsonPatch(JsonPatch.replace('/spec/updateStrategy/rollingUpdate/maxUnavailable', 1));
 */
export class SecuredStack extends Construct {
  /** Namespace of the mirror. */
  public readonly namespace: string;
  /** URL at which a node's own containerd reaches the auth proxy. */
  public readonly entry: string;
  /** Deadlines of shared accounts and of tokens, and lists that an apply replaces, in the user's words. */
  public readonly warnings: string[];

  /** The mirror's Namespace. */
  public readonly namespaceObject: ApiObject;
  /** The DaemonSet: the mirror's pod on each node, with the redirect, the auth proxy, Spegel and the node agent. */
  public readonly daemonSet: ApiObject;
  /** The ServiceAccount of the mirror's pods. */
  public readonly serviceAccount: ApiObject;
  /** The headless Service by which mirrors find each other. */
  public readonly peersService: ApiObject;
  /** The headless Service by which scrapers find the mirrors; undefined without `metrics`. */
  public readonly metricsService: ApiObject | undefined;
  /** The Service of an entry with a ClusterIP; undefined with a loopback entry. */
  public readonly entryService: ApiObject | undefined;
  /** The NetworkPolicies: default-deny, and the flows of the mirror; then the policies of the CNI's own kinds. Empty where policies are off. */
  public readonly networkPolicies: ApiObject[];
  /** The NodeReadinessRule; undefined without `nodeReadiness`. */
  public readonly nodeReadinessRule: ApiObject | undefined;
  /** The PodMonitor; undefined without `monitoring.podMonitor`. */
  public readonly podMonitor: ApiObject | undefined;
  /** The PrometheusRule; undefined without `monitoring.rules`. */
  public readonly prometheusRule: ApiObject | undefined;
  /** The ConfigMap with the dashboard for Grafana; undefined without `monitoring.dashboard`. */
  public readonly dashboardConfig: ApiObject | undefined;
  /** The ConfigMap with the packet filter rules of the redirect. */
  public readonly redirectConfig: ApiObject;
  /** The ConfigMap with the auth proxy's configuration. */
  public readonly authProxyConfig: ApiObject;
  /** The ConfigMap with the node agent's scripts and settings. */
  public readonly nodeAgentConfig: ApiObject;

  /**
   * @param scope the chart, or a construct in it
   * @param id id in the scope
   * @param props the cluster, as in stack.yaml
   * @throws Error naming every key that is unknown, missing or wrong, or another stack of the app that makes the same objects
   */
  public constructor(scope: Construct, id: string, props: SecuredStackProps) {
    super(scope, id);
    const settings = checkedProps(this, 'SecuredStack', props, checkSecuredStack);
    const stack = resolveStack(settings);
    const parts = makeParts(this, stack);
    refuseProps(this, parts.patchProblems);
    this.namespace = stack.mirror.namespace;
    this.entry = parts.url;
    this.warnings = warningsOf(stack, settings.today ?? today());
    this.namespaceObject = parts.namespace.object;
    this.daemonSet = parts.mirror.daemonSet;
    this.serviceAccount = parts.mirror.serviceAccount;
    this.peersService = parts.services.peers;
    this.metricsService = parts.services.metrics;
    this.entryService = parts.services.entry;
    this.networkPolicies = parts.policies?.objects ?? [];
    this.nodeReadinessRule = parts.gate?.rule;
    this.podMonitor = parts.watched.podMonitor;
    this.prometheusRule = parts.watched.prometheusRule;
    this.dashboardConfig = parts.watched.dashboard;
    this.redirectConfig = parts.redirect.configMap;
    this.authProxyConfig = parts.proxy.configMap;
    this.nodeAgentConfig = parts.agent.configMap;
    makesObjectsOnce(this);
  }
}
