import { GUARD } from '../../../kubernetes/names';
import type { Kubectl } from '../../kubectl/kubectl';
import { kubectlError } from '../../kubectl/kubectl-error';
import { policyIn } from '../dry-run';

/** What came of a request by way of the API server. */
export interface Proxied {
  /** Whether somebody answered. */
  readonly isOpen: boolean;
  /** Whether it is certain that something stopped it: not where the API server itself may have failed. */
  readonly isStopped: boolean;
  /** In a few words: the same for the same lock. */
  readonly words: string;
}

const TIMEOUT = '--request-timeout=4s';
const SECONDS = 20;

/**
 * Sends a GET by way of the API server.
 *
 * @param kubectl asks the API server
 * @param path the path of its proxy
 */
export async function askByProxy(kubectl: Kubectl, path: string): Promise<Proxied> {
  const { status, stderr } = await kubectl.run([TIMEOUT, 'get', '--raw', path], { seconds: SECONDS });
  if (status === 0) return { isOpen: true, isStopped: false, words: 'answered' };
  const error = kubectlError(stderr);
  const words = error.kind === 'forbidden' ? undefined : refusal(stderr);
  return { isOpen: false, isStopped: words !== undefined, words: words ?? error.message };
}

/** How kubectl says that the API server gave no answer in time: it may wait for the mirror, or hang itself. */
const SILENT = /^Unable to connect to the server: (context deadline exceeded|net.http: request canceled [(])/m;

/** What stopped a request that got no answer. */
export const DROPPED = 'dropped (a network policy or a firewall)';

/** What the API server met on its way. */
const ON_THE_WAY: readonly (readonly [RegExp, string])[] = [
  [/tls: (certificate required|handshake failure|bad certificate)/, 'TLS refused without a certificate (mutual TLS)'],
  [/connection refused/, 'connection refused (nobody listens there)'],
  [/timeout|timed out|deadline exceeded|no route to host/i, DROPPED],
  [/HTTP response to HTTPS client|first record does not look like a TLS/, 'no TLS there'],
  [/EOF|reset by peer|broken pipe|malformed HTTP/, 'closed without an answer'],
];

/** How the API server tells what the mirror answered; of its own objects it says more. */
const ANSWERS: readonly (readonly [RegExp, string])[] = [
  [/the server rejected our request/, 'answered with HTTP 400'],
  [/asked for the client to provide credentials|logged in to the server/, 'answered with HTTP 401'],
  [/[(]Forbidden[)]: (?!.*is forbidden)/, 'answered with HTTP 403'],
  [/could not find the requested resource/, 'answered with HTTP 404'],
  [/does not allow this method/, 'answered with HTTP 405'],
  [/no endpoints available/, 'no endpoint that the API server would ask'],
];

/** What certainly stopped a request, in the words that rows share; nothing where it may be a fault of the API server or of the way to it. */
function refusal(stderr: string): string | undefined {
  const [, met] = /error trying to reach service: (.*)/s.exec(stderr) ?? [];
  if (met !== undefined) return meaning(met, ON_THE_WAY);
  if (SILENT.test(stderr)) return DROPPED;
  const policy = policyIn(stderr);
  if (policy !== undefined) return policy.startsWith(GUARD) ? 'refused at admission' : undefined;
  return meaning(stderr, ANSWERS);
}

function meaning(text: string, reasons: readonly (readonly [RegExp, string])[]): string | undefined {
  return reasons.find(([pattern]) => pattern.test(text))?.[1];
}
