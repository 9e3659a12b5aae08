import type { Spelling } from '../../../stack/spelling';
import type {
  BoundServiceAccount,
  ResolvedSharedAccount,
  ResolvedToken,
  ResolvedTokens,
} from '../../../tokens/model/resolved';
import type { ClusterUse, Named, SecretUse } from '../use/facts';

/** stack.yaml, and what the cluster uses. */
export interface DriftFacts {
  readonly cluster: ResolvedTokens;
  readonly tokens: ResolvedToken[];
  readonly use: ClusterUse;
  /** The day on which dates are judged. */
  readonly today: string;
  /** How commands are spelled for the user. */
  readonly spelling: Spelling;
}

/** Where stack.yaml puts Secrets, and the Secrets that the cluster has. */
export class Places {
  /** ServiceAccounts with the Secrets that they should list. */
  public readonly bound: BoundServiceAccount[];
  /** The shared accounts. */
  public readonly accounts: ResolvedSharedAccount[];
  private readonly there: Map<string, SecretUse>;
  private readonly byName: Map<string, ResolvedToken>;
  private readonly mirrorSecrets: string[];
  private readonly mirrorNamespace: string;

  /** @param facts what is compared */
  public constructor({ cluster, tokens, use }: DriftFacts) {
    this.bound = cluster.serviceAccounts;
    this.mirrorSecrets = cluster.mirrorPullSecrets;
    this.mirrorNamespace = cluster.namespace;
    this.there = new Map(use.secrets.map((secret) => [pathOf(secret), secret]));
    this.byName = new Map(tokens.flatMap((token) => (token.secret === undefined ? [] : [[token.secret, token]])));
    this.accounts = cluster.organizations.flatMap(({ sharedAccount }) => sharedAccount ?? []);
  }

  /** The Secret of a name in a namespace, if it exists. */
  public secret(namespace: string, name: string): SecretUse | undefined {
    return this.there.get(pathOf({ namespace, name }));
  }

  /** The token whose Secret has a name. */
  public tokenOf(name: string): ResolvedToken | undefined {
    return this.byName.get(name);
  }

  /** What a ServiceAccount, or the pods of one, may pull with. In the mirror's namespace there is nobody but the mirror. */
  public allowed({ namespace, name }: Named): string[] {
    const bound = this.bound.find((one) => one.namespace === namespace && one.name === name)?.secrets ?? [];
    return namespace === this.mirrorNamespace ? [...bound, ...this.mirrorSecrets] : bound;
  }

  /** Whether a Secret is where stack.yaml says. */
  public isDeclared({ namespace, name }: Named): boolean {
    const token = this.tokenOf(name);
    const bound = this.bound.some((one) => one.namespace === namespace && one.secrets.includes(name));
    const mirror = namespace === this.mirrorNamespace && this.mirrorSecrets.includes(name);
    return token?.namespaces.includes(namespace) || bound || mirror;
  }
}

/** An object by its place. */
export function pathOf({ namespace, name }: Named): string {
  return `${namespace}/${name}`;
}
