import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Manifest } from '../../../support';
import { type Outcome, withKubectl } from '../../secure-mirror';
import { isSelected } from './objects';

/** Selectors that a fake kubectl knows, beside none and names. */
const SELECTORS = [
  '',
  'type=kubernetes.io/dockerconfigjson',
  'type=kubernetes.io/dockercfg',
  'status.phase!=Succeeded,status.phase!=Failed',
];
const NEITHER = 'type!=kubernetes.io/dockerconfigjson,type!=kubernetes.io/dockercfg';

/** Plurals of kinds as they are asked for. */
export const PLURALS: { readonly [kind: string]: string } = {
  Secret: 'secrets',
  ServiceAccount: 'serviceaccounts',
  Pod: 'pods',
  Deployment: 'deployments.apps',
  StatefulSet: 'statefulsets.apps',
  DaemonSet: 'daemonsets.apps',
  CronJob: 'cronjobs.batch',
  Job: 'jobs.batch',
};

/** A cluster's objects, and what kubectl says instead of some answers. */
export interface Fake {
  readonly objects: Manifest[];
  readonly refusals?: { readonly asked: string; readonly says: string }[];
}

/** Runs the command with a stack and a kubectl that answers from objects. */
export async function run({ objects, refusals = [] }: Fake, stack: string, ...args: string[]): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'use-'));
  try {
    copyFileSync(resolve(__dirname, 'kubectl.sh'), join(folder, 'kubectl'));
    chmodSync(join(folder, 'kubectl'), 0o755);
    writeFileSync(join(folder, 'asked'), '');
    writeFileSync(join(folder, 'stack.yaml'), stack);
    writeFileSync(join(folder, 'refusals'), refusals.map(({ asked, says }) => `${asked}\t${says}\n`).join(''));
    for (const [kind, plural] of Object.entries(PLURALS)) {
      const all = objects.filter((object) => object.kind === kind);
      const names = [...new Set(all.map(({ metadata }) => `metadata.name=${metadata.name},${NEITHER}`))];
      mkdirSync(join(folder, 'lists', plural), { recursive: true });
      for (const selector of [...SELECTORS, ...(kind === 'Secret' ? names : [])]) {
        const some = all.filter((object) => isSelected(object, selector));
        const file = `${join(folder, 'lists', plural)}/${selector.replaceAll('/', '_')}`;
        writeFileSync(`${file}.list`, some.map((object) => `${lineOf(object).join('\t')}\n`).join(''));
        writeFileSync(
          `${file}.whole`,
          some.map((object) => `${[...lineOf(object), content(object)].join('\t')}\n`).join(''),
        );
      }
    }
    const [command = '', ...rest] = args;
    const outcome = await withKubectl(
      join(folder, 'kubectl'),
      'tokens',
      command,
      '-f',
      join(folder, 'stack.yaml'),
      ...rest,
    );
    const lines = readFileSync(join(folder, 'asked'), 'utf8').split('\0\n\0').slice(0, -1);
    const stdout = outcome.stdout.replaceAll(folder, '/folder');
    return { ...outcome, stdout, asked: lines.map((line) => line.split('\0')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The line that the templates make of an object; that they do is tried with a real kubectl where there is one. */
export function lineOf({ kind, metadata, type, imagePullSecrets, spec, status }: Manifest): string[] {
  const name = [coded(metadata.namespace), coded(metadata.name)];
  const owners: Manifest[] = metadata.ownerReferences ?? [];
  const owner = items(owners.filter(({ controller }) => controller).flatMap(({ kind, name }) => [kind, name]));
  if (kind === 'Secret') return [...name, coded(type), owner];
  if (kind === 'ServiceAccount') return [...name, namesOf(imagePullSecrets), lastApplied(metadata)];
  if (kind === 'Pod') return [...name, owner, coded(metadata.labels?.['pod-template-hash'] ?? ''), ...podFields(spec)];
  const conditions: Manifest[] = status?.conditions ?? [];
  const held = items(conditions.filter(({ status }) => status === 'True').map(({ type }) => type));
  return [...name, owner, held, ...podFields((spec.jobTemplate?.spec ?? spec).template.spec)];
}

function podFields(spec: Manifest): string[] {
  const containers: Manifest[] = [...(spec.initContainers ?? []), ...spec.containers];
  const volumes: Manifest[] = spec.volumes ?? [];
  const reads = [
    ...volumes.map(({ secret }) => secret?.secretName),
    ...volumes.flatMap(({ projected }) => (projected?.sources ?? []).map(({ secret }: Manifest) => secret?.name)),
    ...containers.flatMap(({ env = [] }) => env.map(({ valueFrom }: Manifest) => valueFrom?.secretKeyRef?.name)),
    ...containers.flatMap(({ envFrom = [] }) => envFrom.map(({ secretRef }: Manifest) => secretRef?.name)),
  ];
  const there = reads.filter((name): name is string => name !== undefined);
  return [coded(spec.serviceAccountName ?? ''), namesOf(spec.imagePullSecrets), items(there)];
}

function namesOf(list: Manifest[] = []): string {
  return items(list.map(({ name = '' }) => name));
}

function items(words: string[]): string {
  return words.map((word) => `${coded(word)} `).join('');
}

function coded(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+');
}

/** What of a Secret is read beside its line. */
export function content({ data }: Manifest): string {
  return data?.['.dockerconfigjson'] ?? data?.['.dockercfg'] ?? '';
}

function lastApplied({ annotations = {} }: Manifest): string {
  return 'kubectl.kubernetes.io/last-applied-configuration' in annotations ? 'yes' : '';
}
