import { resolveMirror } from '../../mirror/resolve';
import type { CliCommand } from '../shared/cli-command';
import { type ClusterOptions, readCluster, withCluster } from '../shared/cluster';
import { EXIT_CODES } from '../shared/exit-codes';
import { asJson, print } from '../shared/table';
import { asText, asValue } from './text';

interface ReachabilityOptions extends ClusterOptions {
  readonly json: boolean;
}

const HELP = `
It reads stack.yaml alone, and asks no cluster: it says what the policies that
the stack writes allow, if the cluster enforces them. Whether it does,
"secure-mirror check --check network-policies" tries.

Examples:
  secure-mirror reachability
  secure-mirror reachability -f stack.yaml --cluster east
  secure-mirror reachability --json | jq '.rows[] | select(.verdict == "open")'
${EXIT_CODES}`;

/** Completes `reachability`. */
export function addReachability(command: CliCommand): void {
  withCluster(command)
    .description(
      "Shows who reaches which port of the mirror's pods, what a caller must present there, and what policies cannot do.",
    )
    .option('--json', 'print JSON', false)
    .addHelpText('after', HELP)
    .exitsWith((options: ReachabilityOptions) => {
      const mirror = resolveMirror(readCluster(options));
      print(options.json ? asJson(asValue(mirror)) : asText(mirror));
      return 0;
    });
}
