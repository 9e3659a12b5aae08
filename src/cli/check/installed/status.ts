import { CliError } from '../../shared/cli-error';
import { finding } from '../../shared/finding';
import { readStatus } from '../../status/status';
import { statusFindings } from '../../status/verdict';
import type { Check } from '../check';

/** All that `secure-mirror status` finds, in the same words. */
export const status: Check = {
  name: 'status',
  title: 'what `secure-mirror status` says: peers, credential, certificates',
  when: 'after',
  run: async ({ kubectl }) => {
    try {
      return statusFindings(await readStatus(kubectl));
    } catch (error) {
      if (!(error instanceof CliError && error.kind === 'absent')) throw error;
      return [finding('unknown', status.name, '', 'not tried: nothing is installed')];
    }
  },
};
