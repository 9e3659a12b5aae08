import { notPossibleOn } from '../../../mirror/platform-settings/not-possible';
import { objectCheck, type Remark } from './look';
import { atLeast, runtimeOf } from './runtime';

const RELEASES = 'https://containerd.io/releases/';

/** Lines of containerd that ended, and when. */
const ENDED = new Map([
  ['1.7', 'September 2026'],
  ['2.1', 'July 2026'],
  ['2.2', 'November 2026'],
]);

/** Whether the runtime of a node can use a mirror. */
export const containerd = objectCheck(
  { name: 'containerd', title: 'the container runtime of each node', when: 'always' },
  ({ status: { nodeInfo } }): Remark => {
    const text = nodeInfo.containerRuntimeVersion;
    const impossible = notPossibleOn(nodeInfo);
    if (impossible !== undefined) {
      const { name, why, sources } = impossible;
      const fix = [
        'keep the mirror away from these nodes by nodeSelector in stack.yaml, or run them with containerd',
        ...sources,
      ];
      return { level: 'problem', message: `not possible with ${name} (${text}): ${why}`, fix: fix.join('\n') };
    }
    const runtime = runtimeOf(text);
    if (runtime.name !== 'containerd') {
      return {
        level: 'problem',
        message: `not possible with ${text}: the mirror writes settings that containerd alone reads`,
        fix: 'keep the mirror away from these nodes by nodeSelector in stack.yaml, or run them with containerd',
      };
    }
    if (!atLeast(runtime, 1, 7)) {
      return {
        level: 'problem',
        message: `containerd ${runtime.version} is older than 1.7, the first that the mirror works with`,
        fix: `update containerd: ${RELEASES} says which lines are maintained`,
      };
    }
    const line = runtime.numbers.join('.');
    const end = ENDED.get(line);
    if (end !== undefined) {
      return {
        level: 'warning',
        message: `containerd ${runtime.version} works, but its line ${line} ended in ${end} and gets no security fixes from the project`,
        fix: `update to 2.3, which is maintained until April 2028: ${RELEASES}`,
      };
    }
    return { level: 'ok', message: `containerd ${runtime.version}` };
  },
);
