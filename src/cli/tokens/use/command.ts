import type { Spelling } from '../../../stack/spelling';
import type { ResolvedTokens } from '../../../tokens/model/resolved';
import { type ClusterAccess, withAccess } from '../../kubectl/access';
import { Kubectl } from '../../kubectl/kubectl';
import type { CliCommand } from '../../shared/cli-command';
import { spellingOf } from '../../shared/started';
import { type Input, type InputOptions, readInput, withInput } from '../input';
import { ACCESS, type WantedUse } from './read';

/** Options of a command that compares stack.yaml with a cluster. */
interface Options extends InputOptions, ClusterAccess {
  readonly json: boolean;
}

/** What such a command does; it returns its exit code. */
export type Compare = (input: Input, kubectl: Kubectl, json: boolean, spelling: Spelling) => Promise<number>;

/**
 * Adds a command that compares stack.yaml with a cluster.
 *
 * @param command the command
 * @param help what comes after its options
 * @param timeout how long it may take by default
 * @param compare what it does
 */
export function addCompare(command: CliCommand, help: string, timeout: string, compare: Compare): void {
  withAccess(withInput(command))
    .option('--json', 'print it for a program', false)
    .addHelpText('after', `${help}\n${ACCESS}`)
    .endsWithin(timeout, async ({ json, kubeconfig, context, ...options }: Options, signal) => {
      const input = readInput(options);
      const { namespace } = input.cluster;
      const kubectl = new Kubectl({ kubeconfig, context, namespace }, signal);
      try {
        return await compare(input, kubectl, json, spellingOf({ ...options, kubeconfig, context }));
      } finally {
        await kubectl.end();
      }
    });
}

/** What is looked for: all that stack.yaml names, and nothing else. */
export function wantedOf({ organizations, tokens }: ResolvedTokens): WantedUse {
  const accounts = organizations.flatMap(({ sharedAccount }) => (sharedAccount ? [sharedAccount] : []));
  return {
    registries: unique(organizations.map(({ registry }) => registry)),
    users: unique([
      ...organizations.map(({ organization }) => organization),
      ...tokens.map(({ user }) => user),
      ...accounts.map(({ user }) => user),
    ]),
    names: unique([...tokens.map(({ secret }) => secret), ...accounts.map(({ secret }) => secret)]),
  };
}

function unique(all: (string | undefined)[]): string[] {
  return [...new Set(all.flatMap((one) => (one === undefined ? [] : [one])))];
}
