import type { RegistryDriver } from '../props/organization-tokens-props';
import type { PullTokenProps, PushTokenProps } from '../props/token-props';

/** Whose token it is. */
export interface TokenOrganizationProps {
  /**
   * Name of the organisation at the registry.
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
   * Namespace of the mirror, whose own pods may pull with a token.
   *
   * @default secured-mirror
   * @pattern ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
   * @patternErrorMessage expected a DNS label: at most 63 lower-case letters, digits and '-', with a letter or digit at
   * both ends
   */
  readonly mirrorNamespace?: string;
}

/** A token that pulls, and whose it is. */
export interface PullTokenOptions extends PullTokenProps, TokenOrganizationProps {}

/** A token that pushes, and whose it is. */
export interface PushTokenOptions extends PushTokenProps, TokenOrganizationProps {}

/** A token that pulls, alone or among its organisation's. */
export interface IPullToken {
  /** What it is for. */
  readonly purpose: string;
  /** Name of its Secret in each namespace; nothing where a credential provider brings it. */
  readonly imagePullSecret: string | undefined;
}

/** A token that pushes, alone or among its organisation's. */
export interface IPushToken {
  /** What it is for. */
  readonly purpose: string;
  /** Name of its Secret; no other Secret may have this name. */
  readonly buildSecret: string;
}
