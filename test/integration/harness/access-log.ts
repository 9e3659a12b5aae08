import type { AccessLogLine } from '../../../src/mirror/contract/access-log-line';
import { NODE } from './envoy';
import type { Mirror } from './mirror';
import { digest } from './registry-requests';
import { until } from './until';

/** The lines of the access log among all that a proxy writes. */
export const linesOf = ({ envoy }: Mirror): AccessLogLine[] =>
  envoy.log
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => (line.includes('"verdict":') ? [JSON.parse(line)] : []));

/** What is noted of some requests. */
export async function notedOf(
  mirror: Mirror,
  count: number,
  requests: () => Promise<unknown>,
): Promise<AccessLogLine[]> {
  const before = linesOf(mirror).length;
  await requests();
  await until(`${count} requests are noted`, () => linesOf(mirror).length >= before + count);
  const byTime = (a: AccessLogLine, b: AccessLogLine) => a.time.localeCompare(b.time);
  return linesOf(mirror).slice(before).sort(byTime);
}

/** A line about a blob that the entry served by mutual TLS, but for what differs. */
export const line = (differs: Partial<AccessLogLine>) => ({
  time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  node: NODE,
  listener: 'entry',
  verdict: 'served',
  reason: 'via_upstream',
  authentication: 'mutual-tls',
  identity: 'spiffe://cluster-1/ns/secured-mirror/node',
  credential: null,
  source: '127.0.0.1',
  method: 'GET',
  registry: 'docker.io',
  repository: 'library/alpine',
  reference: digest,
  content: null,
  peer: null,
  status: 200,
  bytes: 0,
  flags: '-',
  duration: expect.any(Number),
  ...differs,
});
/** What is different of a request that leads nowhere. */
export const refused: Partial<AccessLogLine> = { verdict: 'refused', reason: 'direct_response', status: 404 };
/** What is different of a request that names no content. */
export const nameless: Partial<AccessLogLine> = { registry: null, repository: null, reference: null };
