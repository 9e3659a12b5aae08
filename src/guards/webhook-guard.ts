import { Construct } from 'constructs';
import { GuardPolicy } from './guard-policy';
import type { ResolvedGuards } from './resolved';

const WRITTEN = ['CREATE', 'UPDATE'];

/** Refuses webhooks, APIServices and conversions of CRDs that lead to the mirror. */
export class WebhookGuard extends Construct {
  public constructor(scope: Construct, id: string, { namespace, webhooks }: ResolvedGuards) {
    super(scope, id);
    new GuardPolicy(this, 'Resource', {
      name: 'webhooks',
      action: webhooks.action,
      parametersIn: namespace,
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ['admissionregistration.k8s.io'],
            apiVersions: ['*'],
            operations: WRITTEN,
            resources: ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'],
          },
        ],
      },
      variables: [
        { name: 'configs', expression: 'dyn(object).?webhooks.orValue([]).map(webhook, webhook.clientConfig)' },
      ],
      validations: [
        {
          expression: `variables.configs.all(config, config.?service.?namespace.orValue('') != '${namespace}')`,
          messageExpression: `'the namespace ${namespace} holds no webhook: nobody but its own nodes may call the mirror'`,
          reason: 'Forbidden',
        },
      ],
    });
  }
}
