import { quoted } from '../../../config/quoted';
import type { Named } from './facts';
import type { Typed } from './typed';

/**
 * The command that sets with which Secrets a ServiceAccount or a workload pulls. A list of them is replaced as a whole.
 *
 * @param object what is to pull
 * @param secrets all of its Secrets from then on
 * @param typed the beginning of a command
 */
export function patchCommand(
  { kind, namespace, name }: Named & { readonly kind: string },
  secrets: string[],
  typed: Typed,
): string {
  const patch = JSON.stringify(patchOf(kind, { imagePullSecrets: secrets.map((name) => ({ name })) }));
  return `${typed(namespace)} patch ${target(kind, name)} --type=merge -p ${quoted(patch)}`;
}

/** An object as kubectl takes it in an argument. */
export function target(kind: string, name: string): string {
  return quoted(`${kind.toLowerCase()}/${name}`);
}

function patchOf(kind: string, list: object): object {
  if (kind === 'ServiceAccount') return list;
  const template = { template: { spec: list } };
  return { spec: kind === 'CronJob' ? { jobTemplate: { spec: template } } : template };
}
