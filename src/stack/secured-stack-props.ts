import type { ClusterProps } from './cluster-props';

/** One cluster's whole stack, and the day on which it is made. */
export interface SecuredStackProps extends ClusterProps {
  /**
   * The day on which the dates of tokens and of shared accounts are judged, as YYYY-MM-DD. Objects never depend on it, only
   * warnings and errors do.
   *
   * @default - today, in UTC
   */
  readonly today?: string;
}
