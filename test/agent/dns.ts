import { createSocket, type Socket } from 'node:dgram';

/** What a name leads to: addresses, a name after '=' that stands before them, or how the server answers instead. */
export type Records = Record<string, string[] | 'failure' | 'silence' | 'truncated'>;

/** A DNS server; names that it does not know are none. */
export class Dns {
  /** Names that it was asked for. */
  public readonly asked: string[] = [];
  private static readonly all = new Set<Dns>();

  private constructor(
    private readonly socket: Socket,
    public records: Records,
  ) {
    Dns.all.add(this);
    socket.on('message', (query, { port }) => this.answer(query, port));
  }

  /** Starts one. */
  public static async start(records: Records): Promise<Dns> {
    const socket = createSocket('udp4');
    await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
    return new Dns(socket, records);
  }

  /** Ends all, for the end of a test. */
  public static stopAll(): void {
    for (const { socket } of Dns.all) socket.close();
    Dns.all.clear();
  }

  public get port(): number {
    return this.socket.address().port;
  }

  private answer(query: Buffer, port: number): void {
    const labels: string[] = [];
    for (let at = 12; query[at]; at += (query[at] ?? 0) + 1) {
      labels.push(query.toString('latin1', at + 1, at + 1 + (query[at] ?? 0)));
    }
    const name = labels.join('.');
    this.asked.push(name);
    const found = this.records[name];
    if (found === 'silence') return;
    const [type] = query.subarray(-3);
    const addresses = (Array.isArray(found) ? found : []).filter(
      (to) => to.startsWith('=') || to.includes(':') === (type === 28),
    );
    const header = Buffer.from(query.subarray(0, 12));
    header[2] = found === 'truncated' ? 0x83 : 0x81;
    header[3] = found === undefined ? 3 : found === 'failure' ? 2 : 0;
    header.writeUInt16BE(addresses.length, 6);
    const answers = addresses.map((to) => {
      const data = bytes(to);
      // The name is that of the question; then the type, IN, 5 s and the length.
      return Buffer.from([
        0xc0,
        12,
        0,
        to.startsWith('=') ? 5 : (type ?? 0),
        0,
        1,
        0,
        0,
        0,
        5,
        0,
        data.length,
        ...data,
      ]);
    });
    this.socket.send(Buffer.concat([header, query.subarray(12), ...answers]), port, '127.0.0.1');
  }
}

/** The data of a record. IPv6 addresses have all their groups. */
function bytes(to: string): number[] {
  if (to.startsWith('='))
    return [
      ...to
        .slice(1)
        .split('.')
        .flatMap((label) => [label.length, ...Buffer.from(label)]),
      0,
    ];
  if (!to.includes(':')) return to.split('.').map(Number);
  return to.split(':').flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
}
