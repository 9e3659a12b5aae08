import { stackLabels } from '../../kubernetes/names';

/** Commands whose runs make things in the cluster. */
export type RunCommand = (typeof COMMANDS)[number];

const COMMANDS = ['check', 'verify'] as const;

/** Label of all that a run makes; its value is the run. The option --clean finds by it what a killed run left. */
export const RUN_LABEL = 'secure-mirror/check';

const MANAGED_BY = 'app.kubernetes.io/managed-by';

/** Labels of all that a run makes: not those by which a Service or a policy knows the mirror's pods. */
export function runLabels(run: string): { readonly [label: string]: string } {
  return { [MANAGED_BY]: stackLabels[MANAGED_BY] ?? '', [RUN_LABEL]: run };
}

/** The namespace of a run. */
export function runNamespace(command: RunCommand, run: string): string {
  return `secure-mirror-${command}-${run}`;
}

/** Whether a run made a namespace, by its name and its label: anybody may label a namespace of their own, or of others. */
export function isOfRun(namespace: string, labels: { readonly [label: string]: string } = {}): boolean {
  const run = labels[RUN_LABEL];
  return run !== undefined && COMMANDS.some((command) => namespace === runNamespace(command, run));
}
