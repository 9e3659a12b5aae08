import { homedir } from 'node:os';
import { join } from 'node:path';

/** Whose configuration it is: docker knows hosts, containers tools (podman, skopeo, buildah) repositories. */
export type Tool = 'docker' | 'containers';

/** The file that a tool reads. */
export function defaultFile(tool: Tool, env: NodeJS.ProcessEnv = process.env): string {
  if (tool === 'docker') return join(env.DOCKER_CONFIG || join(homedir(), '.docker'), 'config.json');
  const config = env.XDG_CONFIG_HOME || join(homedir(), '.config');
  return env.REGISTRY_AUTH_FILE || join(config, 'containers', 'auth.json');
}
