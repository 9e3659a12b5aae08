import type { Check } from '../probe/check';
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
import { nodeChecks } from './node/checks';
import { pullCheck } from './pull/check';

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

/** Checks that pull no image for the sake of it. */
const usualChecks: readonly Check[] = [...clusterChecks, ...nodeChecks, ...installedChecks];

/** All checks, in the order in which people read them. */
export const checks: readonly Check[] = [...usualChecks, pullCheck()];

/** The checks of a run. */
export function checksFor({ pre, pull, image }: Selection): readonly Check[] {
  const usual = usualChecks.filter(({ when }) => when === 'always' || when === (pre ? 'before' : 'after'));
  return [...usual, ...(pull ? [pullCheck(image)] : [])];
}
