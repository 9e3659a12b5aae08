import type { ResolvedToken } from '../../../tokens/model/model';
import { apiHostOf, hostKey } from '../../../tokens/model/registries';
import { defaultFile, type Tool } from '../../docker-config/tool';
import { slugOf } from '../plan/names';

const MORE = 'docs/tokens-builders.md has more';

/**
 * Who reads a token from a file: a tool, or Buildx alone, which looks for one repository in a folder of its own.
 *
 * @param tool whose configuration it is
 * @param file the configuration
 * @param token the token
 */
export function readerOf(tool: Tool, file: string, { registry, props }: ResolvedToken): string {
  if (tool === 'containers') return 'podman, skopeo or buildah';
  const folders = props.repositories.map((repository) => `/config/${apiHostOf(registry)}/${repository}/config.json`);
  return folders.some((folder) => file.endsWith(folder)) ? 'Buildx (0.31.0 or newer)' : 'docker';
}

/**
 * What docker can no longer pull once it has a token, as it sends it for every image of the host.
 *
 * @param reader who reads the token
 * @param file where it is
 * @param token the token
 */
export function hostNotes(reader: string, file: string, token: ResolvedToken): string[] {
  if (reader !== 'docker') return [];
  const { registry, props } = token;
  const what = `With this configuration docker sends it to ${registry} for every image. ${refusal(token)} all but ${props.repositories.join(', ')}, public images such as golang too.`;
  // Where docker looks by itself, and so what everything on this machine pulls with.
  if (file !== defaultFile('docker', {})) return [what];
  const own = `DOCKER_CONFIG=~/.docker-${slugOf(token)}`;
  return [
    `${what} To keep those pulls, "docker logout", and give it a folder of its own: ${own}, for this command and for those of docker's that need it. ${MORE}`,
  ];
}

/** What whoever mounts a Secret has to know of it. */
export function secretNotes(token: ResolvedToken): string[] {
  if (token.kind === 'pull') return [];
  const key = hostKey(token.registry);
  return [
    `It has the key ${key} for builders, who send the token for every image of that host then. ${refusal(token)} public base images, so let the build have it for the push alone. ${MORE}`,
  ];
}

/** Seen at Docker Hub; others differ. */
function refusal({ driver, registry }: ResolvedToken): string {
  return driver === 'docker-hub' ? 'Docker Hub refuses it for' : `${registry} may refuse it for`;
}
