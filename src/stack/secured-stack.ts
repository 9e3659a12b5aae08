import { Construct } from 'constructs';
import { DEFAULT_NAMESPACE } from '../kubernetes/names';
import { checkedProps, makesObjectsOnce } from '../kubernetes/objects-once';
import { AuthProxy } from '../mirror/auth-proxy/auth-proxy';
import { Redirect } from '../mirror/auth-proxy/redirect-container';
import { Ways } from '../mirror/authentication/ways';
import { resolveDns } from '../mirror/dns-presets';
import { Policies } from '../mirror/network/policies';
import { NodeAgent } from '../mirror/node-agent/node-agent';
import { resolvePaths } from '../mirror/platforms';
import { imageReferences } from '../mirror/pod/images';
import { Mirror } from '../mirror/pod/mirror';
import { MirrorNamespace } from '../mirror/pod/namespace';
import { DEFAULT_ENTRY_PORT, Services } from '../mirror/pod/services';
import { spegelContainer, spegelVolumes } from '../mirror/pod/spegel';
import { today } from '../settings/calendar';
import { Admission } from '../tokens/admission/admission';
import { Tokens } from '../tokens/constructs/tokens';
import { resolveTokens } from '../tokens/resolve';
import { checkSecuredStack } from './check-secured-stack';
import type { SecuredStackProps } from './secured-stack-props';
import { warningsOf } from './warnings';

/**
 * One cluster's whole stack: the mirror on every node, the auth proxy that is the only door into it, the node agent that leads
 * the node's containerd there, and the policies around them. It makes up no secret: the CA, or the issuer, is yours.
 */
export class SecuredStack extends Construct {
  /** Namespace of the mirror. */
  public readonly namespace: string;
  /** URL at which a node's own containerd reaches the auth proxy. */
  public readonly entry: string;
  /** What comes due: ends of shared accounts and of tokens, in the user's words. */
  public readonly warnings: string[];

  /**
   * @param scope the chart, or what is in it
   * @param id id in the scope
   * @param props the cluster, as in stack.yaml
   * @throws Error naming every key that is unknown, missing or wrong, or another stack of the app that makes the same objects
   */
  public constructor(scope: Construct, id: string, props: SecuredStackProps) {
    super(scope, id);
    const settings = checkedProps(this, 'SecuredStack', props, checkSecuredStack);
    this.namespace = settings.namespace ?? DEFAULT_NAMESPACE;
    const tokens = resolveTokens(settings);
    this.warnings = warningsOf(settings, tokens, settings.today ?? today());
    const { namespace } = this;
    const { registries, publicRepositories = [], limits = {}, dualStack = false, platform = 'containerd' } = settings;
    const address = settings.entry?.clusterIp?.address ?? '127.0.0.1';
    const port = settings.entry?.clusterIp?.port ?? settings.entry?.loopback?.port ?? DEFAULT_ENTRY_PORT;

    new MirrorNamespace(this, 'namespace', { name: namespace, platform });
    const { permissive = false } = settings.authentication;
    if (settings.network?.policies ?? true) {
      const dns = resolveDns(settings.network?.dns);
      new Policies(this, 'network', { namespace, dns, permissive, metricsNamespace: settings.metrics?.namespace });
    }
    if (tokens.policies) {
      new Admission(this, 'admission', tokens);
    }
    new Tokens(this, 'tokens', tokens);
    const authentication = new Ways(this, 'authentication', {
      authentication: settings.authentication,
      clusterName: settings.name,
      namespace,
      entryAddresses: [address],
      metrics: settings.metrics !== undefined,
      metricsCredential: settings.metrics?.credentialSecret,
    });
    this.entry = `${authentication.presented.scheme}://${address}:${port}`;

    const images = imageReferences(settings.images);
    const paths = resolvePaths(platform, settings.containerd);
    const redirect = new Redirect(this, 'redirect', {
      namespace,
      image: images.iptables,
      connectionsPerSource: limits.connectionsPerSource ?? 64,
      permissive,
      dualStack,
    });
    const proxyOptions = { authentication, publicRepositories, limits, dualStack };
    const proxy = new AuthProxy(this, 'auth-proxy', { namespace, image: images.envoy, ...proxyOptions });
    const services = new Services(this, 'services', { namespace, entry: settings.entry?.clusterIp });
    const agent = new NodeAgent(this, 'node-agent', {
      namespace,
      image: images.envoy,
      authentication,
      entry: this.entry,
      peersName: services.peersName,
      registries,
      publicRepositories,
      registryConfig: paths.registryConfig,
    });
    const spegel = {
      image: images.spegel,
      registries,
      socket: paths.socket,
      content: paths.content,
      peersName: services.peersName,
      dualStack,
      permissive,
      entryHostPort: settings.entry?.clusterIp === undefined ? port : undefined,
    };
    new Mirror(this, 'mirror', {
      namespace,
      initContainers: [...redirect.containers, agent.preparation, proxy.container],
      containers: [spegelContainer(spegel), agent.container],
      volumes: spegelVolumes(spegel),
      parts: [redirect, proxy, agent],
      imagePullSecrets: [...new Set([...(settings.imagePullSecrets ?? []), ...tokens.mirrorPullSecrets])],
      nodeSelector: { 'kubernetes.io/os': 'linux', ...settings.nodeSelector },
      tolerations: settings.tolerations ?? [{ operator: 'Exists' }],
    });
    makesObjectsOnce(this);
  }
}
