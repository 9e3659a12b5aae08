import { ports } from '../../../src/mirror/contract/ports';
import type { SecuredStackProps } from '../../../src/stack/secured-stack-props';
import { Authority, type KeyPair } from './certificates';
import { type CertificateSpec, type Emitted, emit } from './emitted';
import { Envoy } from './envoy';
import { freePort } from './free-ports';
import type { Files } from './mounted-folder';
import type { Client, Target } from './request';
import { FakeSpegel } from './spegel';
import { TcpRecorder } from './tcp-recorder';

/** A listener on the pod's address. */
export type ListenerName = keyof typeof ports.listeners;

/** What is different about a mirror. */
export interface MirrorOptions {
  /** Keys of stack.yaml. */
  readonly stack?: Partial<SecuredStackProps>;
  /** CA of its certificates; one of its own when left out. */
  readonly authority?: Authority;
  /** Secrets that hold something else than what their Certificates ask for. */
  readonly secrets?: { readonly [name: string]: Files };
  /** UID of the pod; none for a pod of a release that does not tell it. */
  readonly podUid?: string;
  /** The node agent's dynamic files. */
  readonly dynamicFiles?: Files;
  /** Changes what is emitted before Envoy reads it. */
  readonly change?: (emitted: Emitted) => Emitted;
}

/** One node's mirror: the real Envoy between clients and a fake Spegel. */
export class Mirror {
  private constructor(
    /** What the stack emitted. */
    public readonly emitted: Emitted,
    /** CA of its certificates. */
    public readonly authority: Authority,
    /** Port of the test by port of the pod. */
    public readonly portMap: ReadonlyMap<number, number>,
    public readonly envoy: Envoy,
    /** Spegel's registry. */
    public readonly registry: FakeSpegel,
    /** Spegel's metrics. */
    public readonly metrics: FakeSpegel,
    /** Spegel's router. */
    public readonly router: TcpRecorder,
  ) {}

  /** Starts one. */
  public static async start(options: MirrorOptions = {}): Promise<Mirror> {
    const { change = (emitted: Emitted) => emitted } = options;
    const emitted = change(emit(options.stack));
    const authority = options.authority ?? new Authority();
    const issued = Object.entries(emitted.certificates).map(([name, spec]) => [name, { ...authority.issue(spec) }]);
    const registry = await FakeSpegel.start('registry');
    const metrics = await FakeSpegel.start('metrics');
    const router = await TcpRecorder.start('router');
    const portMap = new Map([
      [ports.spegel.registry, registry.port],
      [ports.spegel.metrics, metrics.port],
      [ports.spegel.router, router.port],
    ]);
    for (const port of [
      ...Object.values(ports.listeners),
      ...Object.values(ports.egress),
      ...Object.values(ports.agent),
    ]) {
      portMap.set(port, await freePort());
    }
    const secrets = { ...Object.fromEntries(issued), ...options.secrets };
    const parts = [registry, metrics, router];
    const { dynamicFiles, podUid } = options;
    const envoy = await Envoy.start({ emitted, ports: portMap, secrets, dynamicFiles, podUid }).catch(async (error) => {
      await Promise.all(parts.map((part) => part.stop()));
      throw error;
    });
    return new Mirror(emitted, authority, portMap, envoy, registry, metrics, router);
  }

  /** Port of the test that stands for a port of the pod. */
  public port(ofPod: number): number {
    return this.portMap.get(ofPod) ?? 0;
  }

  /** What is asked of cert-manager for a Secret. */
  public certificate(secretName: string): CertificateSpec {
    const spec = this.emitted.certificates[secretName];
    if (!spec) {
      throw new Error(`the stack emits no Certificate ${secretName}`);
    }
    return spec;
  }

  /** A listener as its rightful clients approach it. */
  public listener(name: ListenerName): Target {
    const rightful = { entry: 'mirror-node', peers: 'mirror-peer', router: 'mirror-peer', metrics: 'mirror-metrics' };
    return name === 'health'
      ? { port: this.port(ports.listeners.health) }
      : this.listenerFor(name, this.authority.issue(this.certificate(rightful[name])));
  }

  /** A listener as somebody approaches it who shows another certificate, or none. */
  public listenerFor(name: Exclude<ListenerName, 'health'>, shown?: KeyPair): Target {
    const server = name === 'entry' || name === 'metrics' ? 'mirror-server' : 'mirror-peer';
    return {
      port: this.port(ports.listeners[name]),
      client: this.client(shown),
      server: this.certificate(server).uris?.[0],
    };
  }

  /** Forgets what the parts of Spegel saw. */
  public reset(): void {
    for (const part of [this.registry, this.metrics, this.router]) {
      part.reset();
    }
  }

  /** Ends all of it. */
  public async stop(): Promise<void> {
    await Promise.all([this.envoy, this.registry, this.metrics, this.router].map((part) => part.stop()));
  }

  private client(shown?: KeyPair): Client {
    return { ca: this.authority.certificate, cert: shown?.['tls.crt'], key: shown?.['tls.key'] };
  }
}
