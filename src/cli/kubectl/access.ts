import type { Command } from 'commander';

/** Access to a cluster. */
export interface ClusterAccess {
  /**
   * File with the access to clusters.
   *
   * @default - kubectl's own
   */
  readonly kubeconfig?: string;
  /**
   * Context in that file.
   *
   * @default - the current one
   */
  readonly context?: string;
}

/** Adds the options to a command that asks a cluster. */
export function withAccess<C extends Command>(command: C): C {
  return command
    .option('--kubeconfig <file>', "file with the access to clusters (default: kubectl's own)")
    .option('--context <name>', 'context in that file (default: the current one)');
}
