import { platforms } from './platforms';

/** The page about platforms, in Markdown. */
export function platformsPage(): string {
  const rows = Object.entries(platforms);
  return [
    '# Platforms',
    '',
    'Where containerd keeps what on the nodes of each `platform` of stack.yaml, from `src/config/platforms.ts` by `npm run schema`.',
    'Paths that differ on your nodes go under `containerd`. The paths are from the documents named below; try one node first.',
    '',
    'Two settings of containerd decide whether a mirror can work at all, and both need a restart of containerd, so the mirror does',
    'not touch them: `config_path` must name the folder of registry settings, and `discard_unpacked_layers` must be false, or a',
    'node has no layers to serve.',
    '',
    '| Platform | Socket | Content store | Registry settings |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      ([name, { socket, content, registryConfig }]) =>
        `| ${name} | \`${socket}\` | \`${content}\` | \`${registryConfig}\` |`,
    ),
    ...rows.flatMap(([name, { note, source }]) => ['', `## ${name}`, '', note, '', `Source: ${source}`]),
    '',
  ].join('\n');
}
