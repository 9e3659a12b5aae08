import { type DnsService, dnsServices } from '../mirror/dns-presets';
import { platforms } from '../mirror/platforms';

/** The page about platforms, in Markdown. */
export function platformsPage(): string {
  const rows = Object.entries(platforms);
  return [
    '# Platforms',
    '',
    'Where containerd keeps what on the nodes of each `platform` of stack.yaml, from `src/mirror/platforms.ts` by `npm run schema`.',
    'Paths that differ on your nodes go under `containerd`. The paths are from the documents named below; try one node first.',
    '',
    'Two settings of containerd decide whether a mirror can work at all, and both need a restart of containerd, so the mirror does',
    'not touch them: `config_path` must name the folder of registry settings, and it alone, and `discard_unpacked_layers` must be',
    'false, or a node has no layers to serve.',
    '',
    '**One folder, not two.** containerd 2.2 and newer have a list as their own default, `/etc/containerd/certs.d:/etc/docker/certs.d`, and EKS writes the same one for',
    'Amazon Linux 2023. With a list, the transfer service, by which containerd 2.1 and newer pull, reads no hosts.toml at all (measured with 2.4.2: of 4',
    'requests none reached the mirror, the pull succeeded, and no log said why). The agent says `published` all the same, as it wrote the file. Write the one folder into',
    '`config_path` and restart containerd, or set `use_local_image_pull = true`, with which both forms work. `containerd config dump` shows what is in force.',
    '',
    '| Platform | Socket | Content store | Registry settings |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      ([name, { socket, content, registryConfig }]) =>
        `| ${name} | \`${socket}\` | \`${content}\` | \`${registryConfig}\` |`,
    ),
    ...rows.flatMap(([name, { note, source }]) => ['', `## ${name}`, '', note, '', `Source: ${source}`]),
    '',
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
  ].join('\n');
}

function servers({ pods, addresses }: DnsService): string {
  const labels = pods.flatMap(({ namespace, labels, port }) =>
    Object.entries(labels).map(([key, value]) => `pods \`${key}: ${value}\` of \`${namespace}\` at port ${port}`),
  );
  return [...labels, ...addresses.map((cidr) => `\`${cidr}\` at port 53`)].join('; ');
}
