import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const LISTENING = '0A';

/** TCP ports on which a process listens, on any address, as the kernel says. Linux only, as Envoy's program is. */
export function listeningPorts(pid: number): number[] {
  const files = `/proc/${pid}/fd`;
  const sockets = new Set(readdirSync(files).map((file) => readlinkSync(`${files}/${file}`)));
  const ports = ['tcp', 'tcp6'].flatMap((family) =>
    readFileSync(`/proc/${pid}/net/${family}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === LISTENING && sockets.has(`socket:[${inode}]`))
      .map(([, local]) => Number.parseInt(local?.split(':')[1] ?? '', 16)),
  );
  return [...new Set(ports)];
}
