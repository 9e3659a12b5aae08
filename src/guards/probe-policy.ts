import { Construct } from 'constructs';
import { written } from '../kubernetes/written';
import { GuardPolicy } from './guard-policy';
import { liftedBy, parameterList } from './parameters';
import type { ResolvedGuards } from './resolved';

/** Where the pod's spec is, for kinds whose template is not at the usual place. */
const SPECS = [
  ['Pod', 'spec'],
  ['CronJob', 'spec.jobTemplate.spec.template.spec'],
  ['PodTemplate', 'template.spec'],
] as const;

/** What the kubelet calls for a container. */
const HANDLERS = ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle.?postStart', 'lifecycle.?preStop'];

/**
 * Refuses probes and lifecycle hooks with a host: the kubelet calls it from the node, past all network policies. Static pods, which nodes
 * report, and kube-system are not judged.
 */
export class ProbePolicy extends Construct {
  public constructor(scope: Construct, id: string, { namespace, probes }: ResolvedGuards) {
    super(scope, id);
    new GuardPolicy(this, 'Resource', {
      name: 'probes',
      action: probes.action,
      parametersOf: namespace,
      matchConstraints: {
        resourceRules: [
          written('', ['pods', 'podtemplates', 'replicationcontrollers']),
          written('apps', ['deployments', 'statefulsets', 'daemonsets', 'replicasets']),
          written('batch', ['jobs', 'cronjobs']),
        ],
      },
      matchConditions: [
        { name: 'not-of-a-node', expression: "!('system:nodes' in request.userInfo.?groups.orValue([]))" },
        { name: 'not-in-kube-system', expression: "request.namespace != 'kube-system'" },
      ],
      variables: [
        { name: 'old', expression: `request.operation == 'UPDATE' ? ${hosts('oldObject')} : []` },
        {
          name: 'wrong',
          expression: `request.namespace in ${parameterList('probes.exceptNamespaces')} ? [] : ${hosts('object')}.filter(list, !(list in variables.old))`,
        },
      ],
      validations: [
        {
          expression: 'size(variables.wrong) == 0',
          messageExpression:
            "'a probe or hook of the container ' + variables.wrong[0][0] + ' names the host ' + variables.wrong[0][1] + ', which the " +
            "kubelet would call from the node: leave host out, and it calls the pod' + " +
            liftedBy('probes.exceptNamespaces'),
          reason: 'Forbidden',
        },
      ],
    });
  }
}

/** For each container that names hosts a list of its name and the hosts. */
function hosts(object: 'object' | 'oldObject'): string {
  const at = (path: string) => `dyn(${object}).${path}`;
  const chosen = SPECS.map(([kind, path]) => `request.kind.kind == '${kind}' ? ${at(path)} : `).join('');
  const spec = `(${chosen}${at('spec.template.spec')})`;
  const all = HANDLERS.flatMap((handler) =>
    ['httpGet', 'tcpSocket'].map((call) => `container.?${handler}.?${call}.?host.orValue('')`),
  );
  return (
    `[${spec}].map(spec, spec.containers + spec.?initContainers.orValue([]))[0]` +
    `.map(container, [container.name] + [${all.join(', ')}].filter(host, host != '')).filter(list, size(list) > 1)`
  );
}
