import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { KeyPair } from './certificates';

/** A server of TCP or TLS that writes down what it is told: Spegel's router, or somebody in place of a peer. */
export class TcpRecorder {
  /** Bytes that came, of all connections, each byte as one character. */
  public received = '';
  /** How many connections came, whether or not they told anything. */
  public connections = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  private constructor(answer: string, shown?: KeyPair) {
    const take = (socket: Socket) => {
      this.connections++;
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('data', (data) => {
        this.received += data.toString('latin1');
        socket.write(answer);
      });
    };
    this.server = shown
      ? createTlsServer(
          { cert: shown['tls.crt'], key: shown['tls.key'], requestCert: true, rejectUnauthorized: false },
          take,
        )
      : createServer(take);
  }

  /**
   * Starts one.
   *
   * @param answer what it says to whatever comes
   * @param shown what it shows if it speaks TLS
   */
  public static async start(answer: string, shown?: KeyPair): Promise<TcpRecorder> {
    const recorder = new TcpRecorder(answer, shown);
    await new Promise<void>((resolve) => recorder.server.listen(0, '127.0.0.1', resolve));
    return recorder;
  }

  /** Port on which it listens. */
  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Forgets what came. */
  public reset(): void {
    this.received = '';
    this.connections = 0;
  }

  /** Ends it and its connections. */
  public async stop(): Promise<void> {
    for (const socket of this.sockets) {
      socket.destroy();
    }
    await new Promise((resolve) => this.server.close(resolve));
  }
}
