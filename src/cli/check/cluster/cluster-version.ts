import type { Check, CheckContext } from '../../probe/check';
import { type Finding, finding } from '../../shared/finding';
import { names } from '../../shared/table';
import { type Api, readApis } from './apis';

/** Whether the cluster is new enough. */
export const clusterVersion: Check = {
  name: 'cluster-version',
  title: 'the version of Kubernetes, and the APIs that the stack uses',
  when: 'always',
  run: look,
};

/** Native sidecars are on by default: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/ */
const SIDECARS = 29;

/** What to do for kinds that a cluster lacks. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/^cert-manager[.]io/, 'install cert-manager: https://cert-manager.io/docs/installation/'],
  [/^external-secrets[.]io/, 'install the External Secrets Operator: https://external-secrets.io'],
  [
    /^readiness[.]node[.]x-k8s[.]io/,
    'install the Node Readiness Controller, as docs/node-readiness.md says, or take nodeReadiness out of stack.yaml',
  ],
  [/^cilium[.]io/, 'take network.cni: cilium out of stack.yaml, unless Cilium is the CNI and its kinds are missing'],
  [
    /^projectcalico[.]org/,
    "install Calico's API server, apply these objects by calicoctl, or take network.cni: calico out of stack.yaml: docs/network-policies.md",
  ],
  [/ ValidatingAdmission/, 'update Kubernetes to 1.30 or newer, or set in stack.yaml: admission: {policies: false}'],
  [/ MutatingAdmission/, 'update Kubernetes to 1.36 or newer, or take inject: true out of stack.yaml'],
];

async function look({ kubectl, objects }: CheckContext): Promise<Finding[]> {
  const version = await kubectl.raw<Version>('/version');
  return [clusterVersionFinding(version ?? {}, await readApis(kubectl, objects))];
}

interface Version {
  readonly gitVersion?: string;
  readonly minor?: string;
}

/** The finding about the version of a cluster, and the kinds that it knows of the stack's objects. */
export function clusterVersionFinding({ gitVersion = '?', minor = '' }: Version, apis: readonly Api[]): Finding {
  const about = (level: 'ok' | 'problem', message: string, fix?: string) =>
    finding(level, clusterVersion.name, '', message, fix);
  if (Number.parseInt(minor, 10) < SIDECARS) {
    const fix = `update it to 1.${SIDECARS} or newer, which has the native sidecars that the mirror's pod is made of`;
    return about('problem', `Kubernetes ${gitVersion} is too old`, fix);
  }
  const missing = apis.filter(({ resource }) => resource === undefined).map((api) => `${api.apiVersion} ${api.kind}`);
  if (missing.length === 0) {
    return about('ok', `Kubernetes ${gitVersion} knows all ${apis.length} kinds of objects of the stack`);
  }
  const fixes = REMEDIES.filter(([kind]) => missing.some((one) => kind.test(one))).map(([, fix]) => fix);
  return about('problem', `Kubernetes ${gitVersion} does not know ${names(missing)}`, fixes.join('\n') || undefined);
}
