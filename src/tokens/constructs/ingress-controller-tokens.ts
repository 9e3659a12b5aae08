import { checkProps } from '../../schemas/check-props';
import { plainOf } from '../../settings/plain';
import { refuse } from '../../settings/refuse';
import type { OrganizationTokensProps, TokenQuotaProps } from '../props/organization-tokens-props';
import type { TokenBindingProps } from '../props/token-binding-props';

/**
 * The tokens of the Kubernetes Ingress Controller's images: a token to pull and one to push, of releases and of nightly builds.
 *
 * @example
 * const organization = IngressControllerTokens.of({
 *   owner: 'team-kubernetes',
 *   releasePods: [{ namespace: 'kong', serviceAccounts: ['kong-controller'] }],
 *   quota: { plan: 'team' },
 * });
 * new ClusterTokens(chart, 'tokens', { name: 'production', namespace: 'platform', tokens: [organization] });
 */
export class IngressControllerTokens {
  /** Pulls releases. */
  public static readonly RELEASE_PULL = 'kubernetes-ingress-controller pull';
  /** Pushes releases. */
  public static readonly RELEASE_PUSH = 'kubernetes-ingress-controller push';
  /** Pulls nightly builds. */
  public static readonly NIGHTLY_PULL = 'nightly-ingress-controller pull';
  /** Pushes nightly builds. */
  public static readonly NIGHTLY_PUSH = 'nightly-ingress-controller push';

  /**
   * The four tokens, as an item of `tokens`.
   *
   * @param props whose they are, and whose pods pull with them
   * @throws Error naming every key that is unknown, missing or wrong
   */
  public static of(props: IngressControllerTokensProps): OrganizationTokensProps {
    const settings = plainOf(props) as IngressControllerTokensProps;
    refuse('IngressControllerTokens.of', checkProps(settings, 'IngressControllerTokensProps'));
    const { organization = 'kong', owner, releasePods = [], nightlyPods = [], quota } = settings;
    const release = { repositories: [`${organization}/kubernetes-ingress-controller`], owner };
    const nightly = { repositories: [`${organization}/nightly-ingress-controller`], owner };
    return {
      organization,
      ...(quota ? { quota } : {}),
      pull: [
        { purpose: IngressControllerTokens.RELEASE_PULL, ...release, bindTo: releasePods },
        { purpose: IngressControllerTokens.NIGHTLY_PULL, ...nightly, bindTo: nightlyPods },
      ],
      push: [
        { purpose: IngressControllerTokens.RELEASE_PUSH, ...release },
        { purpose: IngressControllerTokens.NIGHTLY_PUSH, ...nightly },
      ],
    };
  }

  private constructor() {}
}

/** Whose the four tokens are, and whose pods pull with them. */
export interface IngressControllerTokensProps {
  /**
   * Name of the organisation at Docker Hub.
   *
   * @default kong
   * @pattern ^[A-Za-z0-9][-A-Za-z0-9._]{0,127}$
   * @patternErrorMessage expected the organisation's name at the registry, such as kong
   */
  readonly organization?: string;

  /**
   * Who answers for the tokens: a team or an address.
   *
   * @minLength 1
   * @maxLength 253
   */
  readonly owner: string;

  /**
   * Pods that pull releases.
   *
   * @default - none in this cluster
   */
  readonly releasePods?: TokenBindingProps[];

  /**
   * Pods that pull nightly builds.
   *
   * @default - none in this cluster
   */
  readonly nightlyPods?: TokenBindingProps[];

  /**
   * How many tokens the organisation may have.
   *
   * @default - no limit is known
   */
  readonly quota?: TokenQuotaProps;
}
