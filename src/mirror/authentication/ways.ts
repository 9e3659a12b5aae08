import { Construct } from 'constructs';
import type { ResolvedAuthentication, ResolvedMutualTls } from '../resolved';
import type { Door, Folder, IAuthentication, IWay, NodeFolders, WayIn, WayOut } from './authentication';
import { Basic } from './basic';
import { ExternalCredential } from './external-credential';
import { secretFolder } from './folders';
import { MutualTls, type MutualTlsOptions, tlsFolders } from './mutual-tls';
import { permissiveWays } from './permissive';

/** What the ways need to know of their stack. */
export interface WaysProps extends Omit<MutualTlsOptions, keyof ResolvedMutualTls | 'mounted'> {
  /** How nodes and mirrors prove who they are. */
  readonly authentication: ResolvedAuthentication;
}

/** The ways to prove who one is that a stack takes: one, or both on the move from one to the other. */
export class Ways extends Construct implements IAuthentication {
  public readonly ways: IWay[] = [];
  public readonly presented: IWay;
  public readonly permissive: boolean;
  public readonly propagationSeconds: number;
  public readonly proxyFolders: Folder[];
  public readonly nodeFolders: NodeFolders;

  public constructor(scope: Construct, id: string, props: WaysProps) {
    super(scope, id);
    const { mutualTls, basic, present, permissive, mounted, propagationSeconds } = props.authentication;
    this.permissive = permissive;
    this.propagationSeconds = propagationSeconds;
    if (mutualTls !== undefined) {
      this.ways.push(new MutualTls(this, 'mutual-tls', { ...props, ...mutualTls, mounted }));
    }
    if (basic !== undefined) {
      this.ways.push(new Basic());
      if (basic.externalSecret !== undefined) {
        new ExternalCredential(this, 'credential', {
          namespace: props.namespace,
          ...basic.externalSecret,
        });
      }
    }
    const presented = present === 'basic' ? 'basic' : 'mutual-tls';
    const way = this.ways.find(({ name }) => name === presented) ?? this.ways[0];
    if (way === undefined) {
      throw new Error('authentication has no method: expected mutualTls or basic');
    }
    this.presented = way;
    const tls = tlsFolders(mounted);
    this.proxyFolders = [tls.peer, tls.server, ...(tls.trust ? [tls.trust] : [])];
    this.nodeFolders = {
      identity: tls.node,
      credential: secretFolder('credential', mounted.credential, 0o400),
      metricsCredential: secretFolder('metrics-credential', mounted.metricsCredential, 0o400),
      trust: tls.trust,
    };
  }

  public accept(door: Door): WayIn[] {
    return [...this.ways.flatMap((way) => way.accept(door)), ...(this.permissive ? permissiveWays(door) : [])];
  }

  /**
   * The proxy takes over listeners and clusters at different instants. So the filters of both ways are there before the connection
   * changes from one to the other, and a credential that is not asked for goes to a verified peer only, or to nobody.
   */
  public present(): WayOut {
    const { transportSocket } = this.presented.present();
    return { transportSocket, httpFilters: this.ways.flatMap((way) => way.present().httpFilters) };
  }

  public get envoyFiles(): { readonly [file: string]: object } {
    return Object.assign({}, ...this.ways.map((way) => way.envoyFiles));
  }
}
