import { ports } from '../../../mirror/contract/ports';
import type { NodeFacts } from '../../status/nodes';
import type { Pulled } from './attempt';
import type { Candidate } from './candidates';
import { failures, type Reason } from './failures';

const { peers: PEERS, router: ROUTER } = ports.listeners;

/** Reasons for bytes from the registry, by what was seen, the likeliest first: at least one. */
export function reasonsOf(candidate: Candidate, pulled: Pulled): Reason[] {
  const reasons = [
    ...unready(candidate, pulled),
    ...notAsked(candidate, pulled),
    ...failures(pulled),
    ...noPeer(candidate, pulled),
  ];
  return reasons.length > 0 ? reasons : [INCOMPLETE];
}

/** Lookups and transfers went well, as far as the log says. */
const INCOMPLETE: Reason = {
  seen: 'the peers that were asked sent no more, and nothing says why',
  fix: 'pull again when nodes and network are less busy',
};

/** Mirrors that cannot take part, of the node that pulls and of the one that has the layers. */
function unready({ source, target }: Candidate, { mirrors }: Pulled): Reason[] {
  const seen = [target, source].flatMap((node) =>
    trouble(
      node,
      mirrors.find((mirror) => mirror.node === node),
    ),
  );
  return seen.length === 0
    ? []
    : [{ seen: seen.join('; '), fix: 'look at "secure-mirror status", and pull again when all are ready' }];
}

function trouble(node: string, mirror: NodeFacts | undefined): string[] {
  if (mirror === undefined) return [`no pod of the mirror on ${node}`];
  if (mirror.silence !== undefined) return [`the mirror of ${node}: ${mirror.silence}`];
  if (!mirror.ready) return [`the mirror of ${node} is not ready`];
  return mirror.report?.only ? [`the mirror of ${node} finds no other one`] : [];
}

function notAsked({ target, registry }: Candidate, { asked }: Pulled): Reason[] {
  if (asked) return [];
  const seen =
    asked === false
      ? `containerd on ${target} did not ask the mirror for anything of ${registry}: it does not read the mirror's hosts.toml`
      : `the node agent has counted no requests yet; containerd on ${target} may not have asked the mirror`;
  return [
    {
      seen,
      fix: `see what "secure-mirror check" says about containerd on ${target}: config_path must be the one folder of the mirror's settings`,
    },
  ];
}

/** Spegel was asked, and went to no peer. */
function noPeer({ source }: Candidate, { requests, asked }: Pulled): Reason[] {
  if (requests.length > 0 || asked === false) return [];
  const seen = asked ? 'the mirror was asked, but found no peer in time' : 'the mirror asked no peer';
  return [
    {
      seen: `${seen}: mirrors find each other at port ${ROUTER}, and ${source} must have told the others what it has`,
      fix: `allow TCP ${ROUTER} and ${PEERS} between the pods of the mirror; if ${source} pulled the image within the last minutes, wait one and pull again; then look at the log of Spegel on ${source}`,
    },
  ];
}
