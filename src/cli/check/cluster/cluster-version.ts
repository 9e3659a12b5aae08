import type { Manifest } from '../../kubectl/kubectl-writer';
import { type Finding, finding } from '../../shared/finding';
import { inParallel } from '../../shared/parallel';
import { names } from '../../shared/table';
import type { Check, CheckContext } from '../check';

/** Whether the cluster is new enough. */
export const clusterVersion: Check = {
  name: 'cluster-version',
  title: 'the version of Kubernetes, and the APIs that the stack uses',
  when: 'always',
  run: look,
};

/** Native sidecars are on by default: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/ */
const SIDECARS = 29;
const AT_ONCE = 4;

/** What to do for APIs that a cluster lacks, by their group and kind. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/^cert-manager[.]io/, 'install cert-manager: https://cert-manager.io/docs/installation/'],
  [/^external-secrets[.]io/, 'install External Secrets Operator: https://external-secrets.io'],
  [/ValidatingAdmissionPolicy/, 'update Kubernetes to 1.30 or newer, or set tokenPolicies: false'],
  [/MutatingAdmissionPolicy/, 'update Kubernetes to 1.36 or newer, or take inject: true out of stack.yaml'],
];

/** The kinds of an API version, as the API server lists them. */
interface ResourceList {
  readonly resources?: readonly { readonly kind: string }[];
}

async function look({ kubectl, objects }: CheckContext): Promise<Finding[]> {
  const version = await kubectl.raw<{ gitVersion?: string; minor?: string }>('/version');
  const kinds = kindsOf(objects);
  const missing = await inParallel([...kinds], AT_ONCE, async ([api, used]) => {
    const list = await kubectl.raw<ResourceList>(api.includes('/') ? `/apis/${api}` : `/api/${api}`);
    const known = list?.resources?.map(({ kind }) => kind) ?? [];
    return [...used].filter((kind) => !known.includes(kind)).map((kind) => `${api} ${kind}`);
  });
  return clusterVersionFindings(version ?? {}, kinds.size, missing.flat());
}

/** The kinds of objects, by their API version. */
function kindsOf(objects: readonly Manifest[]): Map<string, Set<string>> {
  const kinds = new Map<string, Set<string>>();
  for (const { apiVersion, kind } of objects) {
    kinds.set(apiVersion, (kinds.get(apiVersion) ?? new Set()).add(kind));
  }
  return kinds;
}

/**
 * Findings about the version and the APIs of a cluster.
 *
 * @param version what the API server says about itself
 * @param apis how many API versions the stack's objects have
 * @param missing the kinds that the cluster does not know
 */
export function clusterVersionFindings(
  { gitVersion = 'of an unknown version', minor = '' }: { readonly gitVersion?: string; readonly minor?: string },
  apis: number,
  missing: readonly string[],
): Finding[] {
  const about = (level: 'ok' | 'problem', message: string, fix?: string) =>
    finding(level, 'cluster-version', '', message, fix);
  if (Number.parseInt(minor, 10) < SIDECARS) {
    const fix = `update it to 1.${SIDECARS} or newer, which has native sidecars`;
    return [about('problem', `Kubernetes ${gitVersion} is too old for the mirror's pod`, fix)];
  }
  if (missing.length > 0) {
    const fixes = REMEDIES.filter(([api]) => missing.some((kind) => api.test(kind))).map(([, fix]) => fix);
    return [about('problem', `the cluster does not know ${names([...missing])}`, fixes.join('\n') || undefined)];
  }
  return [about('ok', `Kubernetes ${gitVersion} knows the kinds of all objects of the stack, in ${apis} API versions`)];
}
