import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ResolvedMirror } from '../mirror/resolved';
import type { ResolvedTokens } from '../tokens/model/resolved';
import { CertificateGuards } from './certificate-guards';
import { EndpointPolicy } from './endpoint-policy';
import { MirrorNamespaceGuard } from './mirror-namespace-guard';
import { annotateParameters } from './parameters';
import { PrivateRepositoriesGuard } from './private-repositories-guard';
import { ProbePolicy } from './probe-policy';
import type { ResolvedGuards } from './resolved';
import { ServicePolicy } from './service-policy';
import { WebhookPolicy } from './webhook-policy';

/** What the guards are made of. */
export interface AllGuardsProps {
  readonly guards: ResolvedGuards;
  readonly mirror: ResolvedMirror;
  readonly tokens: ResolvedTokens;
  /** The mirror's Namespace: its annotations have the lists. */
  readonly namespace: ApiObject;
  /** The mirror's DaemonSet. */
  readonly daemonSet: ApiObject;
  /** ConfigMaps with what the mirror's containers run or read. */
  readonly configMaps: ApiObject[];
  /** The mirror's Certificates. */
  readonly certificates: ApiObject[];
}

/** What the API server refuses in the whole cluster, so that nobody gets around the mirror's locks. */
export class Guards extends Construct {
  public constructor(scope: Construct, id: string, props: AllGuardsProps) {
    super(scope, id);
    const { guards, namespace, tokens } = props;
    annotateParameters(namespace, guards);
    new WebhookPolicy(this, 'webhooks', guards);
    new EndpointPolicy(this, 'endpoints', guards);
    new ServicePolicy(this, 'services', guards);
    new ProbePolicy(this, 'probes', guards);
    new MirrorNamespaceGuard(this, 'mirror-namespace', props);
    new PrivateRepositoriesGuard(this, 'private-repositories', { ...guards.privateRepositories, tokens });
    new CertificateGuards(this, 'certificates', props);
  }
}
