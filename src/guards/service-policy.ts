import { Construct } from 'constructs';
import { written } from '../kubernetes/written';
import { GuardPolicy } from './guard-policy';
import { hostVariables, isAllowed, plainHost } from './host-names';
import { addressValidations, addressVariables, isLocal } from './local-addresses';
import { liftedBy, parameterList } from './parameters';
import type { ResolvedGuards } from './resolved';

/**
 * Refuses Services that are another name for the mirror, for a node or for a host that nobody listed, as the API server follows an
 * ExternalName, and Services that take over addresses of the cluster as externalIPs. What a Service had before stays.
 */
export class ServicePolicy extends Construct {
  public constructor(scope: Construct, id: string, { namespace, webhooks }: ResolvedGuards) {
    super(scope, id);
    const name = 'variables.externalName';
    const inCluster =
      `(${name}.matches('^([a-z0-9]([-a-z0-9]*[a-z0-9])?[.]){2,}svc([.]cluster[.]local)?$') && ` +
      `!${name}.matches('[.]${namespace}[.]svc([.]|$)'))`;
    new GuardPolicy(this, 'Resource', {
      name: 'services',
      action: webhooks.action,
      parametersOf: namespace,
      matchConstraints: { resourceRules: [written('', ['services'])] },
      matchConditions: [
        {
          name: 'leads-elsewhere',
          expression: "object.spec.?type.orValue('') == 'ExternalName' || object.spec.?externalIPs.hasValue()",
        },
      ],
      variables: [
        ...addressVariables,
        ...hostVariables,
        {
          name: 'allowed',
          expression: `(request.namespace + '/' + object.metadata.name) in ${parameterList('webhooks.allowedServices')}`,
        },
        { name: 'externalName', expression: externalName('object') },
        { name: 'oldName', expression: `request.operation == 'UPDATE' ? ${externalName('oldObject')} : ''` },
        {
          name: 'oldIPs',
          expression: "request.operation == 'UPDATE' ? oldObject.spec.?externalIPs.orValue([]) : []",
        },
        {
          name: 'wrongIPs',
          expression: `object.spec.?externalIPs.orValue([]).filter(address, ${isLocal('address')} && !(address in variables.oldIPs))`,
        },
      ],
      validations: [
        {
          expression: `variables.allowed || ${name} == variables.oldName || ${inCluster} || ${isAllowed(name)}`,
          messageExpression:
            `'the ExternalName ' + ${name} + ' can mean a node or the image mirror, and the API server follows it: ` +
            `name a Service, as name.namespace.svc.cluster.local' + ${liftedBy('webhooks.allowedHosts')}`,
          reason: 'Forbidden',
        },
        {
          expression: 'variables.allowed || size(variables.wrongIPs) == 0',
          messageExpression:
            "'the externalIP ' + variables.wrongIPs[0] + ' may be a node, a pod of others or the image mirror: the Service ' + " +
            `request.namespace + '/' + object.metadata.name + ' would take its traffic' + ${liftedBy('webhooks.allowedServices')}`,
          reason: 'Forbidden',
        },
        ...addressValidations,
      ],
    });
  }
}

/** The name that a Service stands for; empty where it stands for none. */
function externalName(object: 'object' | 'oldObject'): string {
  const name = plainHost(`${object}.spec.?externalName.orValue('')`);
  return `(${object}.spec.?type.orValue('') == 'ExternalName' ? ${name} : '')`;
}
