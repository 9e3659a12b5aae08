import { identitySecret } from '../../kubernetes/names';
import type { SecretUse } from '../../kubernetes/secret-use';
import { type Draft, isGiven } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import { mirrorDefaults } from '../props/defaults';
import type { MirrorSettings } from '../props/mirror-settings';

/**
 * No Secret is used for two things. A default name is in use even where its method of authentication is not given: the pods mount the
 * Secrets of every method.
 */
export function checkSecretNames(cluster: Draft<MirrorSettings>): RuleProblem[] {
  const uses = usesOf(cluster).sort((one, other) => Number(one.path !== undefined) - Number(other.path !== undefined));
  return uses.flatMap(({ name, path }, index) => {
    const earlier = name === undefined ? undefined : uses.slice(0, index).find((use) => use.name === name);
    if (path === undefined || earlier === undefined) return [];
    return [invalidValue(path, name, `this is the Secret of ${earlier.holder}: name another`)];
  });
}

/** The Secrets that the mirror uses. */
export function usesOf({ authentication, metrics }: Draft<MirrorSettings>): SecretUse[] {
  const { mutualTls, basic } = authentication ?? {};
  const path: Path = ['authentication', 'mutualTls'];
  const identities = (['peer', 'node', 'server'] as const).map((identity) => ({
    holder: `the identity ${identity}`,
    ...named(mutualTls?.secrets, identity, [...path, 'secrets'], mirrorDefaults.secrets[identity]),
  }));
  return [
    ...identities,
    { holder: 'the identity metrics', name: identitySecret('metrics') },
    { holder: 'your CA, with its key', ...named(mutualTls?.issuer, 'caSecret', [...path, 'issuer']) },
    {
      holder: "the mirror's own credential, with which images can be read",
      ...named(basic?.credential, 'secret', ['authentication', 'basic', 'credential'], mirrorDefaults.credentialSecret),
    },
    {
      holder: 'the credential for the metrics',
      ...named(
        isGiven(authentication, 'basic') ? metrics : undefined,
        'credentialSecret',
        ['metrics'],
        mirrorDefaults.metricsCredentialSecret,
      ),
    },
    { holder: 'the bundle of whom to trust', ...named(mutualTls?.trust, 'secret', [...path, 'trust']) },
  ];
}

/** The name under a key, and where it is; the default where the key is not given. */
function named<Key extends string>(
  draft: { readonly [K in Key]?: string } | undefined,
  key: Key,
  path: Path,
  byDefault?: string,
): { readonly name?: string; readonly path?: Path } {
  if (draft === undefined || !isGiven(draft, key)) return { name: byDefault };
  return { name: draft[key], path: [...path, key] };
}
