import type { CertificateFacts } from '../../../src/cli/status/facts';
import { days, node, said } from './example';

function certificate(from: number, to: number, renewBefore?: number): CertificateFacts {
  return { identity: 'peer', secret: 'mirror-peer', valid: { from: days(from), to: days(to) }, renewBefore };
}

describe('a certificate', () => {
  const what = 'certificate peer (Secret mirror-peer)';
  it.each<[string, CertificateFacts, string]>([
    ['has time', certificate(-10, 20, 240), `ok: ${what}: 20 days left, until 2026-02-20`],
    ['is about to be renewed', certificate(-20, 9.99, 240), `ok: ${what}: 9 days left, until 2026-02-09`],
    [
      'was not renewed in time',
      certificate(-25, 5, 240),
      `warning: ${what}: 5 days left; cert-manager should have renewed it 240 hours before its end: look at its Certificate`,
    ],
    [
      'has ended',
      certificate(-30, 0, 240),
      `problem: ${what}: expired on 2026-01-31: the other side refuses connections with it`,
    ],
    ['has not begun', certificate(0.5, 10), `problem: ${what}: not valid before 2026-01-31T12:00:00.000Z`],
    ['is short', certificate(-0.2, 0.8, 8), `ok: ${what}: 19 hours left, until 2026-01-31`],
    ['is at its end', certificate(-0.2, 0.06, 1), `ok: ${what}: 1 hour left, until 2026-01-31`],
    ['of your own has time', certificate(-100, 265), `ok: ${what}: 265 days left, until 2026-10-23`],
    ['of your own ends soon', certificate(-360, 5), `warning: ${what}: 5 days left; it is your own: renew it`],
    ['is not there', { identity: 'peer', secret: 'mirror-peer' }, `problem: ${what}: it does not exist`],
  ])('%s', (_, facts, line) => {
    expect(said({ certificates: [facts] }).slice(1)).toEqual([line]);
  });

  it('is told beside an issuer that can renew it no more, as that signs by ACME', () => {
    const acmeIssuer = 'ClusterIssuer letsencrypt';
    const [refusal, time, ...rest] = said({ certificates: [{ ...certificate(-10, 20, 240), acmeIssuer }] }).slice(1);
    expect(refusal).toMatch(/^problem: certificates: ClusterIssuer letsencrypt signs by ACME, /);
    expect([time, ...rest]).toEqual([`ok: ${what}: 20 days left, until 2026-02-20`]);
  });

  it('is not missed where basic is the only method', () => {
    const certificates = [{ identity: 'peer', secret: 'mirror-peer' }];
    expect(said({ certificates, nodes: [node('w1', { presents: 'basic' })] })).toHaveLength(1);
  });
});
