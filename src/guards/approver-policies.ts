import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { type AllowedAttributes, CertificateRequestPolicy } from '../../imports/approver-policy';
import type { CertificateProps } from '../../imports/cert-manager';
import { GUARD, metadata, objectLabels } from '../kubernetes/names';

/** What approver-policy approves. */
export interface ApproverPoliciesProps {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** The Certificates of the mirror. */
  readonly certificates: ApiObject[];
}

const NAME = `${GUARD}-certificates`;
const GROUP = 'policy.cert-manager.io';
const RBAC = 'rbac.authorization.k8s.io';

/**
 * Tells approver-policy what cert-manager may ask for in the mirror's namespace: for each Certificate exactly what it says. It approves
 * nothing that no policy allows, so these are an exception for the mirror, and nobody else can use them.
 */
export class ApproverPolicies extends Construct {
  public constructor(scope: Construct, id: string, { namespace, certificates }: ApproverPoliciesProps) {
    super(scope, id);
    const policies = certificates.map((certificate) => {
      // Read when the manifests are written: patches may still change the Certificate.
      const spec = (): CertificateProps => certificate.toJson().spec;
      const name = `${GUARD}-${certificate.name.replace(/^mirror-/, '')}`;
      new CertificateRequestPolicy(this, certificate.name, {
        name,
        labels: { ...objectLabels },
        namespace,
        get issuerRef() {
          return { ...spec().issuerRef };
        },
        get allowed() {
          return allowed(spec());
        },
      });
      return name;
    });
    const meta = metadata(namespace, NAME);
    const rules = [
      { apiGroups: [GROUP], resources: ['certificaterequestpolicies'], resourceNames: policies, verbs: ['use'] },
    ];
    new ApiObject(this, 'role', k8s.KubeRole.manifest({ metadata: meta, rules }));
    new ApiObject(
      this,
      'binding',
      k8s.KubeRoleBinding.manifest({
        metadata: meta,
        roleRef: { apiGroup: RBAC, kind: 'Role', name: NAME },
        // Who makes the requests of Certificates.
        subjects: [{ kind: 'ServiceAccount', namespace: 'cert-manager', name: 'cert-manager' }],
      }),
    );
  }
}

function allowed({ commonName, subject, uris, dnsNames, ipAddresses, usages }: CertificateProps): AllowedAttributes {
  const some = (values: readonly string[] | undefined) => values && { values: [...values] };
  const parts = Object.entries(subject ?? {}).map(([part, value]) => [
    part,
    typeof value === 'string' ? { value } : some(value),
  ]);
  return {
    ...(commonName === undefined ? {} : { commonName: { value: commonName, required: true } }),
    ...(parts.length === 0 ? {} : { subject: Object.fromEntries(parts) }),
    uris: { values: [...uris], required: true },
    ...(dnsNames ? { dnsNames: some(dnsNames) } : {}),
    ...(ipAddresses ? { ipAddresses: some(ipAddresses) } : {}),
    usages: [...usages],
  };
}
