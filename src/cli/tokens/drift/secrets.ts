import { configKeys, hostsOf } from '../../../tokens/model/registries';
import type { ResolvedPullToken, ResolvedToken } from '../../../tokens/model/resolved';
import { covers, isLastResort, keyText } from '../../docker-config/key';
import { finding } from '../../shared/finding';
import { names } from '../../shared/table';
import type { SecretUse } from '../use/facts';
import { DOCKERCONFIGJSON } from '../use/rows';
import { call, type DriftCode, type DriftFinding } from './finding';
import type { DriftFacts, Places } from './places';

const MAKE_ANEW = 'make it anew with a key for each repository, path and all';

/** Whether the Secrets of declared tokens exist in their namespaces, and nodes can use them. */
export function secretFindings({ tokens, use }: DriftFacts, places: Places): DriftFinding[] {
  return tokens.flatMap((token) => {
    const { secret: name } = token;
    if (name === undefined) return [];
    return token.namespaces.flatMap((namespace): DriftFinding[] => {
      const where = `Secret ${namespace}/${name}`;
      const secret = places.secret(namespace, name);
      if (secret === undefined) {
        const external = token.externalSecret !== undefined;
        const todo = external ? `see why the ExternalSecret ${namespace}/${name} does not make it` : 'make it';
        return [finding('problem', 'secret-missing', where, `the Secret of ${call(token)} does not exist`, todo)];
      }
      const content = contentFindings(token, secret, where);
      const lists = use.serviceAccounts.some((one) => one.namespace === namespace && one.pulls.includes(name));
      const named = [...use.workloads, ...use.pods].some(
        (one) => one.namespace === namespace && [...one.pulls, ...one.reads].includes(name),
      );
      if (lists || named || token.kind === 'push') return content;
      const what = `${call(token)} is declared and unused: no ServiceAccount, pod or workload there names it`;
      return [...content, finding('warning', 'unused', where, what, 'apply stack.yaml, or take the token out of it')];
    });
  });
}

function contentFindings(token: ResolvedToken, secret: SecretUse, where: string): DriftFinding[] {
  const problem = (code: DriftCode, what: string, todo: string) => [finding('problem', code, where, what, todo)];
  if (secret.content === 'other') {
    // A build may take it in any form.
    if (token.kind === 'push') return [];
    return problem('secret-type', `it is of the type ${secret.type}; expected ${DOCKERCONFIGJSON}`, MAKE_ANEW);
  }
  if (secret.content === 'malformed') {
    return problem('secret-malformed', 'nodes cannot use it: it is not a docker configuration', MAKE_ANEW);
  }
  if (secret.content === 'elsewhere') {
    const what = `it has no credential for ${token.registry}: that is with a program (credsStore, credHelpers) of the machine where it was made`;
    return problem('no-credential', what, MAKE_ANEW);
  }
  return [...userFindings(token, secret, where), ...(token.kind === 'pull' ? keyFindings(token, secret, where) : [])];
}

function userFindings(token: ResolvedToken, { entries }: SecretUse, where: string): DriftFinding[] {
  const { registry, user } = token;
  const isIts = ({ path }: { readonly path: string }) => token.repositories.some((one) => one.startsWith(path));
  const others = entries.filter((entry) => entry.registry === registry && isIts(entry) && entry.user !== user);
  if (others.length === 0) return [];
  const keys = names([...new Set(others.map(keyText))]);
  const who = others.map((entry) => entry.user).find((other) => other !== undefined);
  const what = `${keys}: the user is ${who ?? 'another one'}; ${call(token)} wants ${user}`;
  return [finding('problem', 'user', where, what, `see whose credential it is, and put the token's in its place`)];
}

function keyFindings(token: ResolvedPullToken, { entries }: SecretUse, where: string): DriftFinding[] {
  const { registry, repositories } = token;
  const own = entries.filter((entry) => entry.registry === registry);
  const isThere = (key: string) => own.some((entry) => keyText(entry) === key);
  const missing = repositories.filter((repository) => !isThere(`${registry}/${repository}`));
  const found = new Map<DriftCode, string[]>();
  for (const repository of missing) {
    const tried = own.filter((entry) => covers(entry, registry, repository) || isLastResort(entry));
    const code = tried.length === 0 ? 'key-missing' : tried.some(({ path }) => path !== '') ? 'wide-key' : 'host-key';
    found.set(code, [...(found.get(code) ?? []), repository]);
  }
  const spellings = configKeys(registry, repositories).filter(
    (key) =>
      !isThere(key) && !missing.some((repository) => hostsOf(registry).some((host) => key === `${host}/${repository}`)),
  );
  const all = (code: DriftCode) => names(found.get(code) ?? []);
  const say = (level: DriftFinding['level'], code: DriftCode, what: string) =>
    finding(level, code, where, what, MAKE_ANEW);
  const sentTwice = 'nodes send the token for every image there, and beside another of the registry they try both';
  return [
    ...(found.has('key-missing')
      ? [say('problem', 'key-missing', `no key for ${all('key-missing')}: nodes do not use it there`)]
      : []),
    ...(found.has('host-key') ? [say('problem', 'host-key', `its key is all of ${registry}: ${sentTwice}`)] : []),
    ...(found.has('wide-key')
      ? [say('warning', 'wide-key', `the key for ${all('wide-key')} is wider than the repository`)]
      : []),
    ...(spellings.length > 0
      ? [say('warning', 'spelling', `no key ${names(spellings)}: images may be written so`)]
      : []),
  ];
}
