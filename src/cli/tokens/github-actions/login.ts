import { DOCKER_HUB } from '../../../kubernetes/docker-hub';
import type { ResolvedToken } from '../../../tokens/model/resolved';
import { secretNameOf } from '../../../tokens/resolve';

/** What a login proves itself with: a secret of GitHub, or an OIDC connection. */
export interface LoginCredential {
  readonly password?: string;
  readonly env?: { readonly [name: string]: string };
}

/** The first that takes an OIDC connection of Docker Hub is v4.5.0, the first that takes a scope v3.7.0. */
const LOGIN = 'docker/login-action@v4.5.1';

/**
 * Steps that log in, and the place of the ones that use the token. No login is for the whole host: the token would be sent for public base
 * images too, which Docker Hub refuses. One that pushes is given to Buildx for its repositories; one that pulls is in a folder of its own,
 * as `docker pull` knows no repositories.
 *
 * @param token the token
 * @param credential what the login proves itself with
 */
export function stepsOf(token: ResolvedToken, credential: LoginCredential): object[] {
  const { kind, repositories } = token;
  if (kind === 'pull') {
    const env = { DOCKER_CONFIG: folderOf(token) };
    return [
      loginStep(token, credential, { env }),
      {
        name: `Your own steps that pull ${repositories.join(', ')}`,
        run: `echo 'Take the login into your workflow, and its DOCKER_CONFIG into each step that pulls with the token.'`,
        env,
      },
    ];
  }
  return [
    ...repositories.map((scope) => loginStep(token, credential, { scope })),
    {
      name: 'Your own steps that push with docker buildx build --push',
      run: `echo 'Take each login into your workflow, before the step that pushes.'`,
    },
  ];
}

/** The reach of the job's logins, for people who take them into their workflows. */
export function reachComments({ kind, registry, ...token }: ResolvedToken): string[] {
  const repositories = token.repositories.join(', ');
  return [
    kind === 'pull'
      ? `Only steps with this DOCKER_CONFIG have the token, for ${repositories}. Build without it.`
      : `Only Buildx has the token, from 0.31.0 on, for ${repositories}; docker push does not.`,
    ...(registry === DOCKER_HUB
      ? ['Logged in for all of Docker Hub, FROM golang would fail: Docker Hub refuses the token for public images too.']
      : []),
    'More: docs/tokens-builders.md of secure-mirror.',
  ];
}

function loginStep(
  { registry, user }: ResolvedToken,
  { password, env }: LoginCredential,
  where: { readonly scope?: string; readonly env?: { readonly [name: string]: string } },
): object {
  const all = { ...env, ...where.env };
  return {
    name: `Log in to ${registry} as ${user}${where.scope === undefined ? '' : ` for ${where.scope}`}`,
    uses: LOGIN,
    with: {
      ...(registry === DOCKER_HUB ? {} : { registry }),
      username: user,
      ...(password === undefined ? {} : { password }),
      ...(where.scope === undefined ? {} : { scope: where.scope }),
    },
    ...(Object.keys(all).length > 0 ? { env: all } : {}),
  };
}

/** GitHub empties this folder after each job. */
function folderOf(token: ResolvedToken): string {
  return `\${{ runner.temp }}/docker-${secretNameOf(token)}`;
}
