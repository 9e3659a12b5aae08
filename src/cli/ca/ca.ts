import type { Kubectl } from '../kubectl/kubectl';
import { exitCodeFor } from '../shared/finding';
import { findingsJson } from '../shared/findings-json';
import { findingsText } from '../shared/findings-text';
import { asJson, day, print, table } from '../shared/table';
import { commandsFor } from './commands';
import type { CaFacts, CaVerdict } from './facts';
import { gather } from './gather';
import { caVerdict } from './verdict';

/**
 * Prints where a change of CA stands.
 *
 * @param kubectl asks the cluster
 * @param json whether it prints JSON
 * @returns the exit code: also 1 while the next step is not safe
 */
export async function ca(kubectl: Kubectl, json: boolean): Promise<number> {
  const facts = await gather(kubectl);
  const verdict = caVerdict(facts);
  const commands = verdict.advice ? commandsFor(verdict.advice, facts, kubectl.command) : [];
  const code = verdict.safe ? exitCodeFor(verdict.findings) : 1;
  print(json ? asJson({ ...asValue(facts, verdict, commands), ok: code === 0 }) : asText(facts, verdict, commands));
  return code;
}

const STEPS: { readonly [step in CaVerdict['step']]: string } = {
  none: 'none',
  steady: 'steady: one CA, no change is under way',
  bundle: '1 of 3, bundle: both CAs are trusted everywhere',
  leaf: '2 of 3, leaf: the new CA signs',
  drop: '3 of 3, drop: the old CA goes out of the bundle',
};

function asText(facts: CaFacts, verdict: CaVerdict, commands: string[]): string[] {
  const cas = casOf(facts).map((ca) => [
    ca.subject,
    ca.fingerprint.slice(0, 11),
    ca.inBundle ? 'yes' : 'no',
    ca.issues.join(', ') || '-',
    day(ca.notAfter),
  ]);
  const nodes = nodesOf(facts).map(({ node, trusts, version = '-', silence }) =>
    silence === undefined ? [node, `${trusts.length}`, version] : [node, '?', silence],
  );
  return [
    ...(cas.length > 0 ? [...table(['CA', 'SHA-256', 'IN BUNDLE', 'SIGNED', 'ENDS'], cas), ''] : []),
    ...(facts.bundle ? [...table(['NODE', 'CAS TRUSTED', 'IDENTITY'], nodes), ''] : []),
    ...findingsText(verdict.findings),
    `step     ${STEPS[verdict.step]}`,
    `safe     ${verdict.safe ? 'yes' : 'no'}`,
    `next     ${verdict.next}`,
    ...(commands.length > 0 ? ['', ...commands.map((command) => `  ${command}`)] : []),
  ];
}

function asValue(facts: CaFacts, { step, safe, next, findings }: CaVerdict, commands: string[]): object {
  return { ...findingsJson(findings), step, safe, next, commands, nodes: nodesOf(facts), cas: casOf(facts) };
}

/** Each node and its trusted CAs, by their fingerprints, or by their ids where the fingerprint is unknown. */
function nodesOf({ nodes, authorities }: CaFacts) {
  return nodes.map(({ node, trusts, version, silence }) => ({
    node,
    trusts: trusts.map((id) => authorities.find((ca) => ca.id === id)?.fingerprint ?? id),
    version,
    silence,
  }));
}

function casOf({ authorities, bundle, leafs }: CaFacts) {
  return authorities.map(({ subject, fingerprint, notAfter }) => ({
    subject,
    fingerprint,
    notAfter,
    inBundle: bundle?.trusts.includes(fingerprint) ?? false,
    issues: leafs.filter(({ signers }) => signers.includes(fingerprint)).map(({ identity }) => identity),
  }));
}
