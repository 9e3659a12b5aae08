import type { CertificatePolicyProps } from './props/certificate-policy-props';
import { mirrorDefaults } from './props/defaults';
import type { IssuerProps } from './props/issuer-props';
import type { MirrorSettings } from './props/mirror-settings';
import type {
  ResolvedAuthentication,
  ResolvedBasic,
  ResolvedCertificates,
  ResolvedIssuer,
  ResolvedMutualTls,
} from './resolved-authentication';

/**
 * Gives every setting of a mirror's authentication its value.
 *
 * @param settings the settings, without mistakes
 */
export function resolveAuthentication(settings: MirrorSettings): ResolvedAuthentication {
  const { mutualTls, basic, present, permissive } = settings.authentication;
  const trust = mutualTls?.trust;
  return {
    mutualTls: resolveMutualTls(settings),
    basic: resolveBasic(settings),
    present: present ?? (mutualTls === undefined ? 'basic' : 'mutualTls'),
    permissive: permissive ?? mirrorDefaults.permissive,
    mounted: {
      secrets: { ...mirrorDefaults.secrets, ...mutualTls?.secrets },
      credential: basic?.credential.secret ?? mirrorDefaults.credentialSecret,
      metricsCredential: settings.metrics?.credentialSecret ?? mirrorDefaults.metricsCredentialSecret,
      trust: trust && { ...trust, key: trust.key ?? mirrorDefaults.trustKey },
    },
    propagationSeconds: basic?.propagationSeconds ?? mirrorDefaults.propagationSeconds,
  };
}

function resolveMutualTls({ name, authentication: { mutualTls } }: MirrorSettings): ResolvedMutualTls | undefined {
  if (mutualTls === undefined) return undefined;
  const { issuer, certificates, trustDomain = name } = mutualTls;
  return { issuer: issuer && resolveIssuer(issuer), certificates: resolveCertificates(certificates), trustDomain };
}

function resolveIssuer({ caSecret, ref }: IssuerProps): ResolvedIssuer {
  return { caSecret, ref: { ...mirrorDefaults.issuer, ...ref } };
}

/** Two failed renewals are noticed long before pulls lose the mirror: by default 10 days before the end of 30, or a third of the time. */
function resolveCertificates(policy: CertificatePolicyProps = {}): ResolvedCertificates {
  const { duration, keyAlgorithm } = { ...mirrorDefaults.certificates, ...policy };
  const third = Math.floor(Number.parseInt(duration, 10) / 3);
  const renewBefore = policy.renewBefore ?? (third === 0 ? '20m' : `${Math.min(240, third)}h`);
  return { ...policy, duration, renewBefore, keyAlgorithm };
}

function resolveBasic({ authentication: { basic } }: MirrorSettings): ResolvedBasic | undefined {
  if (basic === undefined) return undefined;
  const { externalSecret } = basic.credential;
  return { externalSecret: externalSecret && { ...mirrorDefaults.externalSecret, ...externalSecret } };
}
