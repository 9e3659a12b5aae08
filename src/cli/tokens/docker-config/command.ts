import { Option } from 'commander';
import { secretConfig } from '../../../tokens/model/docker-config';
import type { ResolvedToken } from '../../../tokens/model/resolved';
import { createFile } from '../../docker-config/file';
import { defaultFile, type Tool } from '../../docker-config/tool';
import type { CliCommand } from '../../shared/cli-command';
import { CliError } from '../../shared/cli-error';
import { spellingOf } from '../../shared/started';
import { print } from '../../shared/table';
import { TIMEOUTS } from '../../shared/timeouts';
import { type InputOptions, readInput, withInput } from '../input';
import { tokenFor } from '../purposes';
import { readToken } from '../stdin';
import { login } from './login';
import { hostNotes, readerOf, secretNotes } from './reach';

/** Options of the command. */
interface DockerConfigOptions extends InputOptions {
  readonly purpose: string;
  readonly output?: string;
  readonly dockerConfig?: string;
  readonly tool: Tool;
  readonly replace: boolean;
}

const HELP = `
The token comes from stdin: it is never an argument, in the environment, or shown. Only tokens that pull: one that pushes is for CI.

On your own machine it goes to docker's credential helper where your configuration names one (credsStore, credHelpers), else into
$DOCKER_CONFIG/config.json or ~/.docker/config.json, mode 600. Entries of others stay; it replaces another credential in the
same place only with --replace. docker knows hosts alone: it sends the token for every image of Docker Hub, which refuses it for
all but the token's own, public images such as golang too. Use a folder of its own, DOCKER_CONFIG=~/.docker-nightly, for the commands
that need the token; so do two purposes. Buildx from 0.31.0 on knows repositories, in files of their own (--docker-config). podman, skopeo
and buildah know repositories: --tool containers writes $REGISTRY_AUTH_FILE, or ~/.config/containers/auth.json, where purposes stand side by side.

With --output it writes what a Secret of type kubernetes.io/dockerconfigjson holds, keyed by repository, into a new file, mode 600: also for a
token that pushes, where stack.yaml names the workload that builds with it; that one has the host's key too, which builders look for.

Examples:
  pass show nightly-pull | secure-mirror tokens docker-config --purpose 'nightly-ingress-controller pull'
  secure-mirror tokens docker-config --purpose 'nightly-ingress-controller pull' --tool containers <token
  secure-mirror tokens docker-config --purpose 'nightly-ingress-controller pull' --output config.json <token
  secure-mirror tokens docker-config --purpose 'nightly-ingress-controller pull' <token \\
    --docker-config ~/.docker/buildx/config/HOST/REPOSITORY/config.json

Exit codes: 0 the token is in its place, 2 the command refused or failed; then nothing has changed.`;

/** Adds `tokens docker-config`. */
export function addDockerConfig(tokens: CliCommand): void {
  const command = tokens
    .command('docker-config')
    .summary('put a token where docker finds it, or into a file for a Secret')
    .description('Puts a token that pulls where docker finds it, or into a file for a Secret.');
  withInput(command)
    .requiredOption('--purpose <purpose>', 'the token on stdin')
    .option('--output <file>', 'write a new file for a Secret instead')
    .addOption(
      new Option('--tool <tool>', 'the tool that should find it').choices(['docker', 'containers']).default('docker'),
    )
    .option('--docker-config <file>', "the configuration (default: the tool's own)")
    .option('--replace', 'replace another credential that is in its place', false)
    .addHelpText('after', HELP)
    .endsWithin(TIMEOUTS['tokens docker-config'], async (options: DockerConfigOptions) => {
      print(await run(options));
      return 0;
    });
}

async function run(options: DockerConfigOptions): Promise<string[]> {
  const { output, purpose, tool, replace } = options;
  const { tokens: all, today } = readInput(options);
  const token = tokenFor(purpose, all);
  check(token, output);
  const command = spellingOf(options).tokens('docker-config', '--purpose', purpose);
  const value = await readToken(process.stdin, command);
  const { expires } = token;
  const old = expires !== undefined && expires < today;
  const note = old ? [`stack.yaml says that the token for "${purpose}" expired on ${expires}: is this a new one?`] : [];
  if (output !== undefined) {
    createFile(output, `${JSON.stringify(secretConfig(token, value), null, 2)}\n`);
    return [
      `${output} is for the Secret ${token.secret}; remove it when the Secret is made`,
      ...secretNotes(token),
      ...note,
    ];
  }
  const file = options.dockerConfig ?? defaultFile(tool);
  const done = await login({ tool, file, token, value, all, replace });
  return [...done, ...hostNotes(readerOf(tool, file, token), file, token), ...note];
}

/** A token that pushes is for nobody's machine; only the workload that builds with it has a Secret. */
function check(token: ResolvedToken, output: string | undefined): void {
  const { purpose } = token;
  if (token.secret === undefined) {
    throw new CliError(
      'configuration',
      `--purpose: "${purpose}" comes by a credential provider: there is no token to store`,
    );
  }
  if (token.kind === 'pull' || (output !== undefined && token.workload !== undefined)) return;
  const instead = token.workload ? '. For the Secret of its build workload, add --output' : '';
  throw new CliError(
    'configuration',
    `--purpose: "${purpose}" pushes: it is for CI, not for a machine or a pull secret; expected one that pulls${instead}`,
  );
}
