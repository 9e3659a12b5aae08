import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { metadata } from '../../kubernetes/names';
import type { TokenHolderProps } from '../props/token-binding-props';

/** Who may read which Secret. */
export interface SecretReadersProps {
  /** Namespace of the Secret. */
  readonly namespace: string;
  /** The Secret. */
  readonly secret: string;
  /** Its readers, at least one. */
  readonly holders: TokenHolderProps[];
}

/** The right to get one Secret by its name, and no other: never to list or watch, which would show all of them. */
export class SecretReaders extends Construct {
  public constructor(scope: Construct, id: string, props: SecretReadersProps) {
    super(scope, id);
    const { namespace, secret, holders } = props;
    const name = `read-${secret}`;
    const API = 'rbac.authorization.k8s.io';
    new ApiObject(
      this,
      'role',
      k8s.KubeRole.manifest({
        metadata: metadata(namespace, name),
        rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: [secret], verbs: ['get'] }],
      }),
    );
    new ApiObject(
      this,
      'binding',
      k8s.KubeRoleBinding.manifest({
        metadata: metadata(namespace, name),
        roleRef: { apiGroup: API, kind: 'Role', name },
        subjects: holders.map((holder) =>
          holder.kind === 'ServiceAccount'
            ? { kind: holder.kind, name: holder.name, namespace: holder.namespace ?? namespace }
            : { apiGroup: API, kind: holder.kind, name: holder.name },
        ),
      }),
    );
  }
}
