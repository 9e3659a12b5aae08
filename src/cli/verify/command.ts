import { withAccess } from '../kubectl/access';
import type { CliCommand } from '../shared/cli-command';
import { withCluster } from '../shared/cluster';
import { TIMEOUTS } from '../shared/timeouts';
import { verify } from './verify';

/** Completes `verify`. */
export function addVerify(command: CliCommand): void {
  command.description('Attacks the mirror of a cluster, and shows which attack met which lock.');
  withAccess(withCluster(command))
    .option('--row <id...>', 'only these rows, such as T2 T7 (default: all)')
    .option('--disturb', 'also rows that leave a node without its mirror for seconds', false)
    .option('--image <reference>', "the image that T17 pulls (default: the proxy's)")
    .option('-n, --namespace <name>', "namespace of the pods to attack (default: the mirror's)")
    .option('--selector <labels>', "labels of the pods to attack (default: the mirror's)")
    .option('--timeout <duration>', `end the whole run after so long (default: ${TIMEOUTS.verify})`)
    .option('--json', 'print JSON', false)
    .option('--junit <file>', 'write JUnit XML too; - prints it')
    .option('--clean', 'remove what killed runs left in the cluster, and try nothing', false)
    .addHelpText('after', HELP)
    .exitsWith(verify);
}

const HELP = `
It tries the attacks of docs/security.md as a tenant would: from short-lived,
restricted pods in a namespace secure-mirror-verify-… of their own, by the
API server, and by the kubelet. It removes them at the end, and at Ctrl-C.
It uses and prints no key and no password. docs/verify.md has the rows, and
the rights that they need.

A line is ✔ tried and stopped, ℹ not tried by design, ‼ a lock is missing and
others hold, ✘ an attack succeeded, ? it could not try.

Examples:
  secure-mirror verify
  secure-mirror verify --row T2 --row T7 --json
  secure-mirror verify --disturb --junit report.xml
  secure-mirror verify -n spegel --selector LABEL=VALUE

Exit codes: 0 what was tried is protected, 1 an attack succeeded, 2 the command
could not try something; 130 after Ctrl-C.`;
