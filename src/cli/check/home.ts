import { App, Chart } from 'cdk8s';
import { MirrorNamespace } from '../../mirror/pod/namespace';
import type { ResolvedMirror } from '../../mirror/resolved';
import type { HomeProps } from '../probe/probe-home';

/** The parts of the settings that a home depends on. */
type Settings = Pick<ResolvedMirror, 'namespace' | 'platform' | 'imagePullSecrets' | 'pod'>;

/**
 * Where the pods of checks are: in a namespace like the mirror's. Images that only a pull secret opens are the exception: a Secret is
 * never copied, so these pods are in the mirror's namespace, where it is.
 */
export function checkHome({ namespace, platform, imagePullSecrets, pod }: Settings): HomeProps {
  return {
    command: 'check',
    objects: (name) => {
      const chart = new Chart(new App(), 'check');
      new MirrorNamespace(chart, 'namespace', { name, platform, priorityClassName: pod.priorityClassName });
      return chart.toJson();
    },
    isolated: true,
    ...(imagePullSecrets.length > 0 ? { shared: { namespace, imagePullSecrets } } : {}),
  };
}
