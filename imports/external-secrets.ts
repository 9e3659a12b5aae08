import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';

/** Makes the External Secrets Operator keep a Secret in step with a store. external-secrets.io/v1, kind ExternalSecret: https://external-secrets.io/latest/api/externalsecret/ */
export class ExternalSecret extends ApiObject {
  /**
   * @param scope parent
   * @param id id in the parent
   * @param props what is kept in step with what
   */
  public constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    const { metadata, secretName, secretType, secretData, ...spec } = props;
    const template = { type: secretType, ...(secretData ? { engineVersion: 'v2', data: secretData } : {}) };
    super(scope, id, {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata,
      spec: { ...spec, target: { name: secretName, template } },
    });
  }
}

/** What is kept in step with what. */
export interface ExternalSecretProps {
  /** Name, namespace, labels. */
  readonly metadata: ApiObjectMetadata;
  /** How often the store is asked, such as 1h. */
  readonly refreshInterval: string;
  /** The store. */
  readonly secretStoreRef: { readonly name: string; readonly kind: string };
  /** Name of the Secret. */
  readonly secretName: string;
  /** Type of the Secret. */
  readonly secretType: string;
  /**
   * Its keys as templates (version v2: Go's templates with Sprig's functions).
   *
   * @default - the keys of `data`, as they are
   */
  readonly secretData?: { readonly [key: string]: string };
  /** Keys of the Secret, and where their values are in the store. */
  readonly data: {
    readonly secretKey: string;
    readonly remoteRef: { readonly key: string; readonly property: string };
  }[];
}
