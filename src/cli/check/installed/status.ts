import { containers, DAEMON_SET } from '../../../mirror/contract/names';
import type { Check } from '../../probe/check';
import { CliError } from '../../shared/cli-error';
import { finding } from '../../shared/finding';
import { spellingOf } from '../../shared/started';
import { readStatus } from '../../status/status';
import { statusFindings } from '../../status/verdict';
import { peersFinding } from './peers';

/** All that `secure-mirror status` finds, in the same words. */
export const status: Check = {
  name: 'status',
  title: 'what `secure-mirror status` says: peers, credential, certificates',
  when: 'after',
  run: async ({ kubectl, mirror }) => {
    try {
      const facts = await readStatus(kubectl);
      const logs = `${spellingOf(kubectl.access).kubectl(mirror.namespace)} logs daemonset/${DAEMON_SET} -c ${containers.spegel}`;
      return [...statusFindings(facts), peersFinding(facts.nodes, logs)];
    } catch (error) {
      if (!(error instanceof CliError && error.kind === 'absent')) throw error;
      return [finding('unknown', status.name, '', 'not tried: nothing is installed')];
    }
  },
};
