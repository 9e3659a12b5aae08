import { answerIn } from '../../../src/cli/verify/stranger/answer';

/** Lines of a real Envoy 1.40. */
const line = (details: string, failure: string | null = null, status = 503) =>
  JSON.stringify({ bytes: 98, details, failure, id: '4', status });
const reset = (what: string) => `upstream_reset_before_response_started{remote_connection_failure|${what}}`;
const TLS = (what: string) => `TLS_error:|268436526:SSL_routines:OPENSSL_internal:${what}:TLS_error_end`;

describe('the answer to a stranger', () => {
  it.each([
    [line('via_upstream', null, 200), true, 'answered with HTTP 200, 98 bytes'],
    [line('via_upstream', null, 307), true, 'answered with HTTP 307, 98 bytes'],
    [line('via_upstream', null, 404), false, 'answered with HTTP 404'],
    [
      line(reset('refused'), 'delayed_connect_error:_Connection_refused'),
      false,
      'connection refused (nobody listens there)',
    ],
    [line(reset(''), TLS('SSLV3_ALERT_HANDSHAKE_FAILURE')), false, 'TLS refused without a certificate (mutual TLS)'],
    [line(reset(''), TLS('WRONG_VERSION_NUMBER')), false, 'no TLS there'],
    [line('upstream_reset_before_response_started{connection_termination}'), false, 'closed without an answer'],
    [
      line('upstream_reset_before_response_started{connection_timeout}'),
      false,
      'dropped (a network policy or a firewall)',
    ],
    [line('response_timeout', null, 504), false, 'no answer in time'],
    ['{"id":"7","router":"/multistream/1.0.0","failure":""}', true, 'a libp2p router answered'],
    ['{"id":"7","router":"","failure":""}', false, 'closed without an answer'],
    ['{"id":"7","router":"","failure":"timeout"}', false, 'dropped (a network policy or a firewall)'],
    [
      '{"id":"7","router":"","failure":"/dev/tcp/a/9: Connection refused"}',
      false,
      'connection refused (nobody listens there)',
    ],
  ])('in %s', (text, isOpen, words) => {
    expect(answerIn(text)?.answer).toEqual({ isOpen, words });
  });

  it.each(['', 'a word', '[1]', '{"status":200}'])('is in no other line, such as %j', (text) => {
    expect(answerIn(text)).toBeUndefined();
  });
});
