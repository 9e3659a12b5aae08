import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ResolvedMirror } from '../mirror/resolved';
import { ApproverPolicies } from './approver-policies';
import { CertificateRequestsGuard } from './certificate-requests-guard';
import { CertificatesGuard } from './certificates-guard';
import { mirrorNames } from './mirror-names';
import type { ResolvedGuards } from './resolved';

/** What the guards of certificates are made of. */
export interface CertificateGuardsProps {
  readonly guards: ResolvedGuards;
  readonly mirror: ResolvedMirror;
  /** The mirror's Certificates. */
  readonly certificates: ApiObject[];
}

/** Keeps the mirror's names to the mirror: in Certificates, in requests, and at approver-policy. Nothing is made without mutual TLS. */
export class CertificateGuards extends Construct {
  public constructor(scope: Construct, id: string, { guards, mirror, certificates }: CertificateGuardsProps) {
    super(scope, id);
    const names = mirrorNames(mirror);
    if (names === undefined) return;
    const { namespace } = mirror;
    const { action, approverPolicy } = guards.certificates;
    const common = { action, namespace, names, operators: guards.mirrorNamespace.operators };
    new CertificatesGuard(this, 'certificates', common);
    new CertificateRequestsGuard(this, 'requests', common);
    if (approverPolicy && certificates.length > 0) {
      new ApproverPolicies(this, 'approval', { namespace, certificates });
    }
  }
}
