import type { Spelling } from '../../../stack/spelling';
import type { ResolvedToken } from '../../../tokens/model/resolved';
import { secretNameOf } from '../../../tokens/resolve';
import { githubEnvironmentOf, githubRepositoryOf, githubSecretOf } from '../github-names';

/** Folder for the values of new tokens during the hand-over; only its owner may read it. */
const TOKEN_FOLDER = 'new-tokens';
/** The Secret's key. */
const KEY = '.dockerconfigjson';
/** Keeps no copy of the Secret in an annotation, as applying by the client does. */
const APPLY = 'apply --server-side --force-conflicts -f -';

/** Reads a new token without showing it, into a file for its owner alone. */
export function saving(token: ResolvedToken): string[] {
  return [`(umask 077; mkdir -p ${TOKEN_FOLDER}; read -rs T; printf %s "$T" >${fileOf(token)})`];
}

/** Asks the registry what the new token may do, before anything uses it. */
export function provingFirst({ purpose }: ResolvedToken, spelling: Spelling): string[] {
  return [folded(spelling.tokens('verify', '--purpose', purpose), `--from-dir ${TOKEN_FOLDER}`)];
}

/** Proves a token where it is used. */
export function proving(token: ResolvedToken, spelling: Spelling): string[] {
  return token.namespaces.length > 0
    ? [folded(spelling.asking('verify', '--purpose', token.purpose), '--from-cluster')]
    : provingFirst(token, spelling);
}

/** Keeps the existing Secret under another name. Its value goes through a pipe, and nobody sees it. */
export function keepingOld(token: ResolvedToken, previous: string, spelling: Spelling): string[] {
  const read = [
    `${spelling.kubectl()} -n $NS get secret ${token.secret} \\`,
    `  -o go-template='{{index .data "${KEY}" | base64decode}}' |`,
  ];
  return [inEach(token, [...read, ...creating(previous, '/dev/stdin', spelling)])];
}

/** Makes the Secrets of the new token. */
export function makingSecrets(token: ResolvedToken, spelling: Spelling): string[] {
  const config = `${fileOf(token)}.json`;
  const command = spelling.tokens('docker-config', '--purpose', token.purpose);
  return [
    folded(command, `--output ${config} <${fileOf(token)}`),
    inEach(token, creating(token.secret ?? '', config, spelling)),
  ];
}

/** Has the External Secrets Operator ask its store now. */
export function refreshing(token: ResolvedToken, spelling: Spelling): string[] {
  const annotate = [
    `${spelling.kubectl()} -n $NS annotate externalsecret ${token.secret} \\`,
    '  --overwrite force-sync="$(date +%s)"',
  ];
  return [inEach(token, annotate)];
}

/** Hands a token to the CI workflows that use it: one that pushes to a protected environment. */
export function settingGithub(token: ResolvedToken): string[] {
  const repositories = token.usedBy.workflows.map(githubRepositoryOf);
  const environment = token.kind === 'push' ? ` --env ${githubEnvironmentOf(token)}` : '';
  return [...new Set(repositories)].map((repository) => {
    const where = repository === undefined ? '' : ` --repo ${repository}`;
    return folded(`gh secret set ${githubSecretOf(token)}${where}`, `${environment.trim()} <${fileOf(token)}`.trim());
  });
}

/** Takes changed settings to the cluster. */
export function applying(cluster: string, spelling: Spelling): string[] {
  const apply = `${spelling.kubectl()} apply --server-side --field-manager=secure-mirror`;
  return [spelling.synth(), folded(apply, `-f ${spelling.manifests(cluster)}`)];
}

/** Takes the files of a handed-over token away. */
export function forgetting(token: ResolvedToken): string[] {
  return [folded(`rm -f ${fileOf(token)}`, `${fileOf(token)}.json`)];
}

/** Takes the Secret of the old token away. */
export function deletingOld(token: ResolvedToken, previous: string, spelling: Spelling): string[] {
  return [inEach(token, [`${spelling.kubectl()} -n $NS delete secret ${previous}`])];
}

function creating(secret: string, file: string, spelling: Spelling): string[] {
  return [
    `${spelling.kubectl()} -n $NS create secret docker-registry ${secret} \\`,
    `  --from-file=${KEY}=${file} --dry-run=client -o yaml |`,
    `${spelling.kubectl()} ${APPLY}`,
  ];
}

function inEach({ namespaces }: ResolvedToken, lines: string[]): string {
  return [`for NS in ${namespaces.join(' ')}; do`, ...lines.map((line) => `  ${line}`), 'done'].join('\n');
}

function fileOf(token: ResolvedToken): string {
  return `${TOKEN_FOLDER}/${secretNameOf(token)}`;
}

/** A command of two parts, on two lines when it is long. */
export function folded(first: string, second: string): string {
  return first.length + second.length < 100 ? `${first} ${second}` : `${first} \\\n  ${second}`;
}
