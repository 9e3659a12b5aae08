import { withAccess } from '../../kubectl/access';
import type { CliCommand } from '../../shared/cli-command';
import { TIMEOUTS } from '../../shared/timeouts';
import { withInput } from '../input';
import { withPurposes } from '../purposes';
import { verify } from './verify';

/**
 * Adds `tokens verify`.
 *
 * @param tokens the command that it goes under
 */
export function addVerify(tokens: CliCommand): void {
  const command = tokens
    .command('verify')
    .summary('prove what each token may do, without pushing')
    .description('Proves what each token may do, without pushing: all that stack.yaml declares, and nothing else.');
  withInput(command)
    .option('--from-dir <folder>', 'tokens are in files named like their Secrets, which nobody else may read')
    .option('--stdin', 'tokens come as a JSON object: by Secret or purpose')
    .option('--from-cluster', "tokens are in the cluster's Secrets, read with your own kubectl")
    .option('--docker-config <file>', 'tokens are in a docker configuration or its credential helpers');
  withPurposes(withAccess(command))
    .option('--push-probe', 'push tokens push a tiny artefact and delete it again')
    .option('--junit <file>', 'write it as JUnit XML too')
    .option('--json', 'print it for a program')
    .addHelpText('after', HELP)
    .endsWithin(TIMEOUTS['tokens verify'], verify);
}

const HELP = `
It logs in with each token, pulls a manifest, and asks the registry's token service for each right alone, to the token's own repositories and
to the other tokens' repositories; then it compares granted and declared rights. Where tokens do not say their rights it begins an upload
and cancels it. It pushes nothing without --push-probe, and asks for no right that makes a repository.

A token is never an argument or in the environment, and is never printed. NODE_EXTRA_CA_CERTS names a file with the CA of a registry
whose certificate is not trusted otherwise.

Examples:
  secure-mirror tokens verify --from-dir ./tokens             # ./tokens/nightly-ingress-controller-pull, …
  secure-mirror tokens verify --from-cluster --context production
  secure-mirror tokens verify --stdin --json <tokens.json | jq .problems
  secure-mirror tokens verify --from-dir ./tokens --purpose 'nightly-ingress-controller push' --push-probe
  secure-mirror tokens verify --docker-config ~/.docker/config.json --purpose 'nightly-ingress-controller pull'

Exit codes: 0 all is as declared, 1 a right is missing or surplus, or another problem, 2 the command could not ask something.`;
