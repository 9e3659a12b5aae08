import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { EXPECTED_DAY, isDay, today } from '../settings/calendar';
import { StackFileError } from '../settings/errors';
import { ledgerFiles } from '../tokens/ledger/files';
import { resolveTokens } from '../tokens/resolve';
import type { ClusterProps } from './cluster-props';
import { SecuredStack } from './secured-stack';
import type { Spelling } from './spelling';

/** Texts by the names of their files. */
export interface Files {
  readonly [file: string]: string;
}

/** What is made of one cluster, in memory. */
export interface MadeCluster {
  /** Name of the cluster. */
  readonly name: string;
  /** How many objects its manifests hold. */
  readonly objects: number;
  /** Its manifests. */
  readonly manifests: Files;
  /** The ledger of its tokens; empty without tokens. */
  readonly ledger: Files;
  /** What comes due, in the user's words. */
  readonly warnings: string[];
}

/**
 * Makes a cluster's manifests, and the ledger of its tokens. One cluster is one cdk8s App: an App of many charts costs quadratic
 * time (measured).
 *
 * @param cluster the cluster, as stack.yaml has it
 * @param day the day on which dates are judged
 */
export function makeCluster(cluster: ClusterProps, day: string): MadeCluster {
  // cdk8s gives files their names only as it writes them.
  const scratch = mkdtempSync(join(tmpdir(), 'secure-mirror-'));
  try {
    const app = new App({ outdir: scratch });
    const chart = new Chart(app, 'secured-mirror');
    const { warnings } = new SecuredStack(chart, 'stack', { ...cluster, today: day });
    app.synth();
    const texts = readdirSync(scratch)
      .sort()
      .map((file) => [file, readFileSync(join(scratch, file), 'utf8')]);
    return {
      name: cluster.name,
      objects: app.node.findAll().filter(ApiObject.isApiObject).length,
      manifests: Object.fromEntries(texts),
      ledger: cluster.tokens ? ledgerFiles(resolveTokens(cluster)) : {},
      warnings,
    };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/**
 * Writes files into a folder, which is made when it is not there.
 *
 * @param folder the folder
 * @param files the files
 */
export function writeFiles(folder: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

/**
 * Says on stderr what comes due in a cluster.
 *
 * @param made the cluster
 * @param spelling how commands are spelled for the user, about this cluster
 */
export function warn({ name, warnings }: MadeCluster, spelling: Spelling): void {
  for (const warning of warnings) {
    console.error(`warning: cluster ${name}: ${warning}`);
  }
  if (warnings.some((warning) => warning.startsWith('token '))) {
    console.error(`what to do about tokens, and when: ${spelling.plan()}`);
  }
}

/**
 * The day on which dates are judged.
 *
 * @param given the day that the user gave, if any
 * @throws StackFileError when it is none
 */
export function dayOf(given: string | undefined): string {
  const day = given ?? today();
  if (isDay(day)) return day;
  throw new StackFileError([{ file: '--today', key: '', value: JSON.stringify(day), message: EXPECTED_DAY }]);
}
