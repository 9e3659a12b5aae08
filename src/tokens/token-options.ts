import type { RegistryDriver } from '../config/organization-tokens-props';
import type { PullTokenProps, PushTokenProps } from '../config/token-props';

/** Whose token it is. */
export interface TokenOrganizationProps {
  /** Name of the organisation at the registry. */
  readonly organization: string;

  /**
   * The registry, by the host name that image references carry.
   *
   * @default docker.io
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
   */
  readonly mirrorNamespace?: string;
}

/** A token that pulls, and whose it is. */
export interface PullTokenOptions extends PullTokenProps, TokenOrganizationProps {}

/** A token that pushes, and whose it is. */
export interface PushTokenOptions extends PushTokenProps, TokenOrganizationProps {}
