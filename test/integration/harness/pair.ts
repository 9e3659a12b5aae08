import { setTimeout as sleep } from 'node:timers/promises';
import { ports } from '../../../src/mirror/contract/ports';
import type { AuthenticationProps } from '../../../src/mirror/props/authentication-props';
import type { Authority, KeyPair } from './certificates';
import { dialling, withClusters } from './dialling';
import { authorization, type User } from './dynamic-files';
import { type Emitted, emit } from './emitted';
import { Mirror } from './mirror';
import type { Files } from './mounted-folder';
import { blob } from './registry-requests';
import { ask, type Target } from './request';
import { until } from './until';

/** Milliseconds between one node and the next when something changes on all. */
const SKEW = 400;

/** What Envoy counts when it has read something anew: certificates, what the node agent hands over, the listeners. */
const UPDATES = {
  certificates: /^sds[.](certificate-(peer|entry)|only-(peer|node).*)[.]update_success$/,
  dynamicFiles: /^(extension_config_discovery|sds[.]injected)[.].*update_success$/,
  listeners: /^listener_manager[.]lds[.]update_success$/,
};

/** What a node's containerd shows. */
export type Shown = { readonly user: User } | { readonly pair: KeyPair };

/** Requests of one plane. */
export interface Sent {
  sent: number;
  readonly failures: string[];
}

/** Requests between the two nodes, and at their entries. */
export interface Planes {
  readonly peers: Sent;
  readonly nodes: Sent;
}

/** Two nodes: the near one asks the far one as its peer, and a containerd asks each at its entry. */
export class Pair {
  /** What each node's containerd shows from now on, near and far. */
  public shown: [Shown, Shown];

  private constructor(
    public readonly near: Mirror,
    public readonly far: Mirror,
    shown: Shown,
  ) {
    this.shown = [shown, shown];
  }

  /** Starts two mirrors of a stack. */
  public static async start(authentication: AuthenticationProps, shown: Shown, dynamicFiles?: Files): Promise<Pair> {
    const stack = { authentication, metrics: undefined };
    const far = await Mirror.start({ stack, dynamicFiles });
    const { authority } = far;
    const change = (emitted: Emitted) => towards(emitted, far);
    const near = await Mirror.start({ stack, dynamicFiles, authority, change });
    return new Pair(near, far, shown);
  }

  /**
   * Changes something on one node, and a little after that is in force, on the other.
   *
   * @param change makes the change
   * @param what what Envoy must read anew until it is in force; nothing unless given
   */
  public async onEach(
    change: (mirror: Mirror, index: 0 | 1) => void | Promise<void>,
    what?: keyof typeof UPDATES,
  ): Promise<void> {
    for (const index of [0, 1] as const) {
      const mirror = index === 0 ? this.near : this.far;
      const counts = () => (what ? mirror.envoy.stats(UPDATES[what]) : {});
      const before: [string, number][] = Object.entries(await counts());
      if (what && before.length === 0) throw new Error(`Envoy reads no ${what}`);
      await change(mirror, index);
      await until(`${what} are read`, async () => {
        const now: { [name: string]: number } = await counts();
        return before.every(([name, count]) => (now[name] ?? 0) > count);
      });
      await sleep(SKEW);
    }
  }

  /** Gives both nodes the configuration of another authentication. */
  public async move(authentication: AuthenticationProps): Promise<void> {
    const emitted = emit({ authentication, metrics: undefined });
    // Else it may read what was there before while the next change takes away a file that it names.
    await this.onEach((mirror) => {
      const { mounts } = mirror === this.near ? towards(emitted, this.far) : emitted;
      mirror.envoy.configure(() => mounts.find(({ files }) => files?.['listeners.json'])?.files ?? {});
    }, 'listeners');
  }

  /** Sends requests on both planes, a new connection for each, as long as something goes on. */
  public async during(action: (planes: Planes) => Promise<void>): Promise<Planes> {
    const peers: Sent = { sent: 0, failures: [] };
    const nodes: Sent = { sent: 0, failures: [] };
    let goesOn = true;
    const load = async (plane: Sent, once: () => Promise<{ status: number }>) => {
      while (goesOn) {
        plane.sent++;
        await once().then(
          ({ status }) => status === 200 || plane.failures.push(`status ${status}`),
          (error) => plane.failures.push(error.message),
        );
        await sleep(2);
      }
    };
    const egress = { port: this.near.port(ports.egress.registry) };
    const headers = { authorization: 'Basic Og==' }; // as Spegel does
    const loads = [
      ...[1, 2].map(() => load(peers, () => ask(egress, blob, { headers }))),
      ...[0, 1].map((index) => load(nodes, () => this.askEntry(index as 0 | 1))),
    ];
    try {
      await action({ peers, nodes });
    } finally {
      goesOn = false;
      await Promise.all(loads);
    }
    return { peers, nodes };
  }

  /** Ends both. */
  public async stop(): Promise<void> {
    await Promise.all([this.near.stop(), this.far.stop()]);
  }

  private askEntry(index: 0 | 1) {
    const shown = this.shown[index];
    const port = (index === 0 ? this.near : this.far).port(ports.listeners.entry);
    if ('user' in shown) {
      return ask({ port }, blob, { headers: { authorization: authorization(shown.user) } });
    }
    const { 'tls.crt': cert, 'tls.key': key, 'ca.crt': ca } = shown.pair;
    const target: Target = { port, client: { cert, key, ca }, server: 'spiffe://cluster-1/ns/secured-mirror/server' };
    return ask(target, blob);
  }
}

/** A certificate of an identity, as the Certificates of a stack with mutual TLS ask for it. */
export function issued(authority: Authority, identity: 'peer' | 'node' | 'server', bundle?: string): KeyPair {
  const usages = { peer: ['server auth', 'client auth'], node: ['client auth'], server: ['server auth'] };
  const uris = [`spiffe://cluster-1/ns/secured-mirror/${identity}`];
  const pair = authority.issue({ usages: usages[identity], uris });
  return bundle === undefined ? pair : { ...pair, 'ca.crt': bundle };
}

/** Leads what is dialled to the far mirror, with a new connection for each request: a pooled one would hide what changed. */
function towards(emitted: Emitted, far: Mirror): Emitted {
  const dialled: { [cluster: string]: number } = {
    'peer-registry': far.port(ports.listeners.peers),
    'peer-router': far.port(ports.listeners.router),
  };
  return withClusters(emitted, (cluster) => {
    const text = JSON.stringify(dialling(cluster, dialled[cluster.name]));
    return JSON.parse(text, (key, value) =>
      key === 'common_http_protocol_options' ? { ...value, max_requests_per_connection: 1 } : value,
    );
  });
}
