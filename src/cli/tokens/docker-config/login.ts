import type { ResolvedToken } from '../../../tokens/model/resolved';
import { entryAt, parseDockerConfig } from '../../docker-config/config';
import { storeAtHelper } from '../../docker-config/credential-helper';
import { authEntry, withEntries } from '../../docker-config/edit';
import { readConfig, replaceConfig } from '../../docker-config/file';
import type { Tool } from '../../docker-config/tool';
import { CliError } from '../../shared/cli-error';
import { type Holder, holderAtHelper, holderInFile } from './holder';
import { keysFor, rivalsOf } from './keys';
import { readerOf } from './reach';

/** What goes where. */
export interface Login {
  readonly tool: Tool;
  /** The configuration. */
  readonly file: string;
  readonly token: ResolvedToken;
  /** The token itself. */
  readonly value: string;
  /** All tokens of the stack. */
  readonly all: ResolvedToken[];
  /** Whether another credential may be replaced. */
  readonly replace: boolean;
}

/**
 * Puts a token where a tool looks for it: with docker's credential helper where the configuration names one, else into the file.
 *
 * @returns sentences for the user
 * @throws CliError when something else has its place, or it cannot be written; then nothing has changed
 */
export async function login(login: Login): Promise<string[]> {
  const { tool, file, token, value } = login;
  const text = readConfig(file);
  const config = parseDockerConfig(text.trim() || '{}');
  if (config?.entries === undefined || config.helpers === undefined) {
    throw new CliError('configuration', `${file}: it is no docker configuration (JSON); nothing was changed`);
  }
  const keys = keysFor(tool, token);
  const [key = ''] = keys;
  const { entries, helpers, store } = config;
  const helper = helperFor(login, helpers, store, key);
  const who = `${token.user} at ${token.registry} with the token for "${token.purpose}"`;
  if (helper !== undefined) {
    const holder = await holderAtHelper(helper, key, token.user, value);
    if (holder === 'same') return [`docker pulls as ${who} already: docker-credential-${helper} has it`];
    refuse(login, key, holder, `docker-credential-${helper}`);
    await storeAtHelper(helper, key, token.user, value);
    return [`docker now pulls as ${who}: docker-credential-${helper} keeps it`];
  }
  const entry = authEntry(token.user, value);
  const holders = keys.map((key) => ({ key, holder: holderInFile(entryAt(entries, key), token.user, entry) }));
  for (const { key, holder } of holders) refuse(login, key, holder, file);
  const changed = holders.filter(({ holder }) => holder !== 'same').map(({ key }) => key);
  if (changed.length === 0) return [`${file} has it already: ${keys.join(', ')}`];
  replaceConfig(file, withEntries(text, changed, entry));
  return [`${readerOf(tool, file, token)} now pulls as ${who}: ${changed.join(', ')} in ${file}`];
}

/** Containers tools ask a helper for the host alone, and then never look at repositories. */
function helperFor(
  { tool, file, token }: Login,
  helpers: ReadonlyMap<string, string>,
  store: string | undefined,
  key: string,
): string | undefined {
  const host = tool === 'docker' ? key : token.registry;
  const own = helpers.get(host);
  if (tool === 'docker') return own || store;
  if (own === undefined) return undefined;
  const message = `${file}: a credential helper has all of ${host} there, so entries for repositories are not read: name another file with --docker-config`;
  throw new CliError('configuration', message);
}

/** Keeps an existing credential, and says why. */
function refuse({ tool, file, token, all, replace }: Login, key: string, holder: Holder, where: string): void {
  if (replace || holder === 'nobody' || holder === 'same') return;
  if (holder === 'other') {
    const message = `${where} has another user for ${key}, which is kept: if you no longer need that one, add --replace${apart(tool)}`;
    throw new CliError('configuration', message);
  }
  const rivals = rivalsOf(tool, token, all);
  if (rivals.length === 0) return;
  const others = rivals.map(({ purpose }) => `"${purpose}"`).join(' or ');
  const message =
    `${where} has another token of ${token.user} for ${key}, which is kept: it may be the one for ${others}, as ${readerOf(tool, file, token)} ` +
    `has one for each ${tool === 'docker' ? 'host' : 'repository'}. If it is the old one for this purpose, add --replace${apart(tool)}`;
  throw new CliError('configuration', message);
}

function apart(tool: Tool): string {
  return tool === 'docker'
    ? '. To have both, use a folder for each: DOCKER_CONFIG=~/.docker-other, for this command and for docker'
    : '. To have both, use a file for each: --docker-config FILE here, and REGISTRY_AUTH_FILE=FILE for the tool';
}
