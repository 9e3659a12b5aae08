import { createServer } from 'node:net';

// Below what systems give to outgoing connections, which would take a port between the search and its use.
const FIRST = 12_000;
const LAST = 32_000;

let next = FIRST + Math.floor(Math.random() * (LAST - FIRST));

/** Finds a port on which nobody listens. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 1000; tries++) {
    next = next < LAST ? next + 1 : FIRST;
    if (await isFree(next)) {
      return next;
    }
  }
  throw new Error(`no free port between ${FIRST} and ${LAST}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
