import { counted } from '../../../settings/counted';
import type { Spelling } from '../../../stack/spelling';
import type { Kubectl } from '../../kubectl/kubectl';
import type { CliCommand } from '../../shared/cli-command';
import { exitCodeFor } from '../../shared/finding';
import { findingsJson } from '../../shared/findings-json';
import { findingsText, levelled } from '../../shared/findings-text';
import { asJson, print } from '../../shared/table';
import { TIMEOUTS } from '../../shared/timeouts';
import type { Input } from '../input';
import { addCompare, wantedOf } from '../use/command';
import { lookedAt, lookedAtText } from '../use/facts';
import { readUse } from '../use/read';
import { driftFindings } from './verdict';

/**
 * Adds `tokens drift`: how stack.yaml and the cluster differ.
 *
 * @param tokens the command `tokens`
 */
export function addDrift(tokens: CliCommand): void {
  const command = tokens
    .command('drift')
    .summary('compare the declared tokens with what the cluster uses')
    .description(
      'Compares the tokens of stack.yaml with what the cluster uses: declared and unused, used and undeclared.',
    );
  addCompare(command, HELP, TIMEOUTS['tokens drift'], drift);
}

async function drift(input: Input, kubectl: Kubectl, json: boolean, spelling: Spelling): Promise<number> {
  const { cluster, tokens, today } = input;
  const accounts = cluster.organizations.some(({ sharedAccount }) => sharedAccount !== undefined);
  if (tokens.length === 0 && !accounts) {
    print(json ? asJson({ day: today, ...findingsJson([]) }) : ['stack.yaml names no tokens']);
    return 0;
  }
  const use = await readUse(kubectl, wantedOf(cluster));
  const findings = driftFindings({ cluster, tokens, use, today, spelling });
  const looked = lookedAt(use);
  print(
    json
      ? asJson({ day: today, ...findingsJson(findings), lookedAt: looked })
      : [
          ...findingsText(findings),
          ...(findings.length === 0
            ? [levelled('ok', `${counted(tokens.length, 'token')}: the cluster is as declared`)]
            : []),
          lookedAtText(looked),
        ],
  );
  return exitCodeFor(findings);
}

const HELP = `
Declared and unused: a Secret that is missing, of the wrong type, with another user, or without a key for each repository (path and all,
in all spellings of Docker Hub); a ServiceAccount that is missing or does not list it; a token that nothing names. Used and
undeclared: a Secret with the organisation's credential that no token declares, a declared one elsewhere, a ServiceAccount, pod or
workload that pulls with a token and is not declared to, a token that pushes as imagePullSecret. And credentials that hide a revocation: when
a token is refused, nodes go on to the next shorter key that fits.

Examples:
  secure-mirror tokens drift
  secure-mirror tokens drift -f stack.yaml --cluster production --context production
  secure-mirror tokens drift --json | jq -r '.findings[] | [.level, .code, .subject] | @tsv'

Exit codes: 0 no problem (there may be warnings), 1 a problem, 2 the command could not ask.`;
