import { isObject, parsed } from '../../shared/json';

/** What a stranger got. */
export interface Answer {
  /** Whether somebody answered who should not. */
  readonly isOpen: boolean;
  /** In a few words: the same for the same lock. */
  readonly words: string;
}

/** What stopped a connection, by what Envoy or bash say of it: the first that fits. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /HANDSHAKE_FAILURE|CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|PROTOCOL_VERSION/,
    'TLS refused without a certificate (mutual TLS)',
  ],
  [/WRONG_VERSION_NUMBER|TLS_error|SSL/, 'no TLS there'],
  [/refused/i, 'connection refused (nobody listens there)'],
  [/connection[_ ]timeout|timed[_ ]out|^timeout|no[_ ]route|unreachable/i, 'dropped (a network policy or a firewall)'],
  [/response_timeout/, 'no answer in time'],
];

const CLOSED = 'closed without an answer';

/**
 * The answer that a line of the stranger's log tells of; nothing where it is another line.
 *
 * @param line the line
 */
export function answerIn(line: string): { readonly id: string; readonly answer: Answer } | undefined {
  const value = parsed(line);
  if (!isObject(value) || typeof value.id !== 'string') return undefined;
  const text = (key: string) => (value[key] === null || value[key] === undefined ? '' : String(value[key]));
  return { id: value.id, answer: 'router' in value ? ofRouter(text) : ofHttp(text) };
}

function ofHttp(text: (key: string) => string): Answer {
  if (text('details') !== 'via_upstream') return stopped(`${text('failure')} ${text('details')}`);
  const status = Number(text('status'));
  return status < 400
    ? { isOpen: true, words: `answered with HTTP ${status}, ${text('bytes')} bytes` }
    : { isOpen: false, words: `answered with HTTP ${status}` };
}

function ofRouter(text: (key: string) => string): Answer {
  if (text('router').includes('multistream')) return { isOpen: true, words: 'a libp2p router answered' };
  return stopped(text('failure'));
}

function stopped(reason: string): Answer {
  const [, words = CLOSED] = REASONS.find(([pattern]) => pattern.test(reason)) ?? [];
  return { isOpen: false, words };
}
