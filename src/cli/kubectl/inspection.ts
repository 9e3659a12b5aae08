import { DEFAULT_NAMESPACE } from '../../kubernetes/names';
import type { CliCommand } from '../shared/cli-command';
import { EXIT_CODES } from '../shared/exit-codes';
import { type ClusterAccess, withAccess } from './access';
import { Kubectl } from './kubectl';

interface Options extends ClusterAccess {
  readonly namespace: string;
  readonly json: boolean;
}

const ACCESS = `
It asks with your own kubectl and your own rights: to get the DaemonSet, pods, Secrets and Certificates of the namespace, their issuer,
and to run "cat" in the mirror's pods. It reads only certificates of Secrets, never a key or a password.`;

/**
 * Makes a command inspect a stack.
 *
 * @param command the command
 * @param help examples, and what else its help says
 * @param timeout how long it may take by default
 * @param inspect asks the cluster, prints JSON if told so, and returns the exit code
 */
export function inspects(
  command: CliCommand,
  help: string,
  timeout: string,
  inspect: (kubectl: Kubectl, json: boolean) => Promise<number>,
): void {
  const summary = command.summary();
  withAccess(command)
    .description(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`)
    .option('-n, --namespace <name>', 'namespace of the mirror', DEFAULT_NAMESPACE)
    .option('--json', 'print JSON', false)
    .addHelpText('after', `${help}\n${ACCESS}\n${EXIT_CODES}`)
    .endsWithin(timeout, async ({ json, ...access }: Options, signal) => {
      const kubectl = new Kubectl(access, signal);
      try {
        return await inspect(kubectl, json);
      } finally {
        await kubectl.end();
      }
    });
}
