import { join } from 'node:path';
import { counted } from '../../settings/counted';
import type { MadeCluster } from '../../stack/synth';
import { names, table } from '../shared/table';
import type { Output } from './output';

/**
 * The result for people.
 *
 * @param made the clusters
 * @param output the written folders; nothing with --check
 */
export function asText(made: MadeCluster[], output?: Output): string[] {
  if (output === undefined) {
    const objects = made.reduce((sum, { objects }) => sum + objects, 0);
    return [`the file is valid: ${counted(made.length, 'cluster')}, ${counted(objects, 'object')}`];
  }
  const { manifests, ledgers, removed } = output;
  const rows = made.map(({ name, objects }) => [name, `${objects}`, `${join(manifests, name)}/`]);
  const withLedger = made.some(({ ledger }) => Object.keys(ledger).length > 0);
  return [
    ...table(['CLUSTER', 'OBJECTS', 'MANIFESTS'], rows),
    ...(withLedger ? [`ledgers of tokens: ${ledgers}/`] : []),
    ...(removed.length > 0 ? [`removed, as no longer made: ${names(removed)}`] : []),
  ];
}

/**
 * The result for programs.
 *
 * @param made the clusters
 * @param output the written folders; nothing with --check
 */
export function asValue(made: MadeCluster[], output?: Output): object {
  return {
    ok: true,
    clusters: made.map(({ name, objects, manifests, ledger, warnings }) => ({
      name,
      objects,
      warnings,
      ...(output && {
        folder: join(output.manifests, name),
        files: Object.keys(manifests).map((file) => join(output.manifests, name, file)),
        ledger: Object.keys(ledger).map((file) => join(output.ledgers, file)),
      }),
    })),
    ...(output && { removed: output.removed }),
  };
}
