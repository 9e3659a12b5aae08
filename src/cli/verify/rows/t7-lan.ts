import { connect } from 'node:net';
import { attempt, notTried, type Row } from '../row';
import { nodeRequests } from '../stranger/requests';
import { CLOSE_THE_MIRROR, strangerRow } from '../stranger/row';

/** The kubelet's port, which nodes have open for the API server. */
const KUBELET = 10250;
const MILLISECONDS = 3000;

const pods = strangerRow(
  {
    name: 'T7',
    title: "a host of the LAN calls a node's port",
    tries: 'a GET to ports of nodes from pods on two nodes, and a connection from this machine',
    expected: 'no answer below 400, and no connection from this machine',
    locks: ['loopback', 'mutual TLS', 'policies'],
  },
  ({ target, mirror }) => nodeRequests(target, mirror.entry.port, 'GET /v2/'),
);

/** Whether a port of a host takes connections from this machine. */
export type Dial = (host: string, port: number) => Promise<boolean>;

/** From pods, and from the machine that runs the command: that one is a host outside the cluster. */
export function lan(dial: Dial = connects): Row {
  return {
    ...pods,
    run: async (context) => {
      const requests = nodeRequests(context.target, context.mirror.entry.port, '').map(({ address }) => address);
      return [...(await pods.run(context)), await fromHere([...new Set(requests)], dial)];
    },
  };
}

async function fromHere(addresses: readonly string[], dial: Dial) {
  const split = addresses.map((address) => {
    const at = address.lastIndexOf(':');
    return { address, host: address.slice(0, at).replace(/[[\]]/g, ''), port: Number(address.slice(at + 1)) };
  });
  const hosts = [...new Set(split.map(({ host }) => host))];
  const near = await Promise.all(hosts.map((host) => dial(host, KUBELET)));
  const reachable = hosts.filter((_, index) => near[index]);
  if (reachable.length === 0) {
    return notTried(
      pods,
      'note',
      `from this machine, which does not reach the nodes: port ${KUBELET} does not answer either`,
    );
  }
  const tried = split.filter(({ host }) => reachable.includes(host));
  const answers = await Promise.all(tried.map(({ host, port }) => dial(host, port)));
  const open = tried.filter((_, index) => answers[index]).map(({ address }) => address);
  const what = {
    tried: `${tried.length} ports of nodes, from this machine`,
    evidence: tried.map(({ address }) => address),
  };
  return open.length > 0
    ? attempt(pods, 'problem', { ...what, seen: `open: ${open.join(', ')}`, fix: CLOSE_THE_MIRROR })
    : attempt(pods, 'ok', { ...what, seen: `none takes connections, while port ${KUBELET} does` });
}

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: MILLISECONDS });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.on('connect', () => end(true));
    socket.on('timeout', () => end(false));
    socket.on('error', () => end(false));
  });
}
