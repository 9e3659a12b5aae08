import type { Check } from './check';
import { certManager } from './cluster/cert-manager';
import { clusterVersion } from './cluster/cluster-version';
import { dns } from './cluster/dns';
import { issuer } from './cluster/issuer';
import { namespace } from './cluster/namespace';
import { namespaces } from './cluster/namespaces';
import { networkPolicies } from './cluster/network-policies';
import { otherMirrors } from './cluster/other-mirrors';
import { rights, rightsToApply } from './cluster/rights';
import { secrets } from './cluster/secrets';
import { certificates } from './installed/certificates';
import { installed } from './installed/installed';
import { status } from './installed/status';

/** What a run looks at. */
export interface Selection {
  /** Whether nothing is installed yet. */
  readonly pre: boolean;
  /** Whether it pulls an image as a proof. */
  readonly pull: boolean;
  /**
   * The image that it pulls.
   *
   * @default - one that a node has and another lacks
   */
  readonly image?: string;
}

const clusterChecks: readonly Check[] = [
  clusterVersion,
  rights,
  rightsToApply,
  certManager,
  issuer,
  namespaces,
  secrets,
  namespace,
  networkPolicies,
  dns,
  otherMirrors,
];

const installedChecks: readonly Check[] = [installed, certificates, status];

/** All checks, in the order in which people read them. */
export const checks: readonly Check[] = [...clusterChecks, ...installedChecks];

/** The checks of a run. */
export function checksFor({ pre }: Selection): readonly Check[] {
  return checks.filter(({ when }) => when === 'always' || when === (pre ? 'before' : 'after'));
}
