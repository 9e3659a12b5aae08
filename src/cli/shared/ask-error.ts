/** Why the cluster could not be asked, in the user's words. */
export class AskError extends Error {
  /**
   * @param kind what is wrong
   * @param message what to say about it
   */
  public constructor(
    public readonly kind: AskErrorKind,
    message: string,
  ) {
    super(message);
  }
}

/** What can be wrong; `absent` is an object, or a kind of objects, that is not there. */
export type AskErrorKind = 'kubectl' | 'configuration' | 'login' | 'unreachable' | 'forbidden' | 'absent' | 'other';

const ABSENT = /\(NotFound\)|doesn't have a resource type|could not find the requested resource/;
const FORBIDDEN = /cannot (\S+) resource "([^"]+)"(?:.*? in the namespace "([^"]+)")?/;
const LOGIN = /Unauthorized|must be logged in|getting credentials|to provide credentials|executable .* not found/;
const CONFIGURATION =
  /context was not found|context .* does not exist|error loading config|stat .*: no such file|invalid configuration/i;
const UNREACHABLE =
  /Unable to connect|connection refused|was refused|no such host|no route to host|timeout|timed out|deadline exceeded|certificate signed by unknown|failed to verify certificate|unexpected EOF|connection reset/i;

/**
 * Makes an error of what kubectl complained about.
 *
 * @param stderr what it wrote
 * @param secret whether a Secret was asked for: then nothing is repeated that is not understood, as it may hold what was read
 */
export function askError(stderr: string, secret = false): AskError {
  const last = lastLine(stderr);
  const forbidden = FORBIDDEN.exec(last);
  if (forbidden) {
    const [, verb, resource, namespace] = forbidden;
    const where = namespace === undefined ? 'in the cluster' : `in the namespace ${namespace}`;
    return new AskError(
      'forbidden',
      `you have no right to "${verb}" ${resource} ${where}: ask for it, it is needed here`,
    );
  }
  if (ABSENT.test(last)) {
    return new AskError('absent', secret ? 'not there' : last);
  }
  if (LOGIN.test(last)) {
    return new AskError('login', `the cluster does not know you: log in again, or choose another context (${last})`);
  }
  if (CONFIGURATION.test(last)) {
    return new AskError('configuration', `kubectl has no such configuration: see --kubeconfig and --context (${last})`);
  }
  if (UNREACHABLE.test(last)) {
    return new AskError('unreachable', `no cluster answers: is the context the right one, is it up? (${last})`);
  }
  return new AskError(
    'other',
    secret ? 'kubectl could not read a Secret' : `kubectl failed: ${last || 'it said nothing'}`,
  );
}

/** The line that counts: those before it are of the client's log. */
function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
