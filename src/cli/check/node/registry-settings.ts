import type { RegistryFact } from './facts';
import { probeCheck, type Remark } from './look';

/** Settings of others for the registries of the stack. */
export const registrySettings = probeCheck(
  {
    name: 'registry-settings',
    title: 'settings of others for registries, and what the node agent does with them',
    when: 'always',
  },
  ({ facts }, { mirror }) => {
    const folder = mirror.paths.registryConfig;
    const remarks = [
      ...KEPT.flatMap(([kind, about]) => {
        const all = facts.registries.filter((fact) => fact.kind === kind).map(({ registry }) => registry);
        return all.length === 0 ? [] : [{ level: 'ok' as const, message: `${all.join(', ')}: ${about}` }];
      }),
      ...facts.registries.filter(({ kind }) => kind === 'refused').map((fact) => refusal(fact, folder)),
    ];
    const unreached = facts.folders.map(
      (name): Remark => ({
        level: 'warning',
        message: `${folder}/${name} exists, so containerd does not ask _default for ${name}: the mirror does not serve it`,
        fix: `list it in stack.yaml: registries: [_default, ${name}], or delete the folder`,
      }),
    );
    return [...remarks, ...(mirror.registries.includes('_default') ? unreached : [])];
  },
);

/** The agent's work, where it can do it. */
const KEPT: readonly (readonly [RegistryFact['kind'], string])[] = [
  ['none', 'nobody else has settings; the agent makes a folder of its own'],
  ['ours', "the folder is the agent's"],
  ['joined', 'others have settings; the agent puts its own in front and keeps theirs'],
  ['default', 'others have settings for _default alone; the agent takes them into the folder that it makes'],
];

/** What to do, by the beginning of the agent's reason. */
const REMEDIES: readonly (readonly [RegExp, (folder: string) => string])[] = [
  [/its hosts.toml is a link/, (folder) => `put the file itself in place of the link ${folder}/hosts.toml`],
  [/longer than|has more than|before the first mirror that is longer/, (folder) => `shorten ${folder}/hosts.toml`],
  [/cannot be read/, (folder) => `look at ${folder}/hosts.toml: it must be a text that root may read`],
  [
    /lines around our settings/,
    (folder) =>
      `delete the lines from '# secured-mirror begin' to '# secured-mirror end' in ${folder}/hosts.toml, these two too`,
  ],
  [
    /rely on certificates/,
    (folder) =>
      `name the certificates of ${folder} in its hosts.toml, as keys ca and client below a table [host."https://REGISTRY"]: containerd uses files beside it only while it has no such table`,
  ],
  [/folder is not a real one/, (folder) => `make ${folder} a folder with the files that the link leads to`],
  [
    /others name/,
    (folder) =>
      `delete the table [host] with this address from ${folder}/hosts.toml: somebody wrote settings of a mirror by hand`,
  ],
  [
    /others use/,
    (folder) =>
      `write each mirror in ${folder}/hosts.toml as a table of its own, [host."URL"], and the keys before them one a line`,
  ],
];

function refusal({ registry, reason }: RegistryFact, folder: string): Remark {
  const place = `${folder}/${reason.startsWith('_default: ') ? '_default' : registry}`;
  return {
    level: 'problem',
    message: `${registry}: the agent leaves ${place} as it is and does not mirror this registry: ${reason}`,
    fix: REMEDIES.find(([test]) => test.test(reason))?.[1](place) ?? `look at ${place}`,
  };
}
