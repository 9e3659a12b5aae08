import { createHash } from 'node:crypto';
import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { methods, tlsVolume } from '../contract/names';
import {
  type AuthenticatedFilterChain,
  AuthenticatedListener,
  type UpstreamAuthentication,
} from '../envoy/proxy-authentication';
import { certificateFile, clientTls, serverTls, type TlsFile, trustedCaFile } from '../envoy/tls-context';
import type { ResolvedMounts, ResolvedMutualTls } from '../resolved-authentication';
import type { IAuthenticationMethod } from './authentication';
import { Certificates } from './certificates';
import { Identity, type TrustDomain, uriSan } from './identity';
import { type MountedVolume, secretVolume, trustVolume } from './mounts';

/** The settings of mutual TLS, with the rest of the stack that it depends on. */
export interface MutualTlsOptions extends ResolvedMutualTls {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Addresses at which containerd dials the entry: containerd checks the address, as it has no setting for a name. */
  readonly entryAddresses: string[];
  /** Whether scrapers get a certificate. */
  readonly metrics: boolean;
  /** Secrets and bundle that the pods mount. */
  readonly mounted: ResolvedMounts;
}

/** The Secrets of certificates as volumes: the same without mutual TLS, when they are empty. */
export interface TlsVolumes {
  readonly peer: MountedVolume;
  readonly server: MountedVolume;
  readonly node: MountedVolume;
  readonly trust?: MountedVolume;
}

/**
 * The Secrets of certificates as volumes.
 *
 * @param mounted what the pods mount
 */
export function tlsVolumes({ secrets, trust }: ResolvedMounts): TlsVolumes {
  const volume = (identity: 'peer' | 'server' | 'node', mode: number) =>
    secretVolume(tlsVolume(identity), secrets[identity], mode);
  return {
    // Readable by the pod's group, which is Envoy's; never a subPath, which would miss every renewal.
    peer: volume('peer', 0o440),
    server: volume('server', 0o440),
    node: volume('node', 0o400),
    ...(trust ? { trust: trustVolume(trust, trust.key) } : {}),
  };
}

/** Both sides of every connection present a certificate. One identity per listener, checked by its exact URI SAN. */
export class MutualTls extends Construct implements IAuthenticationMethod {
  public readonly name = methods.mutualTls;
  public readonly scheme = 'https';
  /** The Certificates; none where they are the user's. */
  public readonly certificates: ApiObject[];
  private readonly domain: TrustDomain;
  private readonly volumes: TlsVolumes;

  public constructor(scope: Construct, id: string, options: MutualTlsOptions) {
    super(scope, id);
    this.domain = { name: options.trustDomain, namespace: options.namespace };
    this.volumes = tlsVolumes(options.mounted);
    this.certificates = [];
    if (options.issuer !== undefined) {
      const { objects } = new Certificates(this, 'certificates', {
        domain: this.domain,
        issuer: options.issuer,
        policy: options.certificates,
        entryAddresses: options.entryAddresses,
        metrics: options.metrics,
      });
      this.certificates = objects;
    }
  }

  public filterChains(listener: AuthenticatedListener): AuthenticatedFilterChain[] {
    const transportSocket = serverTls({
      certificate: this.certificate(serverIdentity(listener)),
      trustedCa: this.trustedCa(clientIdentity(listener)),
    });
    return [{ name: this.name, match: { transport_protocol: 'tls' }, transportSocket, httpFilters: [] }];
  }

  public upstream(): UpstreamAuthentication {
    // All peers share one certificate, so its name is fixed and no address is in it.
    const sni = `peer.${this.domain.namespace}.svc`;
    const files = { certificate: this.certificate(Identity.PEER), trustedCa: this.trustedCa(Identity.PEER) };
    return { transportSocket: clientTls(files, sni), httpFilters: [] };
  }

  public get envoyFiles(): { readonly [file: string]: object } {
    const certificates = [Identity.PEER, Identity.SERVER].map((identity) => this.certificate(identity));
    const trusted = [Identity.PEER, Identity.NODE, Identity.METRICS];
    return Object.fromEntries([
      ...certificates.map((file) => [`${file.name}.json`, certificateFile(file)]),
      ...trusted.map((identity) => {
        const file = this.trustedCa(identity);
        return [`${file.name}.json`, trustedCaFile(file, uriSan(this.domain, identity))];
      }),
    ]);
  }

  private certificate(identity: Identity): TlsFile {
    return { name: `certificate-${identity}`, directory: this.volumeOf(identity).mountPath };
  }

  /** The name changes with the trusted CA and SAN: Envoy reads a new file at once. */
  private trustedCa(identity: Identity): TlsFile {
    const { mountPath } = this.volumes.trust ?? this.volumeOf(identity);
    const trusted = `${mountPath} ${uriSan(this.domain, identity)}`;
    const hash = createHash('sha256').update(trusted).digest('hex').slice(0, 8);
    return { name: `only-${identity}-${hash}`, directory: mountPath };
  }

  private volumeOf(identity: Identity): MountedVolume {
    return identity === Identity.PEER ? this.volumes.peer : this.volumes.server;
  }
}

/** The one identity that a listener accepts. */
function clientIdentity(listener: AuthenticatedListener): Identity {
  switch (listener) {
    case AuthenticatedListener.ENTRY:
      return Identity.NODE;
    case AuthenticatedListener.METRICS:
      return Identity.METRICS;
    case AuthenticatedListener.PEERS:
    case AuthenticatedListener.ROUTER:
      return Identity.PEER;
  }
}

/** The identity of the proxy at a listener. */
function serverIdentity(listener: AuthenticatedListener): Identity {
  switch (listener) {
    case AuthenticatedListener.ENTRY:
    case AuthenticatedListener.METRICS:
      return Identity.SERVER;
    case AuthenticatedListener.PEERS:
    case AuthenticatedListener.ROUTER:
      return Identity.PEER;
  }
}
