import { inspects } from '../kubectl/inspection';
import type { CliCommand } from '../shared/cli-command';
import { TIMEOUTS } from '../shared/timeouts';
import { ca } from './ca';

const HELP = `
A change of CA interrupts nothing in three steps: 1 bundle, both CAs are trusted everywhere; 2 leaf, the new CA signs; 3 drop, the
old one goes. Run it before and after each: it prints the commands to type, and whether it is safe to type them now.

Examples:
  secure-mirror ca
  until secure-mirror ca >/dev/null; do sleep 10; done       # until the next step is safe
  secure-mirror ca --json | jq .step`;

/** Completes `ca`. */
export function addCa(command: CliCommand): void {
  inspects(command, HELP, TIMEOUTS.ca, ca);
}
