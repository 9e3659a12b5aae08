import type { ResolvedToken } from '../../../tokens/model/resolved';
import { secretNameOf } from '../../../tokens/resolve';

/** Folder for the values of new tokens while they are handed over; only its owner may read it. */
export const TOKEN_FOLDER = 'new-tokens';

/** Name of a token in files, jobs and environments: that of its Secret, or what that would be. */
export function slugOf({ purpose, secret }: Pick<ResolvedToken, 'purpose' | 'secret'>): string {
  return secretNameOf({ purpose, secret });
}

/** Name of a token's secret at GitHub, which allows letters, digits and '_', and no digit and no GITHUB_ at the beginning. */
export function githubSecretOf(token: Pick<ResolvedToken, 'purpose'>): string {
  const name = token.purpose.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return /^([0-9]|GITHUB_)/.test(name) ? `TOKEN_${name}` : name;
}

/** Environment at GitHub whose protection a token that pushes is behind. */
export function githubEnvironmentOf(token: Pick<ResolvedToken, 'purpose'>): string {
  return token.purpose.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** The repository that a workflow's name begins with, such as Kong/kubernetes-ingress-controller. */
export function githubRepositoryOf(workflow: string): string | undefined {
  return /^([A-Za-z0-9][-A-Za-z0-9]*\/[-\w.]+)(\s|$)/.exec(workflow)?.[1];
}

/** A command of two parts, on two lines when it is long. */
export function folded(first: string, second: string): string {
  return first.length + second.length < 100 ? `${first} ${second}` : `${first} \\\n  ${second}`;
}
