import type { ResolvedToken } from '../../tokens/model/resolved';

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
