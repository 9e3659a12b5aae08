import { DEFAULT_NAMESPACE } from '../../kubernetes/names';
import { isDnsName } from '../../settings/dns';
import { type Draft, isGiven, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { checkRepeated } from '../../settings/repeated';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import { isByProvider } from '../model/registries';
import type { RegistryDriver } from '../props/organization-tokens-props';
import type { PullTokenProps, PushTokenProps } from '../props/token-props';

/** A token that pulls: its purpose says so, its pods are named, and its credential comes from one place. */
export function checkPullToken(
  token: Draft<PullTokenProps>,
  path: Path,
  driver: RegistryDriver,
  mirrorNamespace = DEFAULT_NAMESPACE,
): RuleProblem[] {
  return [
    ...checkWord(token.purpose, path, 'push', 'a token that pushes is never an imagePullSecret: put it under push'),
    ...checkProvider(token, path, driver),
    ...checkPlaces(token, path),
    ...present(token.bindTo).flatMap(([index, { namespace, serviceAccounts, inject }]) => {
      const here = [...path, 'bindTo', index];
      return [
        ...(namespace === mirrorNamespace
          ? [invalidValue([...here, 'namespace'], namespace, "for the mirror's own pods write mirror: true instead")]
          : []),
        ...(inject && token.credentialProvider !== undefined
          ? [invalidValue([...here, 'inject'], inject, 'a credential provider needs no Secret in pods: leave it out')]
          : []),
        ...checkRepeated(serviceAccounts, [...here, 'serviceAccounts']),
        ...present(serviceAccounts).flatMap(([at, name]) =>
          isDnsName(name)
            ? []
            : [
                invalidValue(
                  [...here, 'serviceAccounts', at],
                  name,
                  'expected the name of a ServiceAccount, such as default',
                ),
              ],
        ),
      ];
    }),
  ];
}

/** A token that pushes: its purpose says so, and what belongs to a Secret is given only where there is one. */
export function checkPushToken(token: Draft<PushTokenProps>, path: Path): RuleProblem[] {
  const keys = isGiven(token, 'workload') ? [] : (['externalSecret', 'holders'] as const);
  return [
    ...checkWord(token.purpose, path, 'pull', 'a token that only pulls is under pull'),
    ...keys.flatMap((key) =>
      isGiven(token, key)
        ? [
            invalidPlace(
              [...path, key],
              'this token is for CI only, and has no Secret here: name a workload, or leave it out',
            ),
          ]
        : [],
    ),
  ];
}

function checkWord(purpose: string | undefined, path: Path, word: string, message: string): RuleProblem[] {
  const has = purpose !== undefined && new RegExp(`(^|[^a-z])${word}$`, 'i').test(purpose);
  return has ? [invalidValue([...path, 'purpose'], purpose, `its purpose says ${word}; ${message}`)] : [];
}

function checkProvider(token: Draft<PullTokenProps>, path: Path, driver: RegistryDriver): RuleProblem[] {
  if (!isGiven(token, 'credentialProvider')) {
    if (!isByProvider(driver)) return [];
    const message = `missing; credentials of ${driver} live for hours: name the kubelet's credential provider that fetches them`;
    return [invalidPlace([...path, 'credentialProvider'], message)];
  }
  return (['secret', 'externalSecret', 'previousSecret', 'holders'] as const).flatMap((key) =>
    isGiven(token, key)
      ? [invalidPlace([...path, key], 'a credential provider brings the credential, so there is no Secret: keep one')]
      : [],
  );
}

/** What belongs to a Secret is given only where pods use it. */
function checkPlaces(token: Draft<PullTokenProps>, path: Path): RuleProblem[] {
  const { bindTo } = token;
  if (bindTo === undefined || bindTo.length > 0 || (token.mirror !== false && isGiven(token, 'mirror'))) return [];
  return (['externalSecret', 'holders', 'previousSecret'] as const).flatMap((key) =>
    isGiven(token, key)
      ? [
          invalidPlace(
            [...path, key],
            'no pods pull with this token here, so it has no Secret: fill bindTo, or leave it out',
          ),
        ]
      : [],
  );
}
