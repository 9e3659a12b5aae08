import { serverContainer } from '../../probe/probe-containers';
import { probeNodes } from '../../probe/probe-nodes';
import type { RunningProbe } from '../../probe/probes';
import type { VerifyContext } from '../row';

/** It answers for all rows of a run. */
const SECONDS = 400;

const controls = new WeakMap<VerifyContext, Promise<RunningProbe>>();

/** A pod that answers everybody, by which an attacker shows that its network works; one for all rows. */
export function controlOf(context: VerifyContext): Promise<RunningProbe> {
  const known = controls.get(context) ?? start(context);
  controls.set(context, known);
  return known;
}

function start({ probes, mirror, nodes }: VerifyContext): Promise<RunningProbe> {
  const [node] = probeNodes(nodes);
  const spec = { containers: [serverContainer(mirror.images.envoy)] };
  return probes.start({ purpose: 'control', node, spec }, SECONDS);
}
