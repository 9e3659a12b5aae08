import { join } from 'node:path';
import { counted } from '../../settings/counted';
import { KUSTOMIZATION } from '../../stack/kustomization';
import { names, table } from '../shared/table';
import type { Output, WrittenCluster } from './output';

/**
 * The result for people.
 *
 * @param made the clusters
 * @param removed removed files of an earlier run
 * @param output the written folders; nothing with --check
 */
export function asText(made: WrittenCluster[], removed: string[], output?: Output): string[] {
  if (output === undefined) {
    const objects = made.reduce((sum, { objects }) => sum + objects, 0);
    return [`the file is valid: ${counted(made.length, 'cluster')}, ${counted(objects, 'object')}`];
  }
  const { manifests, ledgers } = output;
  const rows = made.map(({ name, objects }) => [name, `${objects}`, `${join(manifests, name)}/`]);
  const withLedger = made.some(({ ledger }) => ledger.length > 0);
  return [
    ...table(['CLUSTER', 'OBJECTS', output.format === 'helm' ? 'CHART' : output.format.toUpperCase()], rows),
    ...(withLedger ? [`ledgers of tokens: ${ledgers}/`] : []),
    ...(removed.length > 0 ? [`removed, as no longer made: ${names(removed)}`] : []),
  ];
}

/**
 * The result for programs.
 *
 * @param made the clusters
 * @param removed removed files of an earlier run
 * @param output the written folders; nothing with --check
 */
export function asValue(made: WrittenCluster[], removed: string[], output?: Output): object {
  return {
    ok: true,
    clusters: made.map(({ name, objects, manifests, ledger, warnings }) => ({
      name,
      objects,
      warnings,
      ...(output && {
        folder: join(output.manifests, name),
        files: manifests.filter(isManifest).map((file) => join(output.manifests, name, file)),
        kustomization: manifests
          .filter((file) => !isManifest(file))
          .map((file) => join(output.manifests, name, file))[0],
        ledger: ledger.map((file) => join(output.ledgers ?? '', file)),
      }),
    })),
    ...(output && { removed }),
  };
}

/** Whether kubectl applies a file. */
function isManifest(file: string): boolean {
  return file !== KUSTOMIZATION;
}
