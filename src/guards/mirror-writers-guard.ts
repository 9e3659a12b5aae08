import { Construct } from 'constructs';
import { inNamespace, literal, validation } from '../kubernetes/cel';
import { DAEMON_SET } from '../mirror/contract/names';
import { GuardPolicy } from './guard-policy';
import { byFieldManager, isController, type Operators, operatorVariables, whoLifts, whoMay } from './operators';
import type { GuardAction } from './props/guard-props';

/** What the guard of changes in the mirror's namespace is made of. */
export interface MirrorWritersGuardProps {
  readonly action: GuardAction;
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Who may change it. */
  readonly operators: Operators;
  /** ConfigMaps that the stack makes: scripts, configurations and lists. */
  readonly configMaps: string[];
  /** ConfigMap with the CAs that the mirror trusts, which another program may keep. */
  readonly trust?: string;
}

const NAME = 'mirror-namespace';
const WRITTEN = ['CREATE', 'UPDATE'];

/** Keys of objects that decide what runs, and with which files. Labels, owners and finalizers are changed by many. */
const CONTENT = ['spec', 'data', 'binaryData', 'type', 'secrets', 'imagePullSecrets', 'automountServiceAccountToken'];

/**
 * Holds changes in the mirror's namespace to its operators: who can write the node agent's ConfigMap, start a pod or run a command in one is
 * root on the nodes, and who can change a NetworkPolicy or make a Service opens the mirror's ports. Controllers do what is theirs: pods of the DaemonSet, Secrets of cert-manager or of a store.
 */
export class MirrorWritersGuard extends Construct {
  public constructor(scope: Construct, id: string, props: MirrorWritersGuardProps) {
    super(scope, id);
    const { action, namespace, operators, configMaps, trust } = props;
    const rule = (group: string, operations: string[], resources: string[]) => ({
      apiGroups: [group],
      apiVersions: ['*'],
      operations,
      resources,
    });
    const exceptions: { readonly [resource: string]: string } = {
      pods: isController('apps', 'daemonsets', 'status'),
      secrets: isController('', 'secrets'),
      configmaps:
        `!(variables.name in ${literal([...configMaps, ...(trust === undefined ? [] : [trust])])})` +
        (trust === undefined ? '' : ` || (variables.name == ${literal(trust)} && ${isController('', 'configmaps')})`),
      // By the kubelet, for a pod on its node.
      'serviceaccounts/token': `variables.name != '${DAEMON_SET}' || 'system:nodes' in request.userInfo.?groups.orValue([])`,
      serviceaccounts: `variables.name != '${DAEMON_SET}'`,
      // By the controllers that end a namespace or what has lost its owner.
      networkpolicies: `request.operation == 'DELETE' && ${isController('networking.k8s.io', 'networkpolicies', '', ['delete'])}`,
    };
    const chosen = Object.entries(exceptions).map(([what, allowed]) => `variables.what == '${what}' ? (${allowed}) : `);
    new GuardPolicy(this, 'Resource', {
      name: NAME,
      action,
      matchConstraints: {
        namespaceSelector: inNamespace(namespace),
        resourceRules: [
          rule('', ['CREATE'], ['pods', 'serviceaccounts/token']),
          // Kubernetes takes annotations by the subresources too.
          rule('', ['UPDATE'], ['namespaces', 'namespaces/status', 'namespaces/finalize']),
          rule('', ['CONNECT'], ['pods/exec', 'pods/attach', 'pods/portforward', 'pods/proxy', 'services/proxy']),
          rule('', WRITTEN, ['configmaps', 'secrets', 'serviceaccounts', 'replicationcontrollers', 'services']),
          rule('networking.k8s.io', [...WRITTEN, 'DELETE'], ['networkpolicies']),
          rule('apps', WRITTEN, ['deployments', 'statefulsets', 'daemonsets', 'replicasets']),
          rule('batch', WRITTEN, ['jobs', 'cronjobs']),
        ],
      },
      matchConditions: [{ name: 'changed', expression: contentChanges() }],
      variables: [
        ...operatorVariables(operators, NAME),
        { name: 'name', expression: "request.?name.orValue('')" },
        {
          name: 'what',
          expression:
            "request.resource.resource + (request.?subResource.orValue('') == '' ? '' : '/' + request.subResource)",
        },
        { name: 'excepted', expression: `${chosen.join('')}false` },
      ],
      validations: [
        {
          expression: 'variables.operator || variables.excepted',
          messageExpression:
            `'${namespace} is the namespace of the mirror, and its ' + ` +
            `(variables.what.startsWith('namespaces') ? 'lists of the guards' : variables.what) + ` +
            `' are for operators, as they can open the mirror or lead to root on every node: ' + ` +
            literal(whoMay(operators, NAME)),
          reason: 'Forbidden',
        },
        ...(operators.fieldManagers.length === 0
          ? []
          : [
              validation(
                `!(variables.what == 'configmaps' && variables.name in ${literal(configMaps)} || variables.what.startsWith('namespaces')) || ` +
                  byFieldManager(operators),
                `the ConfigMaps of the mirror and the lists of the guards are kept by ${operators.fieldManagers.join(', ')}, and this request names another field manager; ${whoLifts(NAME)}`,
              ),
            ]),
      ],
    });
  }
}

function contentChanges(): string {
  const changed = CONTENT.map((key) => `dyn(object).?${key} != dyn(oldObject).?${key}`);
  return (
    `request.operation != 'UPDATE' || (request.resource.resource == 'namespaces' ? ${listChanges()} : ` +
    `${changed.join(' || ')})`
  );
}

/** Whether a list of the guards changes: an annotation of the Namespace. */
function listChanges(): string {
  const annotations = (object: string) => `dyn(${object}).metadata.?annotations`;
  const differs = `${annotations('object')}[?key] != ${annotations('oldObject')}[?key]`;
  const changed = (object: string) =>
    `${annotations(object)}.orValue({}).exists(key, key.startsWith('secured-mirror/') && ${differs})`;
  return `${changed('object')} || ${changed('oldObject')}`;
}
