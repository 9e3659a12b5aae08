import { Construct } from 'constructs';
import { written } from '../kubernetes/written';
import { GuardPolicy } from './guard-policy';
import { hostVariables, isAllowed, plainHost } from './host-names';
import { addressValidations, addressVariables } from './local-addresses';
import { whoLifts } from './operators';
import { liftedBy } from './parameters';
import type { ResolvedGuards } from './resolved';

const NAME = 'webhooks';

/**
 * Refuses webhooks, APIServices and conversions of CRDs that lead to the mirror's namespace, or by a URL to a host that nobody listed.
 * What an object had before stays, so that its other parts can be changed.
 */
export class WebhookPolicy extends Construct {
  public constructor(scope: Construct, id: string, { namespace, webhooks }: ResolvedGuards) {
    super(scope, id);
    const host = plainHost('url(target).getHostname()');
    new GuardPolicy(this, 'Resource', {
      name: NAME,
      action: webhooks.action,
      parametersOf: namespace,
      matchConstraints: {
        resourceRules: [
          written('admissionregistration.k8s.io', ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations']),
          written('apiregistration.k8s.io', ['apiservices']),
          written('apiextensions.k8s.io', ['customresourcedefinitions']),
        ],
      },
      variables: [
        ...addressVariables,
        ...hostVariables,
        { name: 'new', expression: clientConfigs('object') },
        { name: 'old', expression: `request.operation == 'UPDATE' ? ${clientConfigs('oldObject')} : []` },
        { name: 'services', expression: added('service', `target.namespace == '${namespace}'`) },
        {
          name: 'urls',
          expression: added(
            'url',
            `!isURL(target) || ![${host}].all(host, ${isAllowed('host', 'url(target).getHost().lowerAscii()')})`,
          ),
        },
      ],
      validations: [
        {
          expression: 'size(variables.services) == 0',
          messageExpression:
            `'the Service ${namespace}/' + variables.services[0].name + ' belongs to the image mirror, which only nodes ` +
            `may call: no webhook, APIService or conversion may name it; ${whoLifts(NAME)}'`,
          reason: 'Forbidden',
        },
        {
          expression: 'size(variables.urls) == 0',
          messageExpression:
            "'the API server may not call ' + variables.urls[0] + ' for others, as its host can mean a node or the image mirror: " +
            `name a Service' + ${liftedBy('webhooks.allowedHosts')}`,
          reason: 'Forbidden',
        },
        ...addressValidations,
      ],
    });
  }
}

/** All that an object lets the API server call: mappings with `service` or `url`. */
function clientConfigs(object: 'object' | 'oldObject'): string {
  const it = `dyn(${object})`;
  return (
    `(request.kind.kind == 'APIService' ? [${it}.spec] : ` +
    `request.kind.kind == 'CustomResourceDefinition' ? [${it}.spec.?conversion.?webhook.?clientConfig.orValue({})] : ` +
    `${it}.?webhooks.orValue([]).map(webhook, webhook.clientConfig))`
  );
}

/** Targets that the object had not before and that are wrong. */
function added(key: 'service' | 'url', wrong: string): string {
  const targets = (which: 'new' | 'old') =>
    `variables.${which}.filter(config, config.?${key}.hasValue()).map(config, config.${key})`;
  const same = key === 'url' ? 'other == target' : 'other.namespace == target.namespace && other.name == target.name';
  return `${targets('new')}.filter(target, (${wrong}) && !${targets('old')}.exists(other, ${same}))`;
}
