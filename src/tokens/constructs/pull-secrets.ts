import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { MutatingAdmissionPolicy } from '../../../imports/admission-registration';
import { objectLabels } from '../../kubernetes/names';
import { keptByTools } from '../../kubernetes/tool-annotations';
import type { BoundServiceAccount } from '../model/resolved';
import { AccountsChart } from './accounts-chart';

/** What pods pull with, at their ServiceAccounts and, where that is wished, in pods that name pull secrets of their own. */
export class PullSecrets extends Construct {
  public constructor(scope: Construct, id: string, bound: BoundServiceAccount[]) {
    super(scope, id);
    const applied = bound.filter((account) => account.applied);
    const accounts = applied.length > 0 ? new AccountsChart(this) : this;
    for (const { namespace, name, secrets } of applied) {
      // A server-side apply adds the list to an existing account. Labels stay with the account's maker.
      new ApiObject(
        accounts,
        `${namespace}--${name}`,
        k8s.KubeServiceAccount.manifest({
          metadata: { namespace, name, annotations: { ...keptByTools } },
          imagePullSecrets: secrets.map((secret) => ({ name: secret })),
        }),
      );
    }
    this.node.addValidation({ validate: () => madeTwice(this, applied) });
    for (const { namespace, name, secrets } of bound.filter(({ injected }) => injected)) {
      new MutatingAdmissionPolicy(this, `inject-${namespace}--${name}`, {
        name: `secured-mirror-pull-secrets.${namespace}.${name}`,
        labels: { ...objectLabels },
        matchConstraints: {
          namespaceSelector: {
            matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [namespace] }],
          },
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        },
        matchConditions: [
          { name: 'service-account', expression: `object.spec.?serviceAccountName.orValue('') == '${name}'` },
        ],
        jsonPatch: additions(secrets),
      });
    }
  }
}

/** ServiceAccounts that the app makes too: applied by one manager, each manifest would take away what only the other says. */
function madeTwice(here: Construct, applied: BoundServiceAccount[]): string[] {
  const others = new Set(
    here.node.root.node
      .findAll()
      .filter(ApiObject.isApiObject)
      .filter(
        ({ kind, node }) => kind === 'ServiceAccount' && !node.scopes.some((scope) => scope instanceof PullSecrets),
      )
      .map(({ metadata, name }) => `${metadata.namespace}/${name}`),
  );
  return applied.flatMap(({ namespace, name, secrets }) =>
    others.has(`${namespace}/${name}`)
      ? [
          `ServiceAccount ${namespace}/${name} is made in this app too: bind it with apply: false, ` +
            `and give it these imagePullSecrets, in this order: ${secrets.join(', ')}`,
        ]
      : [],
  );
}

/** Adds the names that a pod does not have. An apply configuration cannot: the items of this list are atomic (measured). */
function additions(secrets: string[]): string {
  const names = secrets.map((secret) => `'${secret}'`).join(', ');
  const list = '/spec/imagePullSecrets';
  return [
    `(has(object.spec.imagePullSecrets) ? [] : [JSONPatch{op: 'add', path: '${list}', value: []}])`,
    `[${names}].filter(name, !object.spec.?imagePullSecrets.orValue([]).exists(s, s.?name.orValue('') == name))` +
      `.map(name, JSONPatch{op: 'add', path: '${list}/-', value: Object.spec.imagePullSecrets{name: name}})`,
  ].join(' + ');
}
