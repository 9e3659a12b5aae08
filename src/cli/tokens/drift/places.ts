import { DEFAULT_NAMESPACE } from '../../../kubernetes/names';
import { type BoundServiceAccount, boundServiceAccounts, mirrorPullSecrets } from '../../../tokens/constructs/bindings';
import type { ResolvedToken } from '../../../tokens/model/model';
import { registryOf } from '../../../tokens/model/registries';
import type { SharedAccountProps } from '../../../tokens/props/shared-account-props';
import type { Named, SecretUse } from '../use/facts';
import type { DriftFacts } from './facts';

/** A shared account with its registry. */
export interface PlacedAccount extends SharedAccountProps {
  readonly registry: string;
}

/** What stack.yaml says of where Secrets are, and beside it what is there. */
export class Places {
  /** ServiceAccounts with what they are to list. */
  public readonly bound: BoundServiceAccount[];
  /** The shared accounts. */
  public readonly accounts: PlacedAccount[];
  private readonly there: Map<string, SecretUse>;
  private readonly byName: Map<string, ResolvedToken>;
  private readonly mirrorSecrets: string[];
  private readonly mirrorNamespace: string;

  /** @param facts what is compared */
  public constructor({ cluster, tokens, use }: DriftFacts) {
    this.bound = boundServiceAccounts(cluster);
    this.mirrorSecrets = mirrorPullSecrets(cluster);
    this.mirrorNamespace = cluster.namespace ?? DEFAULT_NAMESPACE;
    this.there = new Map(use.secrets.map((secret) => [pathOf(secret), secret]));
    this.byName = new Map(tokens.flatMap((token) => (token.secret === undefined ? [] : [[token.secret, token]])));
    this.accounts = (cluster.tokens ?? []).flatMap((organization) => {
      const { sharedAccount } = organization;
      return sharedAccount ? [{ ...sharedAccount, registry: registryOf(organization) }] : [];
    });
  }

  /** The Secret of a name in a namespace, if it is there. */
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
