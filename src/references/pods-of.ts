import { checkProps } from '../schemas/check-props';
import { plainOf } from '../settings/plain';
import { refuse } from '../settings/refuse';
import type { TokenBindingProps } from '../tokens/props/token-binding-props';
import { nameOf } from './checked';
import type { IServiceAccountReference } from './object-reference';

/** How pods get the token of a binding. */
export interface PodsOptions {
  /**
   * Whether the manifests hold the ServiceAccounts with their lists of imagePullSecrets. Say false for accounts that this app makes:
   * it writes their lists itself then.
   *
   * @default true
   */
  readonly apply?: boolean;

  /**
   * Whether pods that name pull secrets of their own get this one too, by a MutatingAdmissionPolicy (Kubernetes 1.36).
   *
   * @default false
   */
  readonly inject?: boolean;
}

/**
 * Makes the value of `bindTo`, and of the pods of IngressControllerTokens, from ServiceAccounts of yours.
 *
 * @example
 * const account = new ServiceAccount(chart, 'account', { metadata: { name: 'shop', namespace: 'shop' } });
 * new ClusterTokens(chart, 'tokens', {
 *   name: 'production',
 *   namespace: 'platform',
 *   tokens: [
 *     {
 *       organization: 'example',
 *       pull: [
 *         {
 *           purpose: 'shop pull',
 *           repositories: ['example/shop'],
 *           owner: 'team-shop',
 *           bindTo: PodsOf.serviceAccounts([account], { apply: false }),
 *         },
 *       ],
 *     },
 *   ],
 * });
 */
export class PodsOf {
  /**
   * The pods of ServiceAccounts, as a binding for each namespace.
   *
   * @param accounts the ServiceAccounts
   * @param options how their pods get the token
   * @throws Error when one has no namespace, or naming an option that is unknown or wrong
   */
  public static serviceAccounts(accounts: IServiceAccountReference[], options: PodsOptions = {}): TokenBindingProps[] {
    const settings = plainOf(options) as PodsOptions;
    refuse('PodsOf.serviceAccounts', checkProps(settings, 'PodsOptions'));
    if (!Array.isArray(accounts)) {
      throw new Error('PodsOf.serviceAccounts: expected a list of ServiceAccounts; for names, use PodsOf.fromNames');
    }
    const names = new Map<string, Set<string>>();
    for (const account of accounts) {
      const name = nameOf(account, 'ServiceAccount');
      const namespace = account.metadata?.namespace;
      if (namespace === undefined) {
        throw new Error(
          `ServiceAccount ${name}: its namespace is not known: set metadata.namespace, or use PodsOf.fromNames`,
        );
      }
      names.set(namespace, (names.get(namespace) ?? new Set()).add(name));
    }
    return [...names].flatMap(([namespace, accountNames]) => PodsOf.fromNames(namespace, [...accountNames], settings));
  }

  /**
   * The pods of ServiceAccounts that are made elsewhere.
   *
   * @param namespace their namespace
   * @param names their names
   * @param options how their pods get the token
   * @throws Error naming what is unknown, missing or wrong
   */
  public static fromNames(namespace: string, names: string[], options: PodsOptions = {}): TokenBindingProps[] {
    const settings = plainOf(options) as PodsOptions;
    const serviceAccounts = plainOf(names) as string[];
    refuse('PodsOf.fromNames', [
      ...checkProps(settings, 'PodsOptions'),
      ...checkProps({ namespace, serviceAccounts }, 'TokenBindingProps'),
    ]);
    const { apply, inject } = settings;
    return [
      {
        namespace,
        serviceAccounts,
        ...(apply === undefined ? {} : { apply }),
        ...(inject === undefined ? {} : { inject }),
      },
    ];
  }

  private constructor() {}
}
