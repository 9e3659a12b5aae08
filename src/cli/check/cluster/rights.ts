import type { ResolvedMirror } from '../../../mirror/resolved';
import type { ResolvedIssuer } from '../../../mirror/resolved-authentication';
import { counted } from '../../../settings/counted';
import { KubectlWriter } from '../../kubectl/kubectl-writer';
import type { Check, CheckContext } from '../../probe/check';
import { type Finding, finding } from '../../shared/finding';
import { type Api, readApis } from './apis';
import { type Right, rightsInWords } from './right';

/** Whether the caller may run the checks. */
export const rights: Check = {
  name: 'rights',
  title: 'your rights to run the checks',
  when: 'always',
  run: async ({ kubectl, mirror }) => {
    const missing = await missingRights(new KubectlWriter(kubectl), rightsToCheck(mirror));
    if (missing.length === 0) return [finding('ok', 'rights', '', 'you may do all that the checks do')];
    const message = `you may not ${rightsInWords(missing)}: checks that need it are not tried`;
    return [
      finding('unknown', 'rights', '', message, 'ask for these rights, or have somebody run the check who has them'),
    ];
  },
};

/** Whether the caller may install the stack. */
export const rightsToApply: Check = {
  name: 'rights-to-apply',
  title: "your rights to apply the stack's objects",
  when: 'before',
  run: lookAtApply,
};

async function lookAtApply({ kubectl, objects }: CheckContext): Promise<Finding[]> {
  const apis = await readApis(kubectl, objects);
  const namespaceOf = (api: Api) =>
    new Set(objects.filter((object) => isOf(object, api)).map(({ metadata }) => metadata.namespace));
  const needed = apis.flatMap((api) => (api.resource === undefined ? [] : rightsToApplyOf(api, [...namespaceOf(api)])));
  const missing = await missingRights(new KubectlWriter(kubectl), needed);
  if (missing.length === 0) {
    return [
      finding('ok', rightsToApply.name, '', `you may apply all ${counted(objects.length, 'object')} of the stack`),
    ];
  }
  const message = `you may not ${rightsInWords(missing)}`;
  return [
    finding(
      'problem',
      rightsToApply.name,
      '',
      message,
      'ask for these rights, or have somebody apply the stack who has them',
    ),
  ];
}

function isOf(object: { readonly apiVersion: string; readonly kind: string }, { apiVersion, kind }: Api): boolean {
  return object.apiVersion === apiVersion && object.kind === kind;
}

/** A server-side apply creates what does not exist, and patches the rest. */
function rightsToApplyOf({ apiVersion, resource = '' }: Api, namespaces: unknown[]): Right[] {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return namespaces.flatMap((namespace) =>
    ['create', 'patch'].map((verb) => ({
      verb,
      group,
      resource,
      ...(typeof namespace === 'string' ? { namespace } : {}),
    })),
  );
}

/** The rights that the checks need. */
function rightsToCheck({ namespace, imagePullSecrets, authentication }: ResolvedMirror): Right[] {
  const home = imagePullSecrets.length > 0 ? { namespace } : {};
  const pods = ['create', 'list', 'delete'].map((verb) => ({ verb, group: '', resource: 'pods', ...home }));
  const own = ['create', 'delete'].map((verb) => ({ verb, group: '', resource: 'namespaces' }));
  // With its own namespace all else goes.
  const policies = imagePullSecrets.length > 0 ? ['create', 'list', 'delete'] : ['create'];
  return [
    { verb: 'list', group: '', resource: 'nodes' },
    { verb: 'list', group: 'apps', resource: 'daemonsets' },
    { verb: 'get', group: 'apps', resource: 'daemonsets', namespace },
    { verb: 'create', group: 'apps', resource: 'daemonsets', ...home },
    { verb: 'list', group: 'apps', resource: 'deployments' },
    { verb: 'get', group: '', resource: 'namespaces' },
    { verb: 'get', group: '', resource: 'serviceaccounts', ...home },
    { verb: 'get', group: '', resource: 'secrets', namespace },
    ...(authentication.mounted.trust?.configMap === undefined
      ? []
      : [{ verb: 'get', group: '', resource: 'configmaps', namespace }]),
    ...issuers(authentication.mutualTls?.issuer, namespace, home),
    { verb: 'create', group: '', resource: 'pods/exec', namespace },
    ...(imagePullSecrets.length > 0 ? [{ verb: 'list', group: '', resource: 'pods' }] : own),
    ...pods,
    { verb: 'get', group: '', resource: 'pods/log', ...home },
    ...policies.map((verb) => ({ verb, group: 'networking.k8s.io', resource: 'networkpolicies', ...home })),
  ];
}

function issuers(issuer: ResolvedIssuer | undefined, namespace: string, home: Pick<Right, 'namespace'>): Right[] {
  if (issuer === undefined) return [];
  const { kind, group } = issuer.ref;
  const place = kind === 'ClusterIssuer' ? {} : { namespace };
  return [
    { verb: 'get', group, resource: `${kind.toLowerCase()}s`, ...place },
    { verb: 'list', group: 'cert-manager.io', resource: 'certificates', namespace },
    { verb: 'create', group: 'cert-manager.io', resource: 'certificates', ...home },
  ];
}

/** Asks the API server about rights. */
async function missingRights(writer: KubectlWriter, needed: readonly Right[]): Promise<Right[]> {
  const reviews = needed.map(({ resource, ...right }) => {
    const [name = '', subresource] = resource.split('/');
    const resourceAttributes = { ...right, resource: name, ...(subresource === undefined ? {} : { subresource }) };
    return {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes },
    };
  });
  const answers = await writer.ask(reviews, '{.status.allowed}');
  return needed.filter((_, index) => answers[index] !== 'true');
}
