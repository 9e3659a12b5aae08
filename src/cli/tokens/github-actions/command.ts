import { quoted } from '../../../kubernetes/quoted';
import { stackWords } from '../../../stack/spelling';
import type { CliCommand } from '../../shared/cli-command';
import { asJson, print } from '../../shared/table';
import { type InputOptions, readInput, withInput } from '../input';
import { workflowOf } from './workflow';

const HELP = `
Each token whose usedBy.workflows names a workflow has a job with the login step; one that pushes is behind an environment of its own.
No login is for a whole registry: Docker Hub refuses such a token for public images too, so FROM golang would fail. A token that pushes is
for Buildx (0.31.0 or newer) and its repositories, one that pulls for steps with its DOCKER_CONFIG: docs/tokens-builders.md.
A daily job verifies the tokens that are GitHub's secrets. Nothing runs for pull requests. Secrets are set by
  gh secret set NIGHTLY_INGRESS_CONTROLLER_PULL --repo OWNER/REPOSITORY <token
  gh secret set NIGHTLY_INGRESS_CONTROLLER_PUSH --repo OWNER/REPOSITORY --env nightly-ingress-controller-push <token

With --oidc Docker Hub trusts the workflow itself by an OIDC connection (docker/login-action from v4.5.0 on), and no token that pushes
is stored at all. That variant follows Docker's documentation; it has not been run against Docker Hub.

Examples:
  secure-mirror tokens github-actions > .github/workflows/organisation-tokens.yaml
  secure-mirror tokens github-actions --oidc
  secure-mirror tokens github-actions --json | jq -r '.secrets[].name'

Exit codes: 0 it is printed, 2 stack.yaml could not be read or names no workflow.`;

/** Adds `tokens github-actions`. */
export function addGithubActions(tokens: CliCommand): void {
  const command = tokens
    .command('github-actions')
    .summary('print a GitHub workflow with the right token in each job')
    .description('Prints a GitHub workflow with the right token in each job, from stack.yaml alone.');
  withInput(command)
    .option('--oidc', 'push to Docker Hub by an OIDC connection, without a stored token', false)
    .option('--json', 'print it for a program, with the secrets and variables that it needs', false)
    .addHelpText('after', HELP)
    .exitsWith(({ oidc, json, ...options }: InputOptions & { readonly oidc: boolean; readonly json: boolean }) => {
      const flags = stackWords(options).map((word) => ` ${quoted(word)}`);
      const workflow = workflowOf(readInput(options).tokens, oidc, flags.join(''));
      print(json ? asJson(workflow) : workflow.yaml.trimEnd().split('\n'));
      return 0;
    });
}
