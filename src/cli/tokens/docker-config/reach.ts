import { apiHostOf, hostKey } from '../../../tokens/model/registries';
import type { ResolvedToken } from '../../../tokens/model/resolved';
import { secretNameOf } from '../../../tokens/resolve';
import { defaultFile, type Tool } from '../../docker-config/tool';

const MORE = 'docs/tokens-builders.md has more';

/**
 * Who reads a token from a file: a tool, or Buildx alone, which looks for one repository in a folder of its own.
 *
 * @param tool whose configuration it is
 * @param file the configuration
 * @param token the token
 */
export function readerOf(tool: Tool, file: string, { registry, repositories }: ResolvedToken): string {
  if (tool === 'containers') return 'podman, skopeo or buildah';
  const folders = repositories.map((repository) => `/config/${apiHostOf(registry)}/${repository}/config.json`);
  return folders.some((folder) => file.endsWith(folder)) ? 'Buildx (0.31.0 or newer)' : 'docker';
}

/**
 * Names the images that docker can no longer pull once it has a token, as it sends the token for every image of the host.
 *
 * @param reader who reads the token
 * @param file where it is
 * @param token the token
 */
export function hostNotes(reader: string, file: string, token: ResolvedToken): string[] {
  if (reader !== 'docker') return [];
  const { registry, repositories } = token;
  const what = `With this configuration docker sends it to ${registry} for every image. ${refusal(token)} all but ${repositories.join(', ')}, public images such as golang too.`;
  // Where docker looks by itself, and so what everything on this machine pulls with.
  if (file !== defaultFile('docker', {})) return [what];
  const own = `DOCKER_CONFIG=~/.docker-${secretNameOf(token)}`;
  return [
    `${what} To keep those pulls, "docker logout", and give it a folder of its own: ${own}, for this command and for the commands of docker that need it. ${MORE}`,
  ];
}

/** Facts about a Secret for the people who mount it. */
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
