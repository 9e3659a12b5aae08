import { type Finding, finding, type Level } from '../shared/finding';
import { names } from '../shared/table';
import type { NodeFacts } from './nodes';
import type { CredentialReport } from './report';

interface OnNode {
  readonly node: string;
  readonly credential: CredentialReport;
}

/** Findings about the credential; no findings where the nodes do not accept basic authentication. */
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
      ? [about('problem', 'lagging', `a peer refuses the new version or still presents an old one: ${lagging}`)]
      : []),
    ...(invalid
      ? [about('problem', 'invalid', `the Secret's content is invalid, the last valid one stays: ${invalid}`)]
      : []),
    ...(dropOld
      ? [about('warning', 'drop-old', `its next change interrupts: ${dropOld}`, 'remove drop-old from the Secret')]
      : []),
  ];
}

function about(level: Level, code: string, message: string, fix?: string): Finding {
  return finding(level, `credential-${code}`, 'credential', message, fix);
}

/** Whether all nodes have seen the same Secret. */
function agreement(all: OnNode[]): Finding[] {
  const target = targetOf(all);
  if (target === undefined) {
    const seen = [...new Set(all.map(({ credential }) => credential.newest))];
    const who = seen.map((version) => `${nameOf(version)} on ${names(nodesWith(all, version))}`);
    return [about('problem', 'differs', `nodes disagree on the version: ${who.join('; ')}`)];
  }
  const behind = all.filter(({ credential }) => credential.newest !== target);
  if (behind.length > 0) {
    const who = names(behind.map(({ node, credential }) => `${node} (${nameOf(credential.newest)})`));
    const fix = 'wait: the kubelet brings it within about a minute and a half';
    const message = `version ${nameOf(target)} has not reached all nodes: ${who}`;
    return [about('problem', 'behind', message, fix)];
  }
  const moving = all.filter(({ credential }) => credential.phase !== 0).length;
  const state = moving > 0 ? `; ${moving} of ${all.length} still change` : '';
  return [about('ok', 'agreed', `all nodes agree on version ${nameOf(target)}${state}`)];
}

/**
 * The version that all nodes should reach: the target of nodes that change, or the version of the majority; nothing when neither
 * exists.
 */
function targetOf(all: OnNode[]): string | undefined {
  const moving = all.filter(({ credential }) => credential.phase !== 0).map(({ credential }) => credential);
  const older = moving.filter((one) => one.presented !== one.newest).map(({ presented }) => presented);
  const targets = new Set(moving.map((one) => one.newest).filter((version) => !older.includes(version)));
  const [target] = targets;
  if (targets.size === 1) {
    return target;
  }
  return all.map(({ credential }) => credential.newest).find((one) => nodesWith(all, one).length * 2 > all.length);
}

function nodesWith(all: OnNode[], version: string): string[] {
  return all.filter(({ credential }) => credential.newest === version).map(({ node }) => node);
}

/** The state of a node's credential in words. */
export function phaseInWords({ phase, presented, newest }: CredentialReport): string {
  const phases = ['steady', 'propagating: presents the previous one', 'presenting: presents the new one, accepts both'];
  const versions = presented === newest ? newest : `${presented} -> ${newest}`;
  return `${phases[phase] ?? `phase ${phase}`}, ${nameOf(versions)}`;
}

function nameOf(version: string): string {
  return version || 'none';
}
