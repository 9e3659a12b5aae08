import { Document, isScalar, YAMLMap } from 'yaml';
import type { ResolvedToken } from '../../../tokens/model/resolved';
import { CliError } from '../../shared/cli-error';
import { githubEnvironmentOf, githubSecretOf } from '../github-names';
import { connectionOf, isConnected, type Job, jobOf } from './jobs';
import { verifyJobs } from './verify';

/** A workflow, and what it needs at GitHub. */
export interface Workflow {
  /** The file. */
  readonly yaml: string;
  readonly secrets: WorkflowSetting[];
  readonly variables: WorkflowSetting[];
}

/** A secret or a variable at GitHub. */
export interface WorkflowSetting {
  readonly name: string;
  readonly purpose: string;
  /** Environment that it belongs to; a repository's where left out. */
  readonly environment?: string;
}

const HEAD = [
  'Made by secure-mirror tokens github-actions: a job for each token that a workflow uses. Take their steps into your own workflows.',
  'Versions are full tags; pin them by commit before use: uses: docker/login-action@<40 digits of the commit> # v4.5.1',
];

/**
 * The workflow in which each token is used in a job of its own, and verified every day.
 *
 * @param all all tokens of the stack
 * @param oidc whether tokens that push at Docker Hub are replaced by a connection
 * @param flags options that commands about tokens need, with a space before them
 * @throws CliError when no workflow uses a token, or two would have one name at GitHub
 */
export function workflowOf(all: ResolvedToken[], oidc: boolean, flags: string): Workflow {
  const used = all.filter(({ usedBy }) => usedBy.workflows.length > 0);
  check(used);
  const stored = used.filter((token) => !isConnected(token, oidc));
  const connected = used.filter((token) => isConnected(token, oidc));
  const jobs = [...used.map((token) => jobOf(token, oidc)), ...verifyJobs(stored, flags)];
  const others = all.filter((token) => !used.includes(token)).map(({ purpose }) => purpose);
  const document = new Document({
    name: 'organisation-tokens',
    // Never for pull requests: their code must not see a token.
    on: { workflow_dispatch: {}, schedule: [{ cron: '17 4 * * *' }] },
    permissions: {},
    jobs: Object.fromEntries(jobs.map(({ id, job }) => [id, job])),
  });
  document.commentBefore = commentOf([
    ...HEAD,
    ...(others.length > 0
      ? [`Used by no workflow, so not in here: ${others.join(', ')}. Verify them where they are used.`]
      : []),
  ]);
  for (const job of jobs) addComment(document, job);
  return {
    yaml: document.toString({ lineWidth: 0 }),
    secrets: stored.map((token) => setting(token, githubSecretOf(token))),
    variables: connected.map((token) => setting(token, connectionOf(token))),
  };
}

function check(used: ResolvedToken[]): void {
  if (used.length === 0) {
    throw new CliError(
      'configuration',
      'no token is used by a workflow: name them in stack.yaml, at a token, under usedBy.workflows',
    );
  }
  for (const [index, token] of used.entries()) {
    const other = used.slice(0, index).find((other) => githubSecretOf(other) === githubSecretOf(token));
    if (other) {
      const message = `"${other.purpose}" and "${token.purpose}" would both be the secret ${githubSecretOf(token)} at GitHub: rename one`;
      throw new CliError('configuration', message);
    }
  }
}

function setting(token: ResolvedToken, name: string): WorkflowSetting {
  const environment = token.kind === 'push' ? { environment: githubEnvironmentOf(token) } : {};
  return { name, purpose: token.purpose, ...environment };
}

function addComment(document: Document, { id, comments }: Job): void {
  const jobs = document.get('jobs');
  if (!(jobs instanceof YAMLMap)) return;
  const key = jobs.items.find(({ key }) => isScalar(key) && key.value === id)?.key;
  if (isScalar(key)) key.commentBefore = commentOf(comments);
}

/** A comment stays one, whatever names it holds. */
function commentOf(lines: string[]): string {
  return lines.map((line) => ` ${line.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')}`).join('\n');
}
