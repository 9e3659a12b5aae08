import type { Check, CheckContext } from '../../probe/check';
import { PORT, ROLE_LABEL, scriptContainer, serverContainer } from '../../probe/probe-containers';
import { probeNodes } from '../../probe/probe-nodes';
import type { ProbeResult } from '../../probe/probes';
import { type Finding, finding } from '../../shared/finding';
import { names } from '../../shared/table';
import { clientRoles, enforcementPolicies, SERVER_ROLE } from './probe-policies';

/** Whether the cluster enforces NetworkPolicies, tried with pods. */
export const networkPolicies: Check = {
  name: 'network-policies',
  title: 'whether the cluster enforces NetworkPolicies',
  when: 'always',
  run: look,
};

const SECONDS = 120;

/** A network may take some seconds to learn of a pod and its policies: so only what lasts is an answer. */
const CLIENT = `
address=$1 port=$2 expected=$3 refused=0 last=
for ((end = SECONDS + 30; SECONDS < end; )); do
  if timeout 2 bash -c ": </dev/tcp/$address/$port" 2>/dev/null; then
    last=open refused=0
    [[ $expected != open ]] || break
  else
    last=closed refused=$((refused + 1))
    [[ $expected != closed || $refused -lt 3 ]] || break
  fi
  sleep 1
done
echo "$last"
`;

/** A client of a role on a node. */
interface Client {
  readonly role: (typeof clientRoles)[number];
  readonly node: string;
}

async function look({ probes, mirror, nodes, progress }: CheckContext): Promise<Finding[]> {
  if (!mirror.network.policies) {
    return [finding('note', networkPolicies.name, '', 'not tried: stack.yaml turns them off')];
  }
  const places = probeNodes(nodes);
  const [first] = places;
  if (first === undefined) return [finding('unknown', networkPolicies.name, '', 'not tried: no node is ready')];
  const { envoy } = mirror.images;
  await probes.create(enforcementPolicies());
  const spec = { containers: [serverContainer(envoy)] };
  const server = await probes.start(
    { purpose: 'server', node: first, labels: { [ROLE_LABEL]: SERVER_ROLE }, spec },
    SECONDS,
  );
  progress('trying whether policies are enforced');
  const clients = places.flatMap((node) => clientRoles.map((role): Client => ({ role, node })));
  const pods = clients.map(({ role, node }) => {
    const words = [server.address, `${PORT}`, role === 'allowed' ? 'open' : 'closed'];
    const spec = { containers: [scriptContainer(envoy, CLIENT, ...words)] };
    return { purpose: role, node, labels: { [ROLE_LABEL]: role }, spec };
  });
  try {
    return [enforcementFinding(first, clients, await probes.run(pods, SECONDS))];
  } finally {
    await server.stop();
  }
}

/**
 * The finding of a try.
 *
 * @param server the node of the pod that serves
 * @param clients the clients
 * @param results what became of each
 */
export function enforcementFinding(
  server: string,
  clients: readonly Client[],
  results: readonly ProbeResult[],
): Finding {
  const about = (level: 'ok' | 'unknown' | 'problem', message: string, fix?: string) =>
    finding(level, networkPolicies.name, '', message, fix);
  const lost = results.find(({ succeeded }) => !succeeded);
  if (lost !== undefined) return about('unknown', `not tried: a pod of the check failed (${lost.reason})`);
  const having = (roles: readonly Client['role'][], answer: string) =>
    clients.filter(({ role }, index) => roles.includes(role) && results[index]?.logs.probe?.trim() === answer);
  const silent = clients.find((_, index) => !['open', 'closed'].includes(results[index]?.logs.probe?.trim() ?? ''));
  if (silent !== undefined) return about('unknown', `not tried: a pod of the check on ${silent.node} said nothing`);
  const unheard = having(['allowed'], 'closed');
  if (unheard.length > 0) {
    const why = `a pod on ${server} is not reached from ${nodesOf(unheard)}, even by a pod that a policy allows to`;
    return about(
      'unknown',
      `not tried: ${why}`,
      'look at the network between pods: mirrors would not reach each other either',
    );
  }
  const ways = [
    ...having(['no-ingress'], 'open').map(({ node }) => `into a pod on ${server}, from ${node}`),
    ...having(['no-egress'], 'open').map(({ node }) => `out of a pod on ${node}, to ${server}`),
  ];
  if (ways.length > 0)
    return about('problem', `the cluster does not enforce them: a denied connection works ${ways.join('; ')}`, FIX);
  const where = nodesOf(clients.filter(({ node }) => node !== server));
  const tried = where === '' ? `on ${server}, the only node` : `on ${server}, and from ${where} to it`;
  return about('ok', `enforced for both directions, tried ${tried}`);
}

function nodesOf(clients: readonly Client[]): string {
  return names([...new Set(clients.map(({ node }) => node))]);
}

const FIX = `turn enforcement on, or install a network that enforces policies, such as Calico or Cilium: they are the mirror's second lock
EKS: enableNetworkPolicy of the VPC CNI add-on; AKS: --network-policy; GKE: Dataplane V2 or --enable-network-policy
if you do without them: in stack.yaml, network: {policies: false}; docs/security.md says what that means`;
