import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What is between two nodes: passes bytes on, and writes down what goes out. */
export class Wire {
  /** Bytes that went out, each as one character. */
  public sent = '';
  private to = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((near) => {
      const far = connect(this.to, '127.0.0.1');
      near.on('data', (data) => {
        this.sent += data.toString('latin1');
      });
      near.pipe(far).pipe(near);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(one);
        one.on('error', () => other.destroy()).on('close', () => this.sockets.delete(one));
      }
    });
  }

  /** Lays one. */
  public static async start(): Promise<Wire> {
    const wire = new Wire();
    await new Promise<void>((resolve) => wire.server.listen(0, '127.0.0.1', resolve));
    return wire;
  }

  /** Port at its near end. */
  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Cuts all connections; new ones lead to another port. */
  public lead(port: number): void {
    this.to = port;
    this.cut();
    this.sent = '';
  }

  /** Takes it away. */
  public async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private cut(): void {
    for (const socket of this.sockets) {
      socket.destroy();
    }
  }
}
