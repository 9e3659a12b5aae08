import { quoted } from '../../../kubernetes/quoted';
import type { ResolvedToken } from '../../../tokens/model/resolved';
import { inCheckout } from '../../shared/started';
import { githubEnvironmentOf, githubSecretOf } from '../github-names';
import type { Job } from './jobs';

const ALERT = [
  'A token that is refused may go unnoticed while an older credential still works: this job is what tells.',
  'GitHub hands secrets to a step only by its environment: they are in that of this one step, and from there in a pipe.',
];

/**
 * Jobs that ask every day whether the tokens at GitHub may do what is declared and no more: one for all that pull, and one for each that
 * pushes, in its environment.
 *
 * @param tokens the tokens whose values are GitHub's secrets
 * @param flags options that the command needs, with a space before them
 */
export function verifyJobs(tokens: ResolvedToken[], flags: string): Job[] {
  const pulls = tokens.filter(({ kind }) => kind === 'pull');
  const pushes = tokens.filter(({ kind }) => kind === 'push');
  return [
    ...(pulls.length > 0 ? [verifyJob('verify-pull-tokens', 'Verify tokens that pull', pulls, flags)] : []),
    ...pushes.map((token) =>
      verifyJob(
        `verify-${githubEnvironmentOf(token)}`,
        `Verify ${token.purpose}`,
        [token],
        flags,
        githubEnvironmentOf(token),
      ),
    ),
  ];
}

function verifyJob(id: string, name: string, tokens: ResolvedToken[], flags: string, environment?: string): Job {
  const waits = `An environment with reviewers makes this wait for one each day: let it be protected by branches and tags.`;
  return {
    id,
    comments: [...ALERT, ...(environment === undefined ? [] : [waits])],
    job: {
      name,
      if: "github.event_name == 'schedule' || github.event_name == 'workflow_dispatch'",
      'runs-on': 'ubuntu-latest',
      'timeout-minutes': 15,
      ...(environment === undefined ? {} : { environment }),
      permissions: { contents: 'read' },
      steps: [
        { name: 'Check out', uses: 'actions/checkout@v5.0.0', with: { 'persist-credentials': false } },
        { name: 'Set up Node', uses: 'actions/setup-node@v5.0.0', with: { 'node-version': 22 } },
        { name: 'Install', run: 'npm ci --ignore-scripts' },
        {
          name: 'Verify',
          shell: 'bash',
          run: script(tokens, flags),
          env: Object.fromEntries(
            tokens.map((token) => [githubSecretOf(token), `\${{ secrets.${githubSecretOf(token)} }}`]),
          ),
        },
      ],
    },
  };
}

/** jq reads the environment itself, so no token is an argument; the command's own environment has none. */
function script(tokens: ResolvedToken[], flags: string): string {
  const names = tokens.map(githubSecretOf);
  const object = tokens.map(({ purpose }, index) => `${JSON.stringify(purpose)}: env.${names[index]}`).join(', ');
  const purposes = tokens.map(({ purpose }) => `--purpose ${quoted(purpose)}`);
  const lines = [
    `jq -n ${quoted(`{${object}}`)} |`,
    `  env ${names.map((name) => `-u ${name}`).join(' ')} \\`,
    `  ${inCheckout()} tokens verify${flags} --stdin ${purposes.join(' ')}`,
  ];
  return `${lines.join('\n')}\n`;
}
