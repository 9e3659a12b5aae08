import { isIP } from 'node:net';
import { DAEMON_SET } from '../../../mirror/contract/names';
import { type DnsServers, dnsServices } from '../../../mirror/dns-presets';
import type { Check, CheckContext } from '../../probe/check';
import { ROLE_LABEL, scriptContainer } from '../../probe/probe-containers';
import { probeNodes } from '../../probe/probe-nodes';
import type { ProbeResult } from '../../probe/probes';
import { type Finding, finding } from '../../shared/finding';
import { names } from '../../shared/table';
import { policyFor } from './probe-policies';

/** Whether mirrors can ask the cluster's DNS, under the policies that the stack makes. */
export const dns: Check = {
  name: 'dns',
  title: "the cluster's DNS, under the mirror's policies",
  when: 'always',
  run: look,
};

const SECONDS = 120;
/** Roles of pods: one under the mirror's rules, one that may send everything. */
const [AS_MIRROR, FREE] = ['dns', 'dns-free'];

/** A UDP socket of bash sends nothing, so that only the name is asked for. The last line is the DNS server. */
const SCRIPT = `
sleep 3 # until the network knows the pod's policies
answers=0
for ((try = 0; try < 5 && answers < 2; try++)); do
  if why=$(timeout 10 bash -c ': </dev/udp/kubernetes.default.svc/53' 2>&1); then answers=$((answers + 1)); else answers=0; sleep 1; fi
done
why=\${why%%$'\\n'*}
((answers == 2)) && echo resolved || echo "\${why:-no answer}"
while read -r word server; do [[ $word != nameserver ]] || { echo "$server"; break; }; done </etc/resolv.conf
`;

/** A pod under some rules on a node. */
interface Asker {
  readonly role: string;
  readonly node: string;
}

async function look({ probes, mirror, nodes, objects, progress }: CheckContext): Promise<Finding[]> {
  const places = probeNodes(nodes);
  if (places.length === 0) return [finding('unknown', dns.name, '', 'not tried: no node is ready')];
  const policy = objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === DAEMON_SET);
  const { egress } = (policy?.spec ?? { egress: [{}] }) as { egress: object[] };
  await probes.create([
    policyFor(AS_MIRROR, { policyTypes: ['Egress'], egress }),
    policyFor(FREE, { policyTypes: ['Egress'], egress: [{}] }),
  ]);
  progress('asking DNS');
  const askers = places.flatMap((node) => [AS_MIRROR, FREE].map((role): Asker => ({ role, node })));
  const pods = askers.map(({ role, node }) => ({
    purpose: role,
    node,
    labels: { [ROLE_LABEL]: role },
    spec: { containers: [scriptContainer(mirror.images.envoy, SCRIPT)] },
  }));
  return [dnsFinding(askers, await probes.run(pods, SECONDS), mirror.network)];
}

/**
 * The finding of a try.
 *
 * @param askers the pods
 * @param results what became of each
 * @param network the settings
 */
export function dnsFinding(
  askers: readonly Asker[],
  results: readonly ProbeResult[],
  network: { readonly dnsPreset: string; readonly dns: DnsServers; readonly policies: boolean },
): Finding {
  const about = (level: 'ok' | 'unknown' | 'problem', message: string, fix?: string) =>
    finding(level, dns.name, '', message, fix);
  const lost = results.find(({ succeeded }) => !succeeded);
  if (lost !== undefined) return about('unknown', `not tried: a pod of the check failed (${lost.reason})`);
  const answers = askers.map(({ role, node }, index) => {
    const [said = '', server = ''] = results[index]?.logs.probe?.trim().split('\n') ?? [];
    return { role, node, said, server };
  });
  const silent = answers.find(({ said }) => said === '');
  if (silent !== undefined) return about('unknown', `not tried: a pod of the check on ${silent.node} said nothing`);
  const deaf = (wanted: string) => answers.filter(({ role, said }) => role === wanted && said !== 'resolved');
  const servers = names([...new Set(answers.map(({ server }) => server))]);
  const [broken] = deaf(FREE);
  if (broken !== undefined) {
    const on = names(deaf(FREE).map(({ node }) => node));
    const why = `no pod resolves kubernetes.default.svc on ${on}, whatever its policies (${broken.said}; DNS server ${servers})`;
    return about(
      'problem',
      why,
      'mend the DNS of the cluster: https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/',
    );
  }
  const denied = deaf(AS_MIRROR);
  if (denied.length > 0) {
    const on = names(denied.map(({ node }) => node));
    const why = `the mirror's policies do not let it ask DNS on ${on}: they allow the preset ${network.dnsPreset}, but pods ask ${servers}`;
    return about(
      'problem',
      why,
      remedy(
        answers.map(({ server }) => server),
        network.dnsPreset,
      ),
    );
  }
  const how = network.policies ? `under the mirror's policies (preset ${network.dnsPreset})` : 'without policies';
  return about('ok', `answers at ${servers} ${how}, tried on ${names([...new Set(askers.map(({ node }) => node))])}`);
}

function asNetwork(address: string): string {
  return `${address}/${isIP(address) === 6 ? 128 : 32}`;
}

/** Presets with the server's address, else all; or the address itself. */
function remedy(servers: readonly string[], current: string): string {
  const all = Object.entries(dnsServices).filter(([preset]) => preset !== current);
  const fitting = all.filter(([, { addresses }]) => servers.some((server) => addresses.includes(asNetwork(server))));
  const presets = (fitting.length > 0 ? fitting : all).map(([preset]) => preset);
  return [
    `in stack.yaml, choose the preset of your cluster: ${presets.join(', ')} (docs/platforms.md)`,
    `    network: {dns: {preset: ${presets[0]}}}`,
    'or name the DNS servers:',
    `    network: {dns: {pods: [{namespace: kube-system, labels: {k8s-app: my-dns}}], addresses: ["${asNetwork(servers[0] ?? '')}"]}}`,
  ].join('\n');
}
