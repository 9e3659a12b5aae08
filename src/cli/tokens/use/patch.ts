import { quoted } from '../../../kubernetes/quoted';
import type { KubectlCommand } from '../../kubectl/kubectl-command';
import type { Named } from './facts';

/** Something whose pods pull with a list of Secrets. */
export interface Listing extends Named {
  readonly kind: string;
  /** The list as it is: with what is in it twice, and '' for an item without a name. */
  readonly list: string[];
}

/**
 * The command that sets with which Secrets a ServiceAccount or a workload pulls. It replaces the list as a whole, so it first tests that
 * nobody has changed the list since the command read it: no addition of others is lost. The API server takes a test for null as a test
 * for absence (tried with the libraries of Kubernetes 1.27 to 1.37).
 *
 * @param object what pulls, and its list
 * @param secrets all of its Secrets from then on
 * @param kubectlCommand the beginning of a command
 */
export function patchCommand(
  { kind, namespace, name, list }: Listing,
  secrets: string[],
  kubectlCommand: KubectlCommand,
): string {
  const path = `${podsOf(kind)}/imagePullSecrets`;
  const test = { op: 'test', path, value: list.length === 0 ? null : list.map(item) };
  const change = secrets.length === 0 ? { op: 'remove', path } : { op: 'add', path, value: secrets.map(item) };
  return `${kubectlCommand(namespace)} patch ${target(kind, name)} --type=json -p ${quoted(JSON.stringify([test, change]))}`;
}

/** An object as kubectl takes it in an argument. */
export function target(kind: string, name: string): string {
  return quoted(`${kind.toLowerCase()}/${name}`);
}

function item(name: string): object {
  return name === '' ? {} : { name };
}

/** Where an object says how its pods are. */
function podsOf(kind: string): string {
  if (kind === 'ServiceAccount') return '';
  return kind === 'CronJob' ? '/spec/jobTemplate/spec/template/spec' : '/spec/template/spec';
}
