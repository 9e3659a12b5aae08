import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { SecuredStackProps } from '../../src';
import { secureMirror } from './compiled';
import { kubectl } from './kubectl';
import { openRegistry, pushNew } from './registry';
import { attempt } from './run';
import { scratch } from './stack';

/** A finding of `secure-mirror check` or `status`. */
export interface FoundLine {
  readonly level: 'ok' | 'note' | 'warning' | 'problem' | 'unknown';
  readonly code: string;
  readonly subject: string;
  readonly message: string;
  readonly fix?: string;
}

/** What a command said. */
export interface Verdict {
  readonly code: number;
  readonly findings: FoundLine[];
  /** The findings as text, for messages of failed tests. */
  readonly text: string;
}

/** A file with a stack, for the command. */
export function stackFile(cluster: SecuredStackProps): string {
  const file = join(scratch(), 'stack.yaml');
  writeFileSync(file, stringify({ clusters: [cluster] }));
  return file;
}

/** Runs `secure-mirror` with JSON. */
export async function verdict(...args: string[]): Promise<Verdict> {
  const { code, stdout, stderr } = await attempt(secureMirror(...args, '--json'), { timeout: 900_000 });
  let findings: FoundLine[];
  try {
    ({ findings } = JSON.parse(stdout));
  } catch {
    throw new Error(`secure-mirror ${args.join(' ')}: exit code ${code}\n${stdout}${stderr}`);
  }
  const text = findings.map((one) => `${one.level} ${one.code}: ${one.subject}: ${one.message}\n  ${one.fix ?? ''}`);
  return { code, findings, text: text.join('\n') };
}

/** The findings of a code. */
export function found({ findings, text }: Verdict, code: string): [FoundLine, ...FoundLine[]] {
  const [first, ...rest] = findings.filter((one) => one.code === code);
  if (first === undefined) throw new Error(`no finding ${code}:\n${text}`);
  return [first, ...rest];
}

/** Proves the mirror's use by an image that no node has. */
export async function pullProof(file: string): Promise<Verdict> {
  const image = await pushNew(openRegistry(), 3, 1_500_000);
  return verdict('check', '--pull', '--check', 'pull', '--image', image.reference, '-f', file);
}

/** Spegel gives a peer some 100 ms to begin an answer, so a layer may come from the registry on a machine that is busy. */
const ATTEMPTS = 8;

/** The same again, until all came from peers. */
export async function provePull(file: () => string): Promise<Verdict> {
  for (let attempts = 1; ; attempts++) {
    const run = await pullProof(file());
    if (attempts === ATTEMPTS || !found(run, 'pull').some(({ level }) => level === 'warning')) return run;
  }
}

/** Objects that runs of `check` left in the cluster. */
export async function leftByChecks(): Promise<string> {
  const kinds = 'namespaces,pods,networkpolicies,serviceaccounts,roles,rolebindings,clusterroles,clusterrolebindings';
  return kubectl(['get', kinds, '--all-namespaces', '-l', 'secure-mirror/check', '-o', 'name']);
}
