import { randomBytes } from 'node:crypto';

/** A frame of a WebSocket (RFC 6455, section 5.2). */
export interface Frame {
  /** 0 goes on, 1 text, 2 binary, 8 close, 9 ping. */
  readonly kind: number;
  readonly last: boolean;
  readonly data: Buffer;
}

/** What a client sends: a whole message of bytes, or a control frame. */
export function frame(data: Buffer, kind = 2): Buffer {
  const mask = randomBytes(4);
  const masked = Buffer.from(data.map((byte, i) => byte ^ (mask[i % 4] ?? 0)));
  const long = data.length < 126 ? 0 : data.length < 65_536 ? 2 : 8;
  const head = Buffer.alloc(2 + long);
  head[0] = 0x80 | kind;
  head[1] = 0x80 | (long === 0 ? data.length : long === 2 ? 126 : 127);
  if (long === 2) head.writeUInt16BE(data.length, 2);
  if (long === 8) head.writeBigUInt64BE(BigInt(data.length), 2);
  return Buffer.concat([head, mask, masked]);
}

/** The first frame of what a server sent, and what comes after it; undefined as long as it is not all there. */
export function firstFrame(bytes: Buffer): { frame: Frame; rest: Buffer } | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] ?? 0) & 0x7f;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < start) return undefined;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < start + length) return undefined;
  const [first = 0] = bytes;
  const data = bytes.subarray(start, start + length);
  return { frame: { kind: first & 0x0f, last: (first & 0x80) !== 0, data }, rest: bytes.subarray(start + length) };
}
