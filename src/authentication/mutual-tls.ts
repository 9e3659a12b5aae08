import { Construct } from 'constructs';
import type { MutualTlsProps } from '../config/authentication-props';
import { Door, type IAuthentication, type SecretFolder, type WayIn, type WayOut } from './authentication';
import { Certificates } from './certificates';
import { Identity, type TrustDomain, uriSan } from './identity';
import { certificateFile, clientTls, serverTls, validationFile } from './tls-context';

/** What mutual TLS needs to know of its stack. */
export interface MutualTlsOptions extends MutualTlsProps {
  /** Name of the cluster: the trust domain unless that is given. */
  readonly clusterName: string;
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Addresses at which containerd dials the entry: containerd checks them, as it cannot be told a name. */
  readonly entryAddresses: string[];
  /**
   * Whether scrapers get a certificate.
   *
   * @default false
   */
  readonly metrics?: boolean;
}

const FOLDER = '/etc/secured-mirror/tls';

/** Both sides of every connection show a certificate. One identity per door, checked by its exact URI SAN. */
export class MutualTls extends Construct implements IAuthentication {
  public readonly proxySecrets: SecretFolder[];
  public readonly nodeSecret: SecretFolder;
  private readonly domain: TrustDomain;

  public constructor(scope: Construct, id: string, options: MutualTlsOptions) {
    super(scope, id);
    this.domain = { name: options.trustDomain ?? options.clusterName, namespace: options.namespace };
    const certificates = new Certificates(this, 'certificates', {
      domain: this.domain,
      issuer: options.issuer,
      entryAddresses: options.entryAddresses,
      metrics: options.metrics,
    });
    const folderOf = (identity: Identity) => ({
      secretName: certificates.secretName(identity),
      folder: `${FOLDER}/${identity}`,
    });
    this.proxySecrets = [folderOf(Identity.PEER), folderOf(Identity.ENTRY)];
    this.nodeSecret = folderOf(Identity.NODE);
  }

  public accept(door: Door): WayIn[] {
    const ours = door === Door.ENTRY || door === Door.METRICS ? Identity.ENTRY : Identity.PEER;
    const sides = { show: show(ours), take: take(identityAt(door)) };
    return [{ transportSocket: serverTls(sides), httpFilters: [] }];
  }

  public present(): WayOut {
    // All peers share one certificate, so its name is fixed and no address is in it.
    const sni = `peer.${this.domain.namespace}.svc`;
    return {
      transportSocket: clientTls({ show: show(Identity.PEER), take: take(Identity.PEER) }, sni),
      httpFilters: [],
    };
  }

  public get envoyFiles(): { readonly [file: string]: object } {
    const certificate = (identity: Identity) => [
      `${show(identity)}.json`,
      certificateFile(show(identity), `${FOLDER}/${identity}`),
    ];
    const validation = (identity: Identity, folder: Identity) => [
      `${take(identity)}.json`,
      validationFile(take(identity), `${FOLDER}/${folder}`, uriSan(this.domain, identity)),
    ];
    return Object.fromEntries([
      certificate(Identity.PEER),
      certificate(Identity.ENTRY),
      validation(Identity.PEER, Identity.PEER),
      validation(Identity.NODE, Identity.ENTRY),
      validation(Identity.METRICS, Identity.ENTRY),
    ]);
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

function show(identity: Identity): string {
  return `certificate-${identity}`;
}

function take(identity: Identity): string {
  return `only-${identity}`;
}
