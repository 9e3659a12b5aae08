import { cniSupport } from '../mirror/network/cni-support';
import {
  type CniSupport,
  commonLimits,
  loopbackLimit,
  type PolicyLimit,
  unknownCniLimits,
} from '../mirror/network/policy-limits';
import { inWords, LISTENERS, reachability } from '../mirror/network/reachability';
import { sourcesOf, sourceText } from '../mirror/network/sources';
import type { Cni } from '../mirror/props/network-props';
import { resolveMirror } from '../mirror/resolve';
import type { ResolvedMirror } from '../mirror/resolved';

const INTRODUCTION = [
  '# Network policies, and who reaches what',
  '',
  'The stack denies all traffic in its namespace and allows the flows of the mirror, by NetworkPolicies, which every CNI reads that enforces policies. `network.cni` adds policies of the own kinds of Cilium or Calico, for what NetworkPolicies cannot say.',
  'The page is made by `npm run schema` from `src/mirror/network`, as is the output of `secure-mirror reachability`.',
  '',
  'Policies are the second lock. The first is authentication at each listener, which stands without them: [Security](security.md).',
  '',
  '```yaml',
  'clusters:',
  '  - name: default',
  '    registries: [docker.io]',
  '    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}',
  '    network: {cni: cilium}',
  '```',
  '',
  '<!-- run: cluster -->',
  '```sh',
  'secure-mirror reachability           # who reaches which port with this stack.yaml',
  'secure-mirror check --check network-policies   # does the cluster enforce policies?',
  '```',
  '',
  'In a clone type `npm run --silent secure-mirror -- reachability`. It reads stack.yaml and asks no cluster. `--json` prints a row for each source and listener: `from` is the source in one word, or its pods or addresses; `verdict` is `denied`, `authenticated` or `open`; `policy` is `allows`, `denies`, `cannotDeny` or `none`.',
  '',
  '**What we tried.** On the test cluster, with an enforcer of our own, the NetworkPolicies hold against the attacks of [Security](security.md#attacks-and-controls). Cilium, Calico and OVN-Kubernetes run on none of our machines: a test compares the',
  'objects for them with the flows, and the API server took them strictly by the CRDs of Cilium 1.20.2 and Calico. The policy engine of Cilium 1.20.2, run by hand from its source, came to the verdicts of this page from the emitted objects; with the host policy, nodes refused the port of the entry and no other. How these CNIs treat packets, nobody has tried: that is from their documents and source.',
  '',
];

const OWN_RULES = [
  '## Rules of your own',
  '',
  'NetworkPolicies add up: one of yours beside these lets callers in, or the pods out, without any key of stack.yaml. With Cilium and Calico it does not, where the denial of their own kinds is final. `network.extraIngress` and `network.extraEgress` put a rule into the policies of every kind:',
  '',
  '```yaml',
  'clusters:',
  '  - name: default',
  '    registries: [docker.io]',
  '    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}',
  '    network:',
  '      cni: calico',
  '      extraIngress: # a probe of health from pods, and from a network outside of the cluster',
  '        - {from: [{namespace: probes, podLabels: {app: blackbox}}, {cidr: 198.51.100.0/24}], port: 5003}',
  '      extraEgress: # what a container of yours in the pods needs: docs/patches.md',
  '        - {to: [{namespace: logs}], port: 514, protocol: UDP}',
  '```',
  '',
  'A rule never opens 5443, 5444, 5445, 5000 or 5001, the ports of nodes and peers: neither needs a rule, and with basic authentication the policies are the only lock of the router. `secure-mirror reachability` prints a row for each source that rules of `extraIngress` or `metrics` name. With Cilium a `cidr` matches no node and no pod.',
  '',
];

/** The page about policies, in Markdown. */
export function networkPage(): string {
  return [
    ...INTRODUCTION,
    '## Who reaches what',
    '',
    'With mutual TLS, `metrics: {from: [{namespace: monitoring}]}`, and no CNI named. Every node also reaches its own pod at 127.0.0.1:30020, which leads to the entry.',
    '',
    ...matrix(undefined),
    '',
    '- `denied`: by policy, unless another policy allows it.',
    '- `certificate X`: the caller gets through, and needs a client certificate of the identity X.',
    '- `open`: the caller gets through, and needs nothing. Health answers with a status and no content.',
    '',
    "Everything else of the mirror's pod listens on loopback, or the packet filter leads it to one of these listeners. With other settings the table differs: `secure-mirror reachability` prints it for yours.",
    '',
    ...Object.entries(cniSupport).flatMap(([cni, support]) => section(cni as Cni, support)),
    ...OWN_RULES,
    '## What no policy can do',
    '',
    ...limits([...commonLimits, loopbackLimit]),
    '## Where no CNI is named',
    '',
    ...limits(unknownCniLimits),
  ].join('\n');
}

function example(cni: Cni | undefined): ResolvedMirror {
  return resolveMirror({
    name: 'default',
    registries: ['docker.io'],
    authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
    metrics: { from: [{ namespace: 'monitoring' }] },
    network: { cni },
  });
}

function matrix(cni: Cni | undefined): string[] {
  const mirror = example(cni);
  const reaches = reachability(mirror);
  const head = LISTENERS.map((name) => `${name} ${reaches.find(({ listener }) => listener === name)?.port}`);
  return [
    row(['From', ...head]),
    row(['---', ...head.map(() => '---')]),
    ...sourcesOf(mirror).map((source) =>
      row([sourceText(source), ...reaches.filter((reach) => reach.source === source).map(inWords)]),
    ),
  ];
}

function section(cni: Cni, { name, adds, needs, limits: own }: CniSupport): string[] {
  const final = [
    ...new Set(
      reachability(example(cni))
        .filter((reach) => reach.final)
        .map(({ source }) => source),
    ),
  ];
  const sources = final.map(sourceText);
  return [
    `## ${name}`,
    '',
    `\`network: {cni: ${cni}}\``,
    '',
    ...adds.map((text) => `- ${text}`),
    ...(sources.length > 0
      ? [`- So a denial is final, as no NetworkPolicy can allow it again, for: ${sources.join('; ')}.`]
      : []),
    '',
    'It needs:',
    '',
    ...needs.map((text) => `- ${text}`),
    '',
    ...limits(own),
  ];
}

function limits(all: readonly PolicyLimit[]): string[] {
  return [
    '| Policies cannot | What stands in for them | Source |',
    '| --- | --- | --- |',
    ...all.map(({ what, lock, sources }) => row([what, lock, sources.join('; ')])),
    '',
  ];
}

function row(cells: string[]): string {
  return `| ${cells.join(' | ')} |`;
}
