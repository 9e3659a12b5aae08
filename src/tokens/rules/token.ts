import { DOCKER_HUB_NAMES } from '../../kubernetes/docker-hub';
import { imageName } from '../../kubernetes/image-name';
import { isOciName } from '../../kubernetes/oci-name';
import { checkBlank } from '../../settings/blank';
import { addDays, isDay } from '../../settings/calendar';
import { isDnsName } from '../../settings/dns';
import { type Draft, isBroken, isGiven, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { checkRepeated } from '../../settings/repeated';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { RegistryDriver } from '../props/organization-tokens-props';
import type { TokenUsesProps } from '../props/token-binding-props';
import type { TokenProps } from '../props/token-props';

/** Groups that are everybody, or may do everything. */
const NOBODY_BY_NAME = /^system:(authenticated|unauthenticated|masters|nodes|serviceaccounts(:.*)?)$/;

/** What both kinds of tokens have: repositories, days, holders. */
export function checkToken(token: Draft<TokenProps>, path: Path, driver: RegistryDriver): RuleProblem[] {
  return [
    ...checkRepositories(token, path),
    ...checkDays(token, path, driver),
    ...checkHolders(token, path),
    ...checkUses(token.usedBy, [...path, 'usedBy']),
  ];
}

/** Where a token or a shared account is used outside the cluster: each place is named, once. */
export function checkUses(uses: Draft<TokenUsesProps> | undefined, path: Path): RuleProblem[] {
  return (['workflows', 'developers'] as const).flatMap((key) => [
    ...checkBlank(uses?.[key], [...path, key], WANTED[key]),
    ...checkRepeated(uses?.[key], [...path, key]),
  ]);
}

const WANTED = {
  workflows: 'expected a workflow, such as Kong/kubernetes-ingress-controller release.yaml',
  developers: 'expected a name or a team',
};

function checkRepositories({ repositories }: Draft<TokenProps>, path: Path): RuleProblem[] {
  const here = [...path, 'repositories'];
  const mistakes = present(repositories).flatMap(([index, repository]) => {
    const message = repositoryMistake(repository);
    return message === undefined ? [] : [invalidValue([...here, index], repository, message)];
  });
  return [...mistakes, ...checkRepeated(repositories, here)];
}

function repositoryMistake(repository: string): string | undefined {
  const [first = ''] = repository.split('/');
  if (first.includes('.') || first.includes(':') || DOCKER_HUB_NAMES.includes(first)) {
    return `a repository is named without its registry${insteadOf(imageName(repository).slice(first.length + 1))}`;
  }
  if (repository.includes('*'))
    return 'each repository is named: a token for all of them is what this takes the place of';
  if (isOciName(repository) && repository.length <= 255) return undefined;
  const wanted = 'expected a repository in lower case, without tag or digest';
  return `${wanted}${insteadOf(imageName(repository)) || ', such as kong/kubernetes-ingress-controller'}`;
}

function insteadOf(name: string): string {
  return isOciName(name) ? `: write ${name}` : '';
}

function checkDays(token: Draft<TokenProps>, path: Path, driver: RegistryDriver): RuleProblem[] {
  const given = (['created', 'expires', 'lastVerified'] as const).flatMap((key) => {
    const day = token[key];
    return day === undefined || isDay(day) ? [] : [invalidValue([...path, key], day, 'there is no such day')];
  });
  const { created, expires } = token;
  if (given.length > 0 || created === undefined || expires === undefined) return given;
  if (expires <= created) return [invalidValue([...path, 'expires'], expires, `it is not after created, ${created}`)];
  if (driver === 'docker-hub' && expires > addDays(created, 366)) {
    const message = `tokens of Docker live a year at most, or for ever: it was created on ${created}`;
    return [invalidValue([...path, 'expires'], expires, message)];
  }
  return [];
}

function checkHolders({ holders }: Draft<TokenProps>, path: Path): RuleProblem[] {
  return present(holders).flatMap(([index, holder]) => {
    const here = [...path, 'holders', index];
    if (holder.name !== undefined && NOBODY_BY_NAME.test(holder.name)) {
      const message = 'a holder is somebody by name, and this is everybody, or may read all Secrets anyway';
      return [invalidValue([...here, 'name'], holder.name, message)];
    }
    if (holder.kind === 'ServiceAccount' && holder.name !== undefined && !isDnsName(holder.name)) {
      return [invalidValue([...here, 'name'], holder.name, 'expected the name of a ServiceAccount, such as default')];
    }
    if (!isGiven(holder, 'namespace') || isBroken(holder, 'kind') || holder.kind === 'ServiceAccount') return [];
    return [invalidPlace([...here, 'namespace'], 'only a ServiceAccount has a namespace: leave it out')];
  });
}
