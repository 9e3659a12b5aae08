import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { EXPECTED_DAY, isDay, today } from '../settings/calendar';
import { SettingsError } from '../settings/errors';
import { ledgerFiles } from '../tokens/ledger/files';
import type { ClusterProps } from './cluster-props';
import { resolveStack } from './resolve';
import type { Spelling } from './spelling';
import { makeParts } from './stack-parts';
import { warningsOf } from './warnings';

/** Texts by the names of their files. */
export interface Files {
  readonly [file: string]: string;
}

/** One cluster's manifests, in memory. */
export interface MadeCluster {
  /** Name of the cluster. */
  readonly name: string;
  /** How many objects its manifests hold. */
  readonly objects: number;
  /** Its manifests. */
  readonly manifests: Files;
  /** The ledger of its tokens; empty without tokens. */
  readonly ledger: Files;
  /** Deadlines, and lists that an apply replaces, in the user's words. */
  readonly warnings: string[];
}

/**
 * Makes the manifests of clusters, and the ledgers of their tokens, all in memory: a mistake in the last cluster writes nothing of the
 * first. The settings are not checked again.
 *
 * @param clusters the clusters, as the reader of stack.yaml returns them
 * @param day the day on which dates are judged
 * @param step called after each cluster
 */
export function makeClusters(clusters: ClusterProps[], day: string, step: () => void = () => undefined): MadeCluster[] {
  return clusters.map((cluster) => {
    const made = makeCluster(cluster, day);
    step();
    return made;
  });
}

/** One cluster is one cdk8s App: an App of many charts costs quadratic time (measured). */
function makeCluster(cluster: ClusterProps, day: string): MadeCluster {
  // cdk8s gives files their names only as it writes them.
  const stack = resolveStack(cluster);
  const scratch = mkdtempSync(join(tmpdir(), 'secure-mirror-'));
  try {
    const app = new App({ outdir: scratch });
    const chart = new Chart(app, 'secured-mirror');
    makeParts(new Construct(chart, 'stack'), stack);
    app.synth();
    const texts = readdirSync(scratch)
      .sort()
      .map((file) => [file, readFileSync(join(scratch, file), 'utf8')]);
    return {
      name: cluster.name,
      objects: app.node.findAll().filter(ApiObject.isApiObject).length,
      manifests: Object.fromEntries(texts),
      ledger: cluster.tokens ? ledgerFiles(stack.tokens) : {},
      warnings: warningsOf(stack, day),
    };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/**
 * Writes files into a folder, and makes the folder if it does not exist.
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
 * Prints a cluster's warnings to stderr.
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
 * @throws SettingsError when the given text is no day
 */
export function dayOf(given: string | undefined): string {
  const day = given ?? today();
  if (isDay(day)) return day;
  throw new SettingsError([{ file: '--today', key: '', value: JSON.stringify(day), message: EXPECTED_DAY }]);
}
