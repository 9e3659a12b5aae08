import { type DnsService, dnsServices } from '../mirror/dns-presets';
import { notPossible } from '../mirror/platform-settings/not-possible';
import { platformSettings } from '../mirror/platform-settings/platform-settings';
import type { SettingStep } from '../mirror/platform-settings/step';
import { DEFAULT_LIST, linksDefaultList, platforms } from '../mirror/platforms';
import type { Platform } from '../mirror/props/containerd-props';

const NAMES = Object.keys(platforms) as Platform[];

/** Platforms on which the node agent keeps the link, unless stack.yaml says otherwise. */
const LINKED = NAMES.filter((name) => linksDefaultList(name));

const INTRODUCTION = [
  '# Platforms',
  '',
  'What to write into the configuration of containerd before you install the mirror: find your platform, paste, restart. The texts are from `src/mirror/platform-settings`, the page is made by `npm run schema`.',
  '`secure-mirror check --pre` looks at each node, and prints the texts where a node needs them.',
  '',
];

const REASONS = [
  '## The two settings',
  '',
  'Both need a restart of containerd, so the mirror does not touch them.',
  '',
  '- `discard_unpacked_layers = false`: containerd keeps a layer as it came, and so has something to share. Only images that a node pulls afterwards can be shared.',
  `- \`config_path\` names the folder of registry settings. containerd up to 2.1 has none by itself, and then reads no settings: set it. containerd 2.2 and newer have a list of two folders as their own default, \`${DEFAULT_LIST.join(':')}\`,`,
  '  and EKS writes the same. Their pulls take the list for one folder and would read no settings, without a word in any log; the node agent keeps a link in `/etc/containerd` with which they do,',
  `  so you need not set it there: on ${LINKED.slice(0, -1).join(', ')} and ${LINKED.at(-1)}. \`containerd.linkDefaultList: false\` does without the link; then set \`config_path\`.`,
  '',
  'The texts set both, which does no harm where one would do. Tables are called `io.containerd.grpc.v1.cri` in version 2 of the configuration and `io.containerd.cri.v1.images` in versions 3 and 4; containerd 2 reads',
  'all three versions, 2.3 and newer write 4. `containerd config dump` shows what the files say; since 2.2.2 it shows an empty `config_path` where the list is in force.',
];

/** The page about platforms, in Markdown. */
export function platformsPage(): string {
  return [
    ...INTRODUCTION,
    '| Platform | What to do |',
    '| --- | --- |',
    ...NAMES.map((name) => `| [${name}](#${name}) | ${platformSettings(name).needed} |`),
    ...notPossible.map(({ name }) => `| [${name}](#where-it-is-not-possible) | not possible |`),
    '',
    ...REASONS,
    ...NAMES.flatMap(section),
    '',
    '## Where it is not possible',
    ...notPossible.flatMap(({ name, why, sources }) => ['', `**${name}.** ${why} Source: ${sources.join('; ')}`]),
    '',
    '## Paths',
    '',
    'Where containerd keeps what on the nodes of each `platform`. Give paths that differ on your nodes under `containerd` in stack.yaml; try one node first.',
    '',
    '| Platform | Socket | Content store | Registry settings | Configuration |',
    '| --- | --- | --- | --- | --- |',
    ...Object.entries(platforms).map(
      ([name, { socket, content, registryConfig, configFile }]) =>
        `| ${name} | \`${socket}\` | \`${content}\` | \`${registryConfig}\` | \`${configFile}\` |`,
    ),
    '',
    ...Object.entries(platforms).map(([name, { note, source }]) => `- ${name}: ${note} Source: ${source}`),
    '',
    ...dns(),
  ].join('\n');
}

function section(name: Platform): string[] {
  const { facts, steps, sources } = platformSettings(name);
  return ['', `## ${name}`, '', facts, ...steps.flatMap(step), '', `Source: ${sources.join('; ')}`];
}

function step({ when, containerd, file, language, text, after }: SettingStep): string[] {
  const condition = when ?? (containerd === undefined ? undefined : `containerd ${containerd}`);
  const place = file.startsWith('/') ? `\`${file}\`` : file;
  const heading = condition === undefined ? `Write into ${place}:` : `**${condition}**: write into ${place}`;
  return ['', heading, '', `\`\`\`${language}`, text, '```', '', after];
}

function dns(): string[] {
  return [
    '## DNS',
    '',
    'Mirrors find each other by DNS, and the policies let them ask the servers of `network.dns` alone. `preset` names the DNS service',
    'that your pods are given: `cat /etc/resolv.conf` in a pod shows its address. `pods` and `addresses` add servers of your own.',
    '',
    '| Preset | Servers | For |',
    '| --- | --- | --- |',
    ...Object.entries(dnsServices).map(([name, service]) => `| ${name} | ${servers(service)} | ${service.note} |`),
    '',
    ...Object.entries(dnsServices).map(([name, { source }]) => `- Source of ${name}: ${source}`),
    '',
  ];
}

function servers({ pods, addresses }: DnsService): string {
  const labels = pods.flatMap(({ namespace, labels, port }) =>
    Object.entries(labels).map(([key, value]) => `pods \`${key}: ${value}\` of \`${namespace}\` at port ${port}`),
  );
  return [...labels, ...addresses.map((cidr) => `\`${cidr}\` at port 53`)].join('; ');
}
