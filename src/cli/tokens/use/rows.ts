import type { Owner, PodUse, SecretUse, ServiceAccountUse, WorkloadKind, WorkloadUse } from './facts';
import { keptOf, type Wanted } from './kept';

/** The old type of Secrets with a docker configuration. */
export const DOCKERCFG = 'kubernetes.io/dockercfg';
/** The type of Secrets with a docker configuration. */
export const DOCKERCONFIGJSON = 'kubernetes.io/dockerconfigjson';

/** A pod before it is known what runs it. */
export interface PodRow extends Omit<PodUse, 'workload'> {
  readonly owner?: Owner;
  /** Suffix of its ReplicaSet's name, which is else its Deployment's. */
  readonly hash: string;
}

/** A workload with what made it, and whether it has ended. */
export interface WorkloadRow extends WorkloadUse {
  readonly owner?: Owner;
  readonly ended: boolean;
}

/** Lines of the template SERVICE_ACCOUNTS. */
export function serviceAccountRows(text: string): ServiceAccountUse[] {
  return fieldsOf(text).map(([namespace, name, pulls, lastApplied]) => ({
    namespace: decoded(namespace),
    name: decoded(name),
    pulls: items(pulls),
    list: listed(pulls),
    lastApplied: lastApplied === 'yes',
  }));
}

/** Lines of the template PODS. */
export function podRows(text: string): PodRow[] {
  return fieldsOf(text).map(([namespace, name, owner, hash, ...spec]) => ({
    namespace: decoded(namespace),
    name: decoded(name),
    ...ownerOf(owner),
    hash: decoded(hash),
    ...specOf(spec),
  }));
}

/** Lines of a template `workloads`. */
export function workloadRows(kind: WorkloadKind, text: string): WorkloadRow[] {
  return fieldsOf(text).map(([namespace, name, owner, conditions, ...spec]) => ({
    kind,
    namespace: decoded(namespace),
    name: decoded(name),
    ...ownerOf(owner),
    ended: kind === 'Job' && items(conditions).some((condition) => ['Complete', 'Failed'].includes(condition)),
    ...specOf(spec),
    list: listed(spec[1]),
  }));
}

/** Lines of a template `secrets`. Their content is forgotten here, but for keys and known users. */
export function secretRows(text: string, wanted: Wanted): SecretUse[] {
  return fieldsOf(text).map(([namespace, name, coded, owner, content = '']) => {
    const type = decoded(coded);
    const common = { namespace: decoded(namespace), name: decoded(name), type, ...ownerOf(owner) };
    if (type !== DOCKERCFG && type !== DOCKERCONFIGJSON) return { ...common, content: 'other', entries: [], others: 0 };
    const kept = keptOf(Buffer.from(content, 'base64').toString(), type === DOCKERCFG, wanted);
    if (kept === undefined) return { ...common, content: 'malformed', entries: [], others: 0 };
    const { entries, others, elsewhere } = kept;
    return { ...common, content: elsewhere && entries.length === 0 ? 'elsewhere' : 'read', entries, others };
  });
}

function fieldsOf(text: string): string[][] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')]));
}

function specOf([serviceAccount, pulls, reads]: string[]) {
  return {
    serviceAccount: decoded(serviceAccount) || 'default',
    pulls: items(pulls),
    reads: items(reads),
  };
}

function ownerOf(field: string | undefined): { owner?: Owner } {
  const [kind, name] = itemsOf(field);
  return kind === undefined || name === undefined ? {} : { owner: { kind, name } };
}

/** Each once. */
function items(field: string | undefined): string[] {
  return [...new Set(itemsOf(field))];
}

function itemsOf(field = ''): string[] {
  return listed(field).filter((word) => word !== '');
}

/** All, as they are: each ends with a space, also an empty one. */
function listed(field = ''): string[] {
  return field.split(' ').slice(0, -1).map(decoded);
}

/** The opposite of a template's `urlquery`. */
function decoded(word = ''): string {
  return decodeURIComponent(word.replaceAll('+', ' '));
}
