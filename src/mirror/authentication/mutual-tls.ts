import { createHash } from 'node:crypto';
import { Construct } from 'constructs';
import type { ResolvedMounts, ResolvedMutualTls } from '../resolved';
import { Door, type Folder, type IWay, type WayIn, type WayOut } from './authentication';
import { Certificates } from './certificates';
import { secretFolder, trustFolder } from './folders';
import { Identity, type TrustDomain, uriSan } from './identity';
import { certificateFile, clientTls, serverTls, type TlsFile, validationFile } from './tls-context';

/** What mutual TLS needs to know of its stack. */
export interface MutualTlsOptions extends ResolvedMutualTls {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Addresses at which containerd dials the entry: containerd checks them, as it cannot be told a name. */
  readonly entryAddresses: string[];
  /** Whether scrapers get a certificate. */
  readonly metrics: boolean;
  /** Secrets and bundle that the pods mount. */
  readonly mounted: ResolvedMounts;
}

/** The Secrets of certificates as folders: the same without mutual TLS, when they are empty. */
export interface TlsFolders {
  readonly peer: Folder;
  readonly server: Folder;
  readonly node: Folder;
  readonly trust?: Folder;
}

/**
 * The Secrets of certificates as folders.
 *
 * @param mounted what the pods mount
 */
export function tlsFolders({ secrets, trust }: ResolvedMounts): TlsFolders {
  const folder = (identity: 'peer' | 'server' | 'node', mode: number) =>
    secretFolder(`tls-${identity}`, secrets[identity], mode);
  return {
    // Readable by the pod's group, which is Envoy's; never a subPath, which would miss every renewal.
    peer: folder('peer', 0o440),
    server: folder('server', 0o440),
    node: folder('node', 0o400),
    ...(trust ? { trust: trustFolder(trust, trust.key) } : {}),
  };
}

/** Both sides of every connection show a certificate. One identity per door, checked by its exact URI SAN. */
export class MutualTls extends Construct implements IWay {
  public readonly name = 'mutual-tls';
  public readonly scheme = 'https';
  private readonly domain: TrustDomain;
  private readonly folders: TlsFolders;

  public constructor(scope: Construct, id: string, options: MutualTlsOptions) {
    super(scope, id);
    this.domain = { name: options.trustDomain, namespace: options.namespace };
    this.folders = tlsFolders(options.mounted);
    if (options.issuer !== undefined) {
      new Certificates(this, 'certificates', {
        domain: this.domain,
        issuer: options.issuer,
        policy: options.certificates,
        entryAddresses: options.entryAddresses,
        metrics: options.metrics,
      });
    }
  }

  public accept(door: Door): WayIn[] {
    const ours = door === Door.ENTRY || door === Door.METRICS ? Identity.SERVER : Identity.PEER;
    const transportSocket = serverTls({ show: this.show(ours), take: this.take(identityAt(door)) });
    return [{ name: this.name, match: { transport_protocol: 'tls' }, transportSocket, httpFilters: [] }];
  }

  public present(): WayOut {
    // All peers share one certificate, so its name is fixed and no address is in it.
    const sni = `peer.${this.domain.namespace}.svc`;
    const sides = { show: this.show(Identity.PEER), take: this.take(Identity.PEER) };
    return { transportSocket: clientTls(sides, sni), httpFilters: [] };
  }

  public get envoyFiles(): { readonly [file: string]: object } {
    const shown = [Identity.PEER, Identity.SERVER].map((identity) => this.show(identity));
    const taken = [Identity.PEER, Identity.NODE, Identity.METRICS];
    return Object.fromEntries([
      ...shown.map((file) => [`${file.name}.json`, certificateFile(file)]),
      ...taken.map((identity) => {
        const file = this.take(identity);
        return [`${file.name}.json`, validationFile(file, uriSan(this.domain, identity))];
      }),
    ]);
  }

  private show(identity: Identity): TlsFile {
    const { folder } = identity === Identity.PEER ? this.folders.peer : this.folders.server;
    return { name: `certificate-${identity}`, folder };
  }

  /** The name changes with what is taken: a new file is read at once. */
  private take(identity: Identity): TlsFile {
    const beside = identity === Identity.PEER ? this.folders.peer : this.folders.server;
    const { folder } = this.folders.trust ?? beside;
    const taken = `${folder} ${uriSan(this.domain, identity)}`;
    return { name: `only-${identity}-${createHash('sha256').update(taken).digest('hex').slice(0, 8)}`, folder };
  }
}

/** The one identity that a door takes. */
function identityAt(door: Door): Identity {
  switch (door) {
    case Door.ENTRY:
      return Identity.NODE;
    case Door.METRICS:
      return Identity.METRICS;
    case Door.PEERS:
    case Door.ROUTER:
      return Identity.PEER;
  }
}
