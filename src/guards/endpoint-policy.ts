import { Construct } from 'constructs';
import { literal } from '../kubernetes/cel';
import { written } from '../kubernetes/written';
import { GuardPolicy } from './guard-policy';
import { addressValidations, addressVariables, isLocal } from './local-addresses';
import { liftedBy, parameterList } from './parameters';
import type { ResolvedGuards } from './resolved';

/** Who keeps endpoints in every cluster. Labels say so too, but anybody can set them. */
const CONTROLLERS = [
  ...['endpoint-controller', 'endpointslice-controller', 'endpointslicemirroring-controller'].map(
    (name) => `system:serviceaccount:kube-system:${name}`,
  ),
  ...['system:kube-controller-manager', 'system:apiserver'],
];

/** Refuses endpoints that somebody makes by hand and that are addresses of the cluster. Addresses that an object had before stay. */
export class EndpointPolicy extends Construct {
  public constructor(scope: Construct, id: string, { namespace, webhooks }: ResolvedGuards) {
    super(scope, id);
    new GuardPolicy(this, 'Resource', {
      name: 'endpoints',
      action: webhooks.action,
      parametersOf: namespace,
      matchConstraints: {
        resourceRules: [written('', ['endpoints']), written('discovery.k8s.io', ['endpointslices'])],
      },
      matchConditions: [{ name: 'by-hand', expression: `!(request.userInfo.username in ${literal(CONTROLLERS)})` }],
      variables: [
        ...addressVariables,
        { name: 'service', expression: service('object') },
        {
          name: 'allowed',
          expression:
            `variables.service in ${parameterList('webhooks.allowedServices')} || ` +
            `request.userInfo.username in ${parameterList('webhooks.endpointControllers')}`,
        },
        // What a slice of another Service had before is nothing that this Service had.
        {
          name: 'old',
          expression: `request.operation == 'UPDATE' && variables.service == ${service('oldObject')} ? ${addresses('oldObject')} : []`,
        },
        {
          name: 'wrong',
          expression:
            `variables.allowed ? [] : ${addresses('object')}.map(list, list.filter(address, ${isLocal('address')} && ` +
            '!variables.old.exists(other, address in other))).filter(list, size(list) > 0)',
        },
      ],
      validations: [
        {
          expression: 'size(variables.wrong) == 0',
          messageExpression:
            "'the Service ' + variables.service + ' may not lead to ' + variables.wrong[0][0] + ', which may be a node, a pod of " +
            "others or the image mirror: use a selector, and Kubernetes keeps the endpoints' + " +
            liftedBy('webhooks.allowedServices'),
          reason: 'Forbidden',
        },
        ...addressValidations,
      ],
    });
  }
}

function service(object: 'object' | 'oldObject'): string {
  const name = `dyn(${object}).metadata.name`;
  const label = `dyn(${object}).metadata.?labels[?'kubernetes.io/service-name'].orValue('')`;
  return `(request.namespace + '/' + (request.kind.kind == 'Endpoints' ? ${name} : ${label}))`;
}

/** Lists of addresses. */
function addresses(object: 'object' | 'oldObject'): string {
  const it = `dyn(${object})`;
  const both = '(subset.?addresses.orValue([]) + subset.?notReadyAddresses.orValue([])).map(address, address.ip)';
  return (
    `(request.kind.kind == 'Endpoints' ? ${it}.?subsets.orValue([]).map(subset, ${both}) : ` +
    `${it}.?endpoints.orValue([]).map(endpoint, endpoint.addresses))`
  );
}
