import { CliError } from '../shared/cli-error';

const ABSENT = /\(NotFound\)|doesn't have a resource type|could not find the requested resource/;
const FORBIDDEN = /cannot (\S+) resource "([^"]+)"(?:.*? in the namespace "([^"]+)")?/;
const LOGIN = /Unauthorized|must be logged in|getting credentials|to provide credentials|executable .* not found/;
const CONFIGURATION =
  /context was not found|context .* does not exist|error loading config|stat .*: no such file|invalid configuration/i;
const UNREACHABLE =
  /Unable to connect|connection refused|was refused|no such host|no route to host|timeout|timed out|deadline exceeded|certificate signed by unknown|failed to verify certificate|unexpected EOF|connection reset/i;

/**
 * The error for a complaint of kubectl.
 *
 * @param stderr its text
 * @param secret whether the command asked for a Secret: kubectl's text may contain it, so only known texts are repeated
 */
export function kubectlError(stderr: string, secret = false): CliError {
  const last = lastLine(stderr);
  const forbidden = FORBIDDEN.exec(last);
  if (forbidden) {
    const [, verb, resource, namespace] = forbidden;
    const where = namespace === undefined ? 'in the cluster' : `in the namespace ${namespace}`;
    return new CliError(
      'forbidden',
      `you have no right to "${verb}" ${resource} ${where}: ask for it, it is needed here`,
    );
  }
  if (ABSENT.test(last)) {
    return new CliError('absent', secret ? 'not there' : last);
  }
  if (LOGIN.test(last)) {
    return new CliError('login', `the cluster does not know you: log in again, or choose another context (${last})`);
  }
  if (CONFIGURATION.test(last)) {
    return new CliError('configuration', `kubectl has no such configuration: see --kubeconfig and --context (${last})`);
  }
  if (UNREACHABLE.test(last)) {
    return new CliError('unreachable', `no cluster answers: is the context the right one, is it up? (${last})`);
  }
  return new CliError(
    'other',
    secret ? 'kubectl could not read a Secret' : `kubectl failed: ${last || 'without a message'}`,
  );
}

/** The last line: those before it belong to the log of the client. */
function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
