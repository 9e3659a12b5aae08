/** A workflow as GitHub reads it, as far as tests look. */
export interface ParsedWorkflow {
  readonly on: object;
  readonly permissions: object;
  readonly jobs: { readonly [id: string]: ParsedJob };
}

/** A job of it. */
export interface ParsedJob {
  readonly if: string;
  readonly environment?: string;
  readonly permissions: object;
  readonly steps: ParsedStep[];
}

/** A step of it. */
export interface ParsedStep {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: { readonly [input: string]: string };
  readonly env?: { readonly [name: string]: string };
}

/** A credential, by what a workflow has in its place: a secret's name, or the variable of an OIDC connection. */
export type Login = string;

const HOME = '/home/runner/.docker';

/**
 * A runner on which a job's logins were done, as docker/login-action (v3.7.0 and newer) does them: with a scope into a folder of Buildx
 * for the registry and the scope, else into the folder that DOCKER_CONFIG names.
 */
export class Runner {
  private readonly folders = new Map<string, { readonly host: string; readonly login: Login }[]>();

  /** @param job the job, whose logins are done one after the other */
  public constructor({ steps }: ParsedJob) {
    for (const { uses = '', with: inputs = {}, env = {} } of steps) {
      if (!uses.startsWith('docker/login-action@')) continue;
      const { registry = 'docker.io', scope } = inputs;
      const login = inputs.password ?? env.DOCKERHUB_OIDC_CONNECTIONID ?? 'none';
      const config = env.DOCKER_CONFIG ?? HOME;
      const folder = scope === undefined ? config : `${config}/buildx/config/${hostOf(registry)}/${scope}`;
      this.folders.set(folder, [...(this.folders.get(folder) ?? []), { host: hostOf(registry), login }]);
    }
  }

  /** What docker pull, docker push and older Buildx send to a registry. */
  public docker(registry: string, env: ParsedStep['env'] = {}): Login | undefined {
    return this.at(env.DOCKER_CONFIG ?? HOME, registry);
  }

  /** What Buildx from 0.31.0 on sends to a registry for a repository: that of its own folder where there is one, else docker's. */
  public buildx(registry: string, repository: string, env: ParsedStep['env'] = {}): Login | undefined {
    const config = env.DOCKER_CONFIG ?? HOME;
    const own = `${config}/buildx/config/${hostOf(registry)}/${repository}`;
    return this.folders.has(own) ? this.at(own, registry) : this.docker(registry, env);
  }

  private at(folder: string, registry: string): Login | undefined {
    return this.folders
      .get(folder)
      ?.filter(({ host }) => host === hostOf(registry))
      .at(-1)?.login;
  }
}

function hostOf(registry: string): string {
  return registry === 'docker.io' ? 'registry-1.docker.io' : registry;
}
