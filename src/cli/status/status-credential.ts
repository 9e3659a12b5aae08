import { names } from '../shared/table';
import type { NodeFacts } from './nodes';
import type { CredentialReport } from './report';
import { type Finding, ok, problem, warning } from './status-facts';

interface OnNode {
  readonly node: string;
  readonly credential: CredentialReport;
}

/** What is to be said about the credential; nothing where basic authentication is not accepted. */
export function credentialFindings(nodes: NodeFacts[]): Finding[] {
  const all = nodes.flatMap(({ node, report }) =>
    report?.credential ? [{ node, credential: report.credential }] : [],
  );
  if (all.length === 0) {
    return [];
  }
  const having = (is: (credential: CredentialReport) => boolean) =>
    names(all.filter(({ credential }) => is(credential)).map(({ node }) => node));
  const lagging = having((credential) => credential.lagging);
  const invalid = having((credential) => !credential.valid);
  const dropOld = having((credential) => credential.dropOld);
  return [
    ...agreement(all),
    ...(lagging
      ? [problem(`credential: a peer refuses the new generation or still shows an old one: ${lagging}`)]
      : []),
    ...(invalid
      ? [problem(`credential: what the Secret holds is of no use, the last good one is kept: ${invalid}`)]
      : []),
    ...(dropOld
      ? [warning(`credential: drop-old is set in the Secret, so its next change interrupts; take it out: ${dropOld}`)]
      : []),
  ];
}

/** Whether all nodes have seen the same Secret. */
function agreement(all: OnNode[]): Finding[] {
  const target = newest(all);
  if (target === undefined) {
    const seen = [...new Set(all.map(({ credential }) => credential.newest))];
    const who = seen.map((generation) => `${shownGeneration(generation)} on ${names(nodesWith(all, generation))}`);
    return [problem(`credential: nodes disagree on the generation: ${who.join('; ')}`)];
  }
  const behind = all.filter(({ credential }) => credential.newest !== target);
  if (behind.length > 0) {
    const who = names(behind.map(({ node, credential }) => `${node} (${shownGeneration(credential.newest)})`));
    const hint = 'the kubelet brings it within about a minute and a half';
    return [problem(`credential: behind, generation ${shownGeneration(target)} has not come yet: ${who}; ${hint}`)];
  }
  const moving = all.filter(({ credential }) => credential.phase !== 0).length;
  const state = moving > 0 ? `; the change goes on on ${moving} of ${all.length}` : '';
  return [ok(`credential: all nodes agree on generation ${shownGeneration(target)}${state}`)];
}

/**
 * The generation that all are to follow: the one to which nodes are on their way, or that of the majority; nothing when there is
 * neither.
 */
function newest(all: OnNode[]): string | undefined {
  const moving = all.filter(({ credential }) => credential.phase !== 0).map(({ credential }) => credential);
  const older = moving.filter((one) => one.presented !== one.newest).map(({ presented }) => presented);
  const goals = new Set(moving.map((one) => one.newest).filter((generation) => !older.includes(generation)));
  const [goal] = goals;
  if (goals.size === 1) {
    return goal;
  }
  return all.map(({ credential }) => credential.newest).find((one) => nodesWith(all, one).length * 2 > all.length);
}

function nodesWith(all: OnNode[], generation: string): string[] {
  return all.filter(({ credential }) => credential.newest === generation).map(({ node }) => node);
}

/** The state of a node's credential in words. */
export function phaseInWords({ phase, presented, newest }: CredentialReport): string {
  const phases = ['steady', 'propagating: shows the old one', 'presenting: shows the new one, takes both'];
  const generations = presented === newest ? newest : `${presented} -> ${newest}`;
  return `${phases[phase] ?? `phase ${phase}`}, ${shownGeneration(generations)}`;
}

function shownGeneration(generation: string): string {
  return generation || 'none';
}
