import { withAccess } from '../kubectl/access';
import type { CliCommand } from '../shared/cli-command';
import { withCluster } from '../shared/cluster';
import { TIMEOUTS } from '../shared/timeouts';
import { check } from './check-cluster';

/** Completes `check`. */
export function addCheck(command: CliCommand): void {
  command
    .description('Shows whether the mirror works on a cluster, and if not, why and what to do.')
    .option('--pre', 'before anything is installed: can it work here?', false)
    .option('--pull', 'pull an image on one node from another one, and show which bytes came from where', false)
    .option('--image <reference>', 'the image of --pull (default: one that a node has and another lacks)');
  withAccess(withCluster(command))
    .option('--check <name...>', 'only these checks (default: all)')
    .option('--wait <duration>', 'repeat checks with a problem for so long, such as 5m')
    .option('--timeout <duration>', `end the whole run after so long (default: ${TIMEOUTS.check}, and --wait)`)
    .option('--json', 'print JSON', false)
    .option('--junit <file>', 'write JUnit XML too; - prints it')
    .option('--clean', 'remove what killed runs left in the cluster, and check nothing', false)
    .addHelpText('after', HELP)
    .exitsWith(check);
}

const HELP = `
It reads stack.yaml, asks with your own kubectl and your own rights, and tries
some things with short-lived pods of the stack's own images, in a namespace
secure-mirror-check-… of their own. It removes them at the end, and at Ctrl-C.
It reads no key and no password.

A line is ✔ seen to be right, ℹ a note, ‼ a warning, ✘ a problem, ? not tried.
Below it is what to do.

Examples:
  secure-mirror check --pre       # before you install
  secure-mirror check --wait 5m   # after: until all is well
  secure-mirror check --pull      # what comes from peers?
  secure-mirror check --check dns network-policies
  secure-mirror check --context production --json
  secure-mirror check --junit -

Exit codes: 0 nothing is wrong, 1 a problem, 2 the command could not try
something; 130 after Ctrl-C.`;
