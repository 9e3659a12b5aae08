import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Files } from '../../src/stack/files';
import { objectsOfTemplate } from './helm-reader';

/** Helm, where the tests have one, such as in `.ci/run`. */
const HELM = process.env.HELM;
/** A Helm that was built without a version takes itself for one of Kubernetes 1.20. */
const KUBERNETES = ['--kube-version', '1.37.0'];

/** Writes files into a folder. */
export function writeAll(folder: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

/** The objects that Helm makes of a chart, which it must find faultless. Without Helm a reader of the templates takes its place. */
export function objectsOfChart(folder: string): object[] {
  if (HELM === undefined) {
    const templates = filesIn(join(folder, 'templates')).filter((file) => file.endsWith('.yaml'));
    return templates.flatMap((file) => objectsOfTemplate(readFileSync(file, 'utf8')));
  }
  helm('lint', '--strict', folder);
  return objectsOf(helm('template', 'release', folder, ...KUBERNETES));
}

/** The objects of a manifest. */
export function objectsOf(manifest: string): object[] {
  return parseAllDocuments(manifest)
    .map((document) => document.toJS() as object | null)
    .filter((object) => object !== null);
}

/** What Helm prints. */
function helm(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(HELM ?? 'helm', args, { encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`helm ${args.join(' ')}: exit code ${status}\n${stderr}${stdout}`);
  return stdout;
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
  return all.filter((file) => statSync(file).isFile());
}
