/** An account that many shared, and the day it ends. */
export interface SharedAccountProps {
  /**
   * Its user name at the registry.
   *
   * @pattern ^[^\s:{}"]{1,253}$
   * @patternErrorMessage expected a user name, without spaces, ':', '{', '}' and '"'
   */
  readonly user: string;

  /**
   * Name of its Secrets in the cluster.
   *
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as shared-registry-account
   * @maxLength 253
   */
  readonly secret: string;

  /**
   * Last day on which it may be used, in UTC.
   *
   * @pattern ^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$
   * @patternErrorMessage expected a day, such as 2025-06-15
   */
  readonly retireBy: string;

  /**
   * What still uses it. ServiceAccounts that tokens are bound to and that are named here get its Secret too, after the tokens'.
   *
   * @default - nothing
   */
  readonly usedBy?: SharedAccountUsesProps;

  /**
   * A later day, with its reason.
   *
   * @default - none: after `retireBy` synth refuses while anything uses it
   */
  readonly extension?: RetirementExtensionProps;
}

/** What still uses a shared account. */
export interface SharedAccountUsesProps {
  /**
   * ServiceAccounts of this cluster.
   *
   * @default - none
   */
  readonly serviceAccounts?: SharedAccountUserProps[];

  /**
   * CI workflows.
   *
   * @default - none
   */
  readonly workflows?: string[];

  /**
   * Developers, or their teams.
   *
   * @default - none
   */
  readonly developers?: string[];
}

/** ServiceAccounts whose pods still pull with a shared account. */
export interface SharedAccountUserProps {
  /**
   * Their namespace.
   *
   * @pattern ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
   * @patternErrorMessage expected a DNS label: at most 63 lower-case letters, digits and '-', with a letter or digit at
   * both ends
   */
  readonly namespace: string;

  /**
   * Their names.
   *
   * @minItems 1
   */
  readonly names: string[];
}

/** A later day for a shared account. */
export interface RetirementExtensionProps {
  /**
   * Last day on which it may be used, in UTC.
   *
   * @pattern ^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$
   * @patternErrorMessage expected a day, such as 2025-06-15
   */
  readonly until: string;

  /**
   * Why, and who decided it.
   *
   * @minLength 1
   * @maxLength 1000
   */
  readonly reason: string;
}
