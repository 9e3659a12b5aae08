import { Construct } from 'constructs';
import type { ResolvedMirror } from '../mirror/resolved';
import type { ResolvedTokens } from '../tokens/model/resolved';
import { GuardParameters } from './parameters';
import type { ResolvedGuards } from './resolved';
import { WebhookGuard } from './webhook-guard';

/** What the guards are made of. */
export interface AllGuardsProps {
  readonly guards: ResolvedGuards;
  readonly mirror: ResolvedMirror;
  readonly tokens: ResolvedTokens;
}

/** What the API server refuses in the whole cluster, so that nobody gets around the mirror's locks. */
export class Guards extends Construct {
  public constructor(scope: Construct, id: string, { guards }: AllGuardsProps) {
    super(scope, id);
    new GuardParameters(this, 'parameters', guards);
    new WebhookGuard(this, 'webhooks', guards);
  }
}
