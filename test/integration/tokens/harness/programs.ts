import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** docker-registry of the project distribution, 2.8 or newer; DOCKER_REGISTRY names it where it is not on the PATH. */
export function dockerRegistry(): string {
  return program('docker-registry', 'DOCKER_REGISTRY');
}

/** skopeo; SKOPEO names it where it is not on the PATH. */
export function skopeo(): string {
  return program('skopeo', 'SKOPEO');
}

/** buildah; BUILDAH names it where it is not on the PATH. */
export function buildah(): string {
  return program('buildah', 'BUILDAH');
}

function program(name: string, variable: string): string {
  const named = process.env[variable];
  const candidates = named ? [named] : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  const found = candidates.find(isProgram);
  if (found === undefined) {
    throw new Error(
      `the integration tests of tokens need ${name}: install it (Debian: apt-get install ${name}), or name it with ${variable}`,
    );
  }
  return found;
}

/** Whether a file is there and may be run. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
