import { DAEMON_SET } from '../../../mirror/contract/names';
import { KubectlWriter, type Manifest } from '../../kubectl/kubectl-writer';
import type { Check, CheckContext } from '../../probe/check';
import { type Finding, finding } from '../../shared/finding';
import { spellingOf } from '../../shared/started';
import { dryRunPlaces, ENFORCE, type Place } from './dry-run-namespace';

/** Whether the API server takes the mirror's pod. */
export const namespace: Check = {
  name: 'namespace',
  title: "Pod Security, quotas and admission policies, by a dry run of the mirror's pod",
  when: 'always',
  run: look,
};

async function look(context: CheckContext): Promise<Finding[]> {
  let findings: Finding[] = [];
  for (const place of await dryRunPlaces(context)) {
    findings = await tryIn(place, context);
    if (findings.some(({ level }) => level !== 'ok')) break;
  }
  return findings;
}

async function tryIn(place: Place, context: CheckContext): Promise<Finding[]> {
  const { kubectl, objects, mirror } = context;
  if (place.isEnding) return [ending(context)];
  const daemonSet = objects.find(({ kind }) => kind === 'DaemonSet');
  if (daemonSet === undefined) throw new Error('the stack makes no DaemonSet');
  const hasAccount = place.isMirrors && (await kubectl.exists('serviceaccount', DAEMON_SET));
  const tried = asTried(daemonSet, place.namespace, hasAccount ? DAEMON_SET : 'default');
  const answer = await new KubectlWriter(kubectl).create(place.namespace, tried, '--dry-run=server');
  const isFinal = (complaint: string) => !(place.isUnlabelled && /violates? PodSecurity/.test(complaint));
  const [refused, warnings] = [answer.refused.filter(isFinal), answer.warnings.filter(isFinal)];
  const where = place.isMirrors ? `the namespace ${mirror.namespace}` : 'a namespace with the same labels';
  const about = (level: 'ok' | 'warning' | 'problem', message: string, fix?: string) =>
    finding(level, namespace.name, '', message, fix);
  return [
    ...refused.map((complaint) =>
      about('problem', `the API server refuses it in ${where}: ${complaint}`, remedy(complaint, context)),
    ),
    ...warnings.map((warning) => about('warning', `the API server warns of it in ${where}: ${warning}`)),
    ...(refused.length + warnings.length > 0
      ? []
      : [about('ok', `the API server takes the mirror's pod and DaemonSet in ${where}`)]),
  ];
}

/** A finalizer can hold it back for ever. */
function ending({ kubectl, mirror }: CheckContext): Finding {
  const message = `the namespace ${mirror.namespace} is being deleted, and takes nothing any more`;
  const fix = `wait until it is gone; if that lasts, its status says why: ${spellingOf(kubectl.access).kubectl()} get namespace ${mirror.namespace} -o yaml`;
  return finding('problem', namespace.name, '', message, fix);
}

/** What to do about a complaint, by who complains. */
function remedy(complaint: string, { kubectl, mirror }: CheckContext): string {
  const words = spellingOf(kubectl.access);
  const [, quota] = /exceeded quota: ([^,\s]+)/.exec(complaint) ?? [];
  if (quota !== undefined) return `raise or delete it: ${words.kubectl(mirror.namespace)} edit quota ${quota}`;
  if (/violates PodSecurity/.test(complaint)) {
    return `${words.kubectl()} label --overwrite namespace ${mirror.namespace} ${ENFORCE}=privileged`;
  }
  return `exempt the namespace ${mirror.namespace} from what the message names: docs/security.md says what the pod needs, and why`;
}

/** The DaemonSet, and a pod as its controller would make it, under names of their own. */
function asTried(daemonSet: Manifest, namespace: string, serviceAccountName: string): Manifest[] {
  const { template, ...spec } = daemonSet.spec as { template: { metadata: object; spec: object } };
  const name = 'secure-mirror-check';
  const pod = { ...template, spec: { ...template.spec, serviceAccountName } };
  return [
    { apiVersion: 'v1', kind: 'Pod', ...pod, metadata: { ...template.metadata, namespace, name } },
    { ...daemonSet, metadata: { ...daemonSet.metadata, namespace, name }, spec: { ...spec, template: pod } },
  ];
}
