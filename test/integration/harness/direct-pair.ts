import { ports } from '../../../src/mirror/contract/ports';
import type { SecuredStackProps } from '../../../src/stack/secured-stack-props';
import { dialling } from './dialling';
import type { Emitted } from './emitted';
import { Mirror } from './mirror';
import type { Files } from './mounted-folder';
import { askingSpegel, type Blobs, servingSpegel } from './spegel-blobs';

/** What is different about a pair. */
export interface DirectPairOptions {
  readonly stack?: Partial<SecuredStackProps>;
  readonly dynamicFiles?: Files;
  /** UID of the near mirror's pod; none for a pod of a release that does not tell it. */
  readonly podUid?: string;
  /** Address of the far node: its IPv4 loopback unless given. */
  readonly address?: string;
  /** Changes what the near mirror reads. */
  readonly change?: (emitted: Emitted) => Emitted;
}

/** Two nodes, of which the near one looks for a layer at the far one. */
export class DirectPair {
  private constructor(
    public readonly near: Mirror,
    public readonly far: Mirror,
    /** What the near node has. */
    public readonly here: Blobs,
    /** What the far node has. */
    public readonly there: Blobs,
  ) {}

  /** Starts both. */
  public static async start(options: DirectPairOptions = {}): Promise<DirectPair> {
    const { stack, dynamicFiles, podUid, change = (emitted: Emitted) => emitted } = options;
    const far = await Mirror.start({ stack, dynamicFiles });
    const port = far.port(ports.listeners.peers);
    const near = await Mirror.start({
      stack,
      dynamicFiles,
      podUid,
      authority: far.authority,
      change: (emitted) => change(directed(emitted, port, options.address)),
    });
    const pair = new DirectPair(near, far, new Map(), new Map());
    near.registry.handler = askingSpegel(pair.here, near.port(ports.egress.registry));
    far.registry.handler = servingSpegel(pair.there);
    return pair;
  }

  /** Forgets what both saw and have. */
  public reset(): void {
    for (const part of [this.near, this.far]) part.reset();
    for (const blobs of [this.here, this.there]) blobs.clear();
  }

  /** Ends both. */
  public async stop(): Promise<void> {
    await Promise.all([this.near.stop(), this.far.stop()]);
  }
}

const ADDRESSED = 'peer-registry';
const REDIRECTED = 'redirected-peer-registry';

/**
 * Without iptables nothing is redirected, so the egress has a copy of the cluster that knows its peer. The one of the direct path is as it is
 * emitted but for the port, as both mirrors have one address.
 */
function directed(emitted: Emitted, port: number, address = '127.0.0.1'): Emitted {
  return {
    ...emitted,
    mounts: emitted.mounts.map((mount) => {
      const { 'clusters.json': clusters, 'listeners.json': listeners } = mount.files ?? {};
      if (clusters === undefined || listeners === undefined) return mount;
      return {
        ...mount,
        files: {
          ...mount.files,
          'clusters.json': withCopy(clusters, port, address),
          'listeners.json': redirected(listeners),
        },
      };
    }),
  };
}

function withCopy(text: string, port: number, address: string): string {
  const { resources } = JSON.parse(text, (key, value) =>
    key === 'original_dst_lb_config' ? { ...value, upstream_port_override: port } : value,
  );
  const cluster = resources.find(({ name }: { name: string }) => name === ADDRESSED);
  const copy = JSON.stringify({ ...dialling(cluster, port), name: REDIRECTED }).replace('127.0.0.1', address);
  return JSON.stringify({ resources: [...resources, JSON.parse(copy)] });
}

function redirected(text: string): string {
  const { resources } = JSON.parse(text);
  return JSON.stringify({
    resources: resources.map((listener: { name: string }) =>
      listener.name === 'egress-registry'
        ? JSON.parse(JSON.stringify(listener).replaceAll(`"cluster":"${ADDRESSED}"`, `"cluster":"${REDIRECTED}"`))
        : listener,
    ),
  });
}
