import { restricted } from '../../../../imports/pod-security';
import type { ProbePod } from '../../probe/probes';
import type { Candidate } from './candidates';

/** User and group `nobody`. */
const NOBODY = 65_534;

/**
 * A pod for which the kubelet pulls an image. It names a program that no image has, so nothing of the image ever runs: the runtime refuses to start it
 * after the pull.
 */
export function pullPod({ reference, target }: Pick<Candidate, 'reference' | 'target'>): ProbePod {
  return {
    purpose: 'pull',
    node: target,
    spec: {
      containers: [
        {
          name: 'pull',
          image: reference,
          imagePullPolicy: 'IfNotPresent',
          command: ['/pulled-by-secure-mirror-check-and-not-to-run'],
          securityContext: restricted(NOBODY),
        },
      ],
    },
  };
}
