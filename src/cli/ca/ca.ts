import type { Kubectl } from '../kubectl/kubectl';
import { asJson, day, print, table } from '../shared/table';
import { commandsFor } from './ca-commands';
import type { CaFacts, CaVerdict } from './ca-facts';
import { gather } from './ca-gather';
import { caVerdict } from './ca-verdict';

/**
 * Says where a change of CA stands.
 *
 * @param kubectl how the cluster is asked
 * @param json whether it is said to a program
 * @returns 0 when the next step may be taken, 1 when not, or when something is wrong
 */
export async function ca(kubectl: Kubectl, json: boolean): Promise<number> {
  const facts = await gather(kubectl);
  const verdict = caVerdict(facts);
  const commands = verdict.advice ? commandsFor(verdict.advice, facts, kubectl.command) : [];
  print(json ? asJson(asValue(facts, verdict, commands)) : asText(facts, verdict, commands));
  return verdict.safe && verdict.problems.length === 0 ? 0 : 1;
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
  const nodes = nodesOf(facts).map(({ node, trusts, generation = '-', silence }) =>
    silence === undefined ? [node, `${trusts.length}`, generation] : [node, '?', silence],
  );
  return [
    ...(cas.length > 0 ? [...table(['CA', 'SHA-256', 'IN BUNDLE', 'SIGNED', 'ENDS'], cas), ''] : []),
    ...(facts.bundle ? [...table(['NODE', 'CAS TRUSTED', 'IDENTITY'], nodes), ''] : []),
    ...verdict.problems.map((problem) => `problem: ${problem}`),
    `step:   ${STEPS[verdict.step]}`,
    `safe:   ${verdict.safe ? 'yes' : 'no'}`,
    `next:   ${verdict.next}`,
    ...verdict.notes.map((note) => `note:   ${note}`),
    ...(commands.length > 0 ? ['', ...commands.map((command) => `  ${command}`)] : []),
  ];
}

function asValue(facts: CaFacts, { step, safe, next, problems, notes }: CaVerdict, commands: string[]): object {
  return { step, safe, next, problems, notes, commands, nodes: nodesOf(facts), cas: casOf(facts) };
}

/** Each node, and which CAs it trusts, by their fingerprints as far as they are known. */
function nodesOf({ nodes, authorities }: CaFacts) {
  return nodes.map(({ node, trusts, generation, silence }) => ({
    node,
    trusts: trusts.map((id) => authorities.find((ca) => ca.id === id)?.fingerprint ?? id),
    generation,
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
