import { inspects } from '../kubectl/inspection';
import type { CliCommand } from '../shared/cli-command';
import { TIMEOUTS } from '../shared/timeouts';
import { status } from './status';

const HELP = `
Examples:
  secure-mirror status
  secure-mirror status --context production --namespace images
  until secure-mirror status >/dev/null; do sleep 10; done   # after a change of the password
  secure-mirror status --json | jq .problems`;

/** Completes `status`. */
export function addStatus(command: CliCommand): void {
  inspects(command, HELP, TIMEOUTS.status, status);
}
