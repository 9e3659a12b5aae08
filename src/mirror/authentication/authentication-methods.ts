import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { methods } from '../contract/names';
import { permissiveFilterChains } from '../envoy/permissive';
import type {
  AuthenticatedFilterChain,
  AuthenticatedListener,
  UpstreamAuthentication,
} from '../envoy/proxy-authentication';
import type { ResolvedAuthentication, ResolvedMutualTls } from '../resolved-authentication';
import type { IAuthentication, IAuthenticationMethod, NodeVolumes } from './authentication';
import { Basic } from './basic';
import { ExternalCredential } from './external-credential';
import { type MountedVolume, secretVolume } from './mounts';
import { MutualTls, type MutualTlsOptions, tlsVolumes } from './mutual-tls';

/** The settings of authentication, with the rest of the stack that they depend on. */
export interface AuthenticationMethodsProps extends Omit<MutualTlsOptions, keyof ResolvedMutualTls | 'mounted'> {
  /** How nodes and mirrors authenticate themselves. */
  readonly authentication: ResolvedAuthentication;
}

/** The authentication methods of a stack: one, or both on the move from one to the other. */
export class AuthenticationMethods extends Construct implements IAuthentication {
  public readonly methods: IAuthenticationMethod[] = [];
  public readonly upstreamMethod: IAuthenticationMethod;
  /** The Certificates of mutual TLS. */
  public readonly certificates: ApiObject[];
  public readonly permissive: boolean;
  public readonly propagationSeconds: number;
  public readonly proxyVolumes: MountedVolume[];
  public readonly nodeVolumes: NodeVolumes;

  public constructor(scope: Construct, id: string, props: AuthenticationMethodsProps) {
    super(scope, id);
    const { mutualTls, basic, present, permissive, mounted, propagationSeconds } = props.authentication;
    this.permissive = permissive;
    this.propagationSeconds = propagationSeconds;
    const tlsMethod = mutualTls && new MutualTls(this, 'mutual-tls', { ...props, ...mutualTls, mounted });
    this.certificates = tlsMethod?.certificates ?? [];
    if (tlsMethod !== undefined) this.methods.push(tlsMethod);
    if (basic !== undefined) {
      this.methods.push(new Basic());
      if (basic.externalSecret !== undefined) {
        new ExternalCredential(this, 'credential', {
          namespace: props.namespace,
          ...basic.externalSecret,
        });
      }
    }
    const upstream = present === 'basic' ? methods.basic : methods.mutualTls;
    const method = this.methods.find(({ name }) => name === upstream) ?? this.methods[0];
    if (method === undefined) {
      throw new Error('authentication has no method: expected mutualTls or basic');
    }
    this.upstreamMethod = method;
    const tls = tlsVolumes(mounted);
    this.proxyVolumes = [tls.peer, tls.server, ...(tls.trust ? [tls.trust] : [])];
    this.nodeVolumes = {
      identity: tls.node,
      credential: secretVolume('credential', mounted.credential, 0o400),
      metricsCredential: secretVolume('metrics-credential', mounted.metricsCredential, 0o400),
      trust: tls.trust,
    };
  }

  public filterChains(listener: AuthenticatedListener): AuthenticatedFilterChain[] {
    return [
      ...this.methods.flatMap((method) => method.filterChains(listener)),
      ...(this.permissive ? permissiveFilterChains(listener) : []),
    ];
  }

  public upstream(): UpstreamAuthentication {
    return this.upstreamMethod.upstream();
  }

  public get envoyFiles(): { readonly [file: string]: object } {
    return Object.assign({}, ...this.methods.map((method) => method.envoyFiles));
  }
}
