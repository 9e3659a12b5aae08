import type { AuthenticationProps, SecuredStackProps } from '../../src';
import { CREDENTIAL, giveCredential, METRICS_CREDENTIAL, newPassword } from './secrets';
import { testCluster } from './stack';

/** Seconds until a changed password has reached every node: more than the tests' skew over four nodes, and a machine that is busy. */
export const PROPAGATION = 16;

const basic = { credential: { secret: CREDENTIAL }, propagationSeconds: PROPAGATION };
const mutualTls = { issuer: { caSecret: 'mirror-ca' } };

/** The steps of a move from basic authentication to mutual TLS. */
export const methods = {
  basic: { basic },
  bothPresentingBasic: { basic, mutualTls, present: 'basic' },
  bothPresentingMutualTls: { basic, mutualTls, present: 'mutualTls' },
  mutualTls: { mutualTls },
} satisfies Record<string, AuthenticationProps>;

/**
 * A stack with an authentication method, and a scraper.
 *
 * @param authentication the method
 * @param metricsNamespace where metrics are scraped from
 */
export function stackWith(authentication: AuthenticationProps, metricsNamespace: string): SecuredStackProps {
  const credential = authentication.basic ? { credentialSecret: METRICS_CREDENTIAL } : {};
  return testCluster({ authentication, metrics: { from: [{ namespace: metricsNamespace }], ...credential } });
}

/** Gives both credentials to the cluster. Gives their passwords. */
export async function giveCredentials(): Promise<{ mirror: string; metrics: string }> {
  const passwords = { mirror: newPassword(), metrics: newPassword() };
  await giveCredential(passwords.mirror);
  await giveCredential(passwords.metrics, METRICS_CREDENTIAL);
  return passwords;
}
