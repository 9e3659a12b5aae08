import type { Manifest } from '../../../support';
import { podOf, pullSecret, serviceAccount, workload } from './objects';
import { hubKeys } from './stack';

/** The names of the Secrets of a test's tokens. */
export const RELEASE = 'kubernetes-ingress-controller-pull';
export const NIGHTLY = 'nightly-ingress-controller-pull';
export const RELEASE_PUSH = 'kubernetes-ingress-controller-push';
export const NIGHTLY_PUSH = 'nightly-ingress-controller-push';

/** A cluster that is as `stackText` says. */
export function asDeclared(): Manifest[] {
  return [
    pullSecret('kong', RELEASE, hubKeys('kong', 'kong/kubernetes-ingress-controller')),
    pullSecret('kong', NIGHTLY, hubKeys('kong', 'kong/nightly-ingress-controller')),
    pullSecret('build', RELEASE_PUSH, { 'https://index.docker.io/v1/': 'kong' }),
    serviceAccount('kong', 'controller', RELEASE, NIGHTLY),
    serviceAccount('kong', 'default'),
    serviceAccount('build', 'builder'),
    workload('Deployment', 'kong', 'controller', { serviceAccountName: 'controller' }),
    podOf('controller', 'kong', 'a', {
      serviceAccountName: 'controller',
      imagePullSecrets: [{ name: RELEASE }, { name: NIGHTLY }],
    }),
    workload('Job', 'build', 'release', {
      serviceAccountName: 'builder',
      volumes: [{ name: 'docker', secret: { secretName: RELEASE_PUSH } }],
    }),
  ];
}
