import { DOCKER_HUB } from '../../../kubernetes/docker-hub';
import type { ResolvedToken } from '../../../tokens/model/resolved';
import { githubEnvironmentOf, githubRepositoryOf, githubSecretOf } from '../github-names';
import { type LoginCredential, reachComments, stepsOf } from './login';

/** A job of a workflow, and comments for its reader. */
export interface Job {
  readonly id: string;
  readonly comments: string[];
  readonly job: JobBody;
}

/** A job as GitHub reads it. */
export interface JobBody {
  readonly name: string;
  readonly if: string;
  readonly 'runs-on': string;
  readonly 'timeout-minutes': number;
  readonly environment?: string;
  readonly permissions: { readonly [scope: string]: 'read' | 'write' };
  readonly steps: object[];
}

/** The job in which a token is used: one that pushes is behind an environment. */
export function jobOf(token: ResolvedToken, oidc: boolean): Job {
  const { purpose, kind } = token;
  const environment = githubEnvironmentOf(token);
  const connected = isConnected(token, oidc);
  return {
    id: jobIdOf(environment),
    comments: [
      `For ${(token.usedBy.workflows).join(', ')}`,
      ...reachComments(token),
      ...(kind === 'push'
        ? [`Protect the environment ${environment}: the branches and tags that may use it, reviewers.`]
        : []),
      ...(connected ? connectionComments(token) : []),
    ],
    job: {
      name: purpose,
      if: "github.event_name == 'workflow_dispatch'",
      'runs-on': 'ubuntu-latest',
      'timeout-minutes': 60,
      ...(kind === 'push' ? { environment } : {}),
      permissions: { contents: 'read', ...(connected ? { 'id-token': 'write' as const } : {}) },
      steps: stepsOf(token, credentialOf(token, connected)),
    },
  };
}

/** GitHub takes no job whose id begins with a digit. */
function jobIdOf(name: string): string {
  return /^[0-9]/.test(name) ? `token-${name}` : name;
}

function credentialOf(token: ResolvedToken, connected: boolean): LoginCredential {
  return connected
    ? { env: { DOCKERHUB_OIDC_CONNECTIONID: `\${{ vars.${connectionOf(token)} }}` } }
    : { password: `\${{ secrets.${githubSecretOf(token)} }}` };
}

/** Whether a token is needed no more, as Docker Hub trusts the workflow itself. */
export function isConnected({ kind, driver, registry }: ResolvedToken, oidc: boolean): boolean {
  return oidc && kind === 'push' && driver === 'docker-hub' && registry === DOCKER_HUB;
}

/** Variable at GitHub with the id of Docker's connection; the id is no secret. */
export function connectionOf(token: ResolvedToken): string {
  return `${githubSecretOf(token)}_OIDC`;
}

function connectionComments(token: ResolvedToken): string[] {
  const repositories = token.usedBy.workflows.map((workflow) => githubRepositoryOf(workflow) ?? 'OWNER/REPOSITORY');
  const subjects = [...new Set(repositories)].map(
    (repository) => `repo:${repository}:environment:${githubEnvironmentOf(token)}`,
  );
  return [
    `At app.docker.com, ${token.organization}, Identity & auth > OIDC connections: one connection with the rule sub = ${subjects.join(' or ')}`,
    `and with push for ${token.repositories.join(', ')} alone; its id goes into the variable ${connectionOf(token)} of the environment.`,
    'Repositories made after 15 July 2026 have numbers in their subject: the tab Failures of the connection shows it.',
  ];
}
