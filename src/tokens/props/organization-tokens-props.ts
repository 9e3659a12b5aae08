import type { SharedAccountProps } from './shared-account-props';
import type { PullTokenProps, PushTokenProps } from './token-props';

/** The access tokens of one organisation at one registry. */
export interface OrganizationTokensProps {
  /**
   * Name of the organisation at the registry. At Docker Hub it is the user name of each of its tokens.
   *
   * @pattern ^[A-Za-z0-9][-A-Za-z0-9._]{0,127}$
   * @patternErrorMessage expected the organisation's name at the registry, such as kong
   */
  readonly organization: string;

  /**
   * The registry, by the host name that image references carry.
   *
   * @default docker.io
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(:[0-9]{1,5})?$
   * @patternErrorMessage expected a host name in lower case, with a port if it has one, such as docker.io
   */
  readonly registry?: string;

  /**
   * What kind of registry it is: says how a token's user is called, and how `tokens verify` may ask.
   *
   * @default - by the host name: docker-hub, ghcr, quay, ecr, acr or gar, gitlab at registry.gitlab.com, gitea at gitea.com and
   * codeberg.org; generic for all others
   */
  readonly driver?: RegistryDriver;

  /**
   * How many tokens the organisation may have at the registry.
   *
   * @default - no limit is known
   */
  readonly quota?: TokenQuotaProps;

  /**
   * Tokens that pull.
   *
   * @default - none
   */
  readonly pull?: PullTokenProps[];

  /**
   * Tokens that push.
   *
   * @default - none
   */
  readonly push?: PushTokenProps[];

  /**
   * The account that these tokens take the place of.
   *
   * @default - there is none
   */
  readonly sharedAccount?: SharedAccountProps;
}

/**
 * A kind of registry. docker-hub: organisation access tokens, the user is the organisation. ghcr: classic tokens of a user. harbor and
 * quay: robot accounts. gitea: tokens of a user of Gitea or Forgejo. gitlab: deploy tokens, the user is called as the token's Secret. ecr,
 * acr, gar: by a credential provider of the kubelet. generic: the organisation is the user.
 */
export type RegistryDriver =
  | 'docker-hub'
  | 'ghcr'
  | 'harbor'
  | 'quay'
  | 'gitea'
  | 'gitlab'
  | 'ecr'
  | 'acr'
  | 'gar'
  | 'generic';

/** How many tokens an organisation may have. Expired and deactivated ones use a place until they are deleted. */
export interface TokenQuotaProps {
  /**
   * Docker's plan: `team` has 10 tokens, `business` 100.
   *
   * @default - `limit` is used
   */
  readonly plan?: 'team' | 'business';

  /**
   * How many tokens it may have, where that is not a plan's number.
   *
   * @default - the plan's
   * @minimum 1
   * @maximum 100000
   * @asType integer
   */
  readonly limit?: number;

  /**
   * Tokens of the organisation that are not in this list: other products', expired and deactivated ones.
   *
   * @default 0
   * @minimum 0
   * @maximum 100000
   * @asType integer
   */
  readonly others?: number;

  /**
   * How many tokens are replaced at the same time in a rotation; each counts twice meanwhile.
   *
   * @default - all of them
   * @minimum 1
   * @maximum 100000
   * @asType integer
   */
  readonly replacedAtOnce?: number;
}
