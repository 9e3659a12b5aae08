import { areGuarded, FIRST_WITH } from '../../../kubernetes/minimum-version';
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

/** What to do for kinds that a cluster lacks. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/^cert-manager[.]io/, 'install cert-manager: https://cert-manager.io/docs/installation/'],
  [
    /^policy[.]cert-manager[.]io/,
    'install approver-policy: https://cert-manager.io/docs/policy/approval/approver-policy/, or take approverPolicy: true out of stack.yaml',
  ],
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
  [
    / ValidatingAdmission/,
    `update Kubernetes to 1.${FIRST_WITH.validatingPolicies} or newer, or make none in stack.yaml: set admission: {policies: false}, and take guards and nodeReadiness out`,
  ],
  [
    / MutatingAdmission/,
    `update Kubernetes to 1.${FIRST_WITH.mutatingPolicies} or newer, or take inject: true out of stack.yaml`,
  ],
];

async function look({ kubectl, objects }: CheckContext): Promise<Finding[]> {
  const version = (await kubectl.raw<Version>('/version')) ?? {};
  return [
    ...tooOld(version, areGuarded(objects)),
    ...(isBelow(version, FIRST_WITH.sidecars) ? [] : [kinds(version, await readApis(kubectl, objects))]),
  ];
}

interface Version {
  readonly gitVersion?: string;
  readonly minor?: string;
}

function isBelow({ minor = '' }: Version, needed: number): boolean {
  return Number.parseInt(minor, 10) < needed;
}

/** What the version of a cluster is too old for; nothing where it will do. */
function tooOld(version: Version, guarded: boolean): Finding[] {
  const { gitVersion = '?' } = version;
  const about = (message: string, fix: string) => [finding('problem', clusterVersion.name, '', message, fix)];
  if (isBelow(version, FIRST_WITH.sidecars)) {
    const fix = `update it to 1.${FIRST_WITH.sidecars} or newer, which has the native sidecars that the mirror's pod is made of`;
    return about(`Kubernetes ${gitVersion} is too old`, fix);
  }
  if (guarded && isBelow(version, FIRST_WITH.addresses)) {
    const fix = `update it to 1.${FIRST_WITH.addresses} or newer, whose CEL knows addresses, or take guards out of stack.yaml`;
    return about(`Kubernetes ${gitVersion} is too old for guards`, fix);
  }
  return [];
}

/** Whether a cluster knows the kinds of the stack's objects. */
function kinds({ gitVersion = '?' }: Version, apis: readonly Api[]): Finding {
  const about = (level: 'ok' | 'problem', message: string, fix?: string) =>
    finding(level, clusterVersion.name, '', message, fix);
  const missing = apis.filter(({ resource }) => resource === undefined).map((api) => `${api.apiVersion} ${api.kind}`);
  if (missing.length === 0) {
    return about('ok', `Kubernetes ${gitVersion} knows all ${apis.length} kinds of objects of the stack`);
  }
  const fixes = REMEDIES.filter(([kind]) => missing.some((one) => kind.test(one))).map(([, fix]) => fix);
  return about('problem', `Kubernetes ${gitVersion} does not know ${names(missing)}`, fixes.join('\n') || undefined);
}
