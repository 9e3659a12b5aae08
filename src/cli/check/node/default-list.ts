import { DEFAULT_LIST } from '../../../mirror/platforms';
import { configurationOf } from './containerd-config';
import { probeCheck, type Remark } from './look';

/** Whether something keeps the agent from making its link for containerd's default list. */
export const defaultList = probeCheck(
  { name: 'default-list', title: "the link that makes containerd's default list of folders work", when: 'always' },
  (probed, { mirror }): Remark => {
    const { configPath, localPullThen } = configurationOf(probed);
    const place = `${mirror.paths.registryConfig}:/etc`;
    if (configPath !== DEFAULT_LIST.join(':') || localPullThen !== undefined) {
      return { level: 'ok', message: 'not needed: containerd reads the folder of the mirror without it' };
    }
    if (!mirror.linkDefaultList) return { level: 'ok', message: 'switched off in stack.yaml (linkDefaultList: false)' };
    switch (probed.facts.list) {
      case 'leads':
        return { level: 'ok', message: `${place}/docker/certs.d leads to ${mirror.paths.registryConfig}` };
      case 'foreign':
        return {
          level: 'problem',
          message: `somebody has made ${place}, and the agent leaves it as it is: it does not lead to ${mirror.paths.registryConfig}`,
          fix: `look at what it is for, and delete it: rm -rf '${place}'`,
        };
      default:
        return { level: 'ok', message: `nothing is at ${place}: the agent can make its link` };
    }
  },
);
