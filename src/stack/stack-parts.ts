import type { Construct } from 'constructs';
import { Guards } from '../guards/guards';
import { AuthProxy } from '../mirror/auth-proxy/auth-proxy';
import { Redirect } from '../mirror/auth-proxy/redirect-container';
import { AuthenticationMethods } from '../mirror/authentication/authentication-methods';
import { flowsPropsOf } from '../mirror/network/flows';
import { Policies } from '../mirror/network/policies';
import { NodeAgent } from '../mirror/node-agent/node-agent';
import { NodeReadiness } from '../mirror/node-readiness/node-readiness';
import { reporterPart } from '../mirror/node-readiness/reporter';
import { Mirror } from '../mirror/pod/mirror';
import { MirrorNamespace } from '../mirror/pod/namespace';
import { Services } from '../mirror/pod/services';
import { spegelPart } from '../mirror/pod/spegel';
import { Monitoring } from '../monitoring/monitoring';
import { Admission } from '../tokens/admission/admission';
import { Tokens } from '../tokens/constructs/tokens';
import { addCommonMetadata } from './common-metadata';
import { applyPatches } from './patches';
import type { ResolvedStack } from './resolve';

/**
 * Makes the parts of a cluster's stack. It checks nothing: the settings are checked once, by the reader of a file or by SecuredStack.
 *
 * @param scope the construct that gets the parts
 * @param stack the cluster's settings
 */
export function makeParts(
  scope: Construct,
  { mirror: settings, tokens, objects, guards, monitoring, patches }: ResolvedStack,
) {
  const { registries, publicRepositories, images, limits, dualStack, paths, entry, nodeReadiness } = settings;
  const { permissive } = settings.authentication;
  const { resources, logLevel } = settings.pod;
  const common = { namespace: settings.namespace, dualStack, permissive };
  const metrics = settings.metrics !== undefined;

  const namespace = new MirrorNamespace(scope, 'namespace', {
    name: settings.namespace,
    platform: settings.platform,
    priorityClassName: settings.pod.priorityClassName,
  });
  const policies = settings.network.policies
    ? new Policies(scope, 'network', {
        ...common,
        ...flowsPropsOf(settings),
        entry,
        cni: settings.network.cni,
        hostFirewall: settings.network.hostFirewall,
      })
    : undefined;
  if (tokens.policies) new Admission(scope, 'admission', tokens);
  new Tokens(scope, 'tokens', tokens);

  const authentication = new AuthenticationMethods(scope, 'authentication', {
    ...common,
    authentication: settings.authentication,
    entryAddresses: [entry.address],
    metrics,
  });
  const redirect = new Redirect(scope, 'redirect', {
    ...common,
    image: images.iptables,
    connectionsPerSource: limits.connectionsPerSource,
    entryConnections: limits.entryConnections,
  });
  const proxy = new AuthProxy(scope, 'auth-proxy', {
    ...common,
    image: images.envoy,
    memoryLimit: resources.proxy.limits.memory,
    metrics,
    logLevel: logLevel.proxy,
    authentication,
    registries,
    publicRepositories,
    limits,
    accessLog: settings.accessLog,
  });
  const services = new Services(scope, 'services', { ...common, entry, metrics });
  const { peersName } = services;
  const url = `${authentication.upstreamMethod.scheme}://${entry.address}:${entry.port}`;
  const agent = new NodeAgent(scope, 'node-agent', {
    ...common,
    image: images.envoy,
    authentication,
    entry: url,
    peersName,
    registries,
    publicRepositories,
    registryConfig: paths.registryConfig,
    content: paths.content,
    linkDefaultList: settings.linkDefaultList,
    logLevel: logLevel.nodeAgent,
  });
  const spegel = spegelPart({
    ...common,
    image: images.spegel,
    registries,
    paths,
    peersName,
    entry,
    logLevel: logLevel.spegel,
  });
  const reporter = nodeReadiness ? [reporterPart(images.nodeReadinessReporter)] : [];
  const mirror = new Mirror(scope, 'mirror', {
    ...common,
    parts: [spegel, redirect.part, agent.preparationPart, proxy.part, agent.part, ...reporter],
    pod: settings.pod,
    imagePullSecrets: settings.imagePullSecrets,
    nodeSelector: settings.nodeSelector,
    tolerations: settings.tolerations,
  });
  // Last, as the rule taints nodes whose mirror is not in use yet.
  const gate = nodeReadiness
    ? new NodeReadiness(scope, 'node-readiness', {
        ...common,
        nodeSelector: settings.nodeSelector,
        dryRun: nodeReadiness.dryRun,
      })
    : undefined;
  const watched = new Monitoring(scope, 'monitoring', { mirror: settings, tokens, monitoring });
  // After all that they judge.
  if (guards) {
    new Guards(scope, 'guards', {
      guards,
      mirror: settings,
      tokens,
      namespace: namespace.object,
      daemonSet: mirror.daemonSet,
      configMaps: [redirect.configMap, proxy.configMap, agent.configMap],
      certificates: authentication.certificates,
    });
  }
  addCommonMetadata(scope, objects);
  const configMaps = [redirect.configMap, proxy.configMap, agent.configMap];
  const patchProblems = applyPatches(scope, patches, { configMaps, daemonSet: mirror.daemonSet });
  return { namespace, policies, redirect, proxy, services, agent, mirror, gate, watched, url, patchProblems };
}
