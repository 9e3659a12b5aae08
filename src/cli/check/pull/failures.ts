import type { PeerRequest } from '../../../mirror/contract/peer-request';
import { ports } from '../../../mirror/contract/ports';
import { names } from '../../shared/table';
import type { NodeFacts } from '../../status/nodes';
import type { Pulled } from './attempt';

/** Why no layer came from a peer, or not all. */
export interface Reason {
  /** What was seen. */
  readonly seen: string;
  /** What to do. */
  readonly fix: string;
}

const { peers: PEERS, router: ROUTER } = ports.listeners;

interface Failure extends Reason {
  /** Whether it is this, for a request to a peer that answered another request or not. */
  readonly is: (request: PeerRequest, isReached: boolean) => boolean;
}

/** What may be wrong with a request to a peer: the first that fits. */
const FAILURES: readonly Failure[] = [
  {
    is: ({ failure }) => /tls|ssl|certificate/i.test(failure ?? ''),
    seen: 'the TLS handshake with a peer failed',
    fix: 'look at the certificates in "secure-mirror status" and at "secure-mirror ca": one of the two sides has an expired one, or trusts another CA',
  },
  {
    is: ({ status }) => status === 401 || status === 403,
    seen: 'a peer refused the identity or credential of this node',
    fix: 'look at "secure-mirror status": does a change of credential or CA still go on, or do the nodes belong to two stacks?',
  },
  {
    is: ({ flags }) => flags.includes('UO'),
    seen: 'the limit of requests was reached',
    fix: 'raise limits.requests, or pull again when there is less to do',
  },
  {
    is: ({ status, flags }, isReached) => !isReached && (status === 0 || (status >= 500 && flags !== '-')),
    seen: `no answer from port ${PEERS} of a peer`,
    fix: `allow TCP ${PEERS} and ${ROUTER} between the pods of the mirror: apply the stack's NetworkPolicies again, and look for a firewall between the nodes, security groups and policies of the CNI's own; where all are open, the nodes are too busy: pull again`,
  },
  {
    is: ({ status }) => status === 404,
    seen: 'a peer no longer had the layer',
    fix: 'pull again: what a peer has deleted it takes back within minutes',
  },
  {
    is: ({ status, flags }) => status >= 200 && status < 300 && flags !== '-',
    seen: 'a transfer broke off',
    fix: 'look at "secure-mirror status" and at the network between the nodes, and pull again',
  },
  {
    is: ({ status }) => status === 0,
    seen: 'a peer did not begin its answer in the time that Spegel gives it, 100 to 250 ms',
    fix: 'pull again when nodes and network are less busy',
  },
  {
    is: ({ status }) => status >= 429,
    seen: 'a peer was too busy, or its Spegel did not answer',
    fix: 'look at "secure-mirror status", and pull again',
  },
];

/** What went wrong with requests to peers, by the number of times. */
export function failures({ requests, mirrors }: Pulled): Reason[] {
  // A connection of before shows nothing: packets on it may be dropped now. The proxy's own answers have flags.
  const isAnswer = ({ connection, status, flags }: PeerRequest) => connection > 0 && status > 0 && flags === '-';
  const reached = new Set(requests.filter(isAnswer).map(({ peer }) => peer));
  const kindOf = (request: PeerRequest) => FAILURES.find(({ is }) => is(request, reached.has(request.peer)));
  const failed = FAILURES.map((kind) => ({
    ...kind,
    requests: requests.filter((request) => kindOf(request) === kind),
  })).filter(({ requests }) => requests.length > 0);
  return failed
    .sort((a, b) => b.requests.length - a.requests.length)
    .map(({ seen, fix, requests }) => {
      const who = [...new Set(requests.map(({ peer }) => nodeOf(peer, mirrors)))];
      const words = [...new Set(requests.flatMap(({ failure }) => failure ?? []))].slice(0, 1);
      return { seen: `${seen} (${names([...who, ...words])})`, fix };
    });
}

/** The node of a mirror's address. */
export function nodeOf(address: string, mirrors: readonly NodeFacts[]): string {
  return mirrors.find(({ addresses }) => addresses.includes(address))?.node ?? address;
}
