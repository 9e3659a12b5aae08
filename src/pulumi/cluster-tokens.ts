import type { ComponentResourceOptions } from '@pulumi/pulumi';
import { plainOf } from '../settings/plain';
import { refuse } from '../settings/refuse';
import { checkClusterTokens } from '../tokens/check-tokens';
import { ClusterTokens as Construct } from '../tokens/cluster-tokens';
import type { ClusterTokensProps } from '../tokens/props/cluster-tokens-props';
import { resolveTokens } from '../tokens/resolve';
import type { Inputs } from './inputs';
import { KubernetesComponent } from './kubernetes-component';
import { synthesized } from './kubernetes-object';
import { isOutput } from './output-places';
import { Outputs } from './outputs';
import type { TokenValues } from './secret-values';
import { checkSecretValues } from './secret-values-check';
import { tokenSecretsOf } from './secrets';

/** Settings of a cluster's tokens as the construct has them, in which texts may be Outputs, and the tokens themselves. */
export type ClusterTokensArgs = Inputs<ClusterTokensProps> & {
  /**
   * Values of Secrets that the settings name.
   *
   * @default - all Secrets are yours to make
   */
  readonly secrets?: TokenValues;
};

/**
 * The organisation tokens of one cluster without the mirror. A SecuredStack has all of it: use one of the two.
 *
 * @example
 * const provider = new Provider('cluster', { enableConfigMapMutable: true, enableSecretMutable: true });
 * new ClusterTokens(
 *   'tokens',
 *   {
 *     name: 'production',
 *     namespace: 'platform',
 *     tokens: [
 *       {
 *         organization: 'example',
 *         pull: [
 *           {
 *             purpose: 'shop pull',
 *             repositories: ['example/shop'],
 *             owner: 'team-shop',
 *             bindTo: [{ namespace: 'shop', serviceAccounts: ['shop'] }],
 *           },
 *         ],
 *       },
 *     ],
 *     secrets: { tokens: { 'shop pull': config.requireSecret('shopToken') } },
 *   },
 *   { provider },
 * );
 */
export class ClusterTokens extends KubernetesComponent {
  /**
   * @param name name of the component, with which names of its resources begin
   * @param args the tokens
   * @param opts options; children inherit all of them, also the ones that Pulumi does not pass on by itself
   * @throws Error naming every key that is unknown, missing or wrong, before anything is registered, or another component that has the
   * same objects with the same provider
   */
  public constructor(name: string, args: ClusterTokensArgs, opts: ComponentResourceOptions = {}) {
    const { secrets, ...settings } = (plainOf(args, isOutput) ?? {}) as ClusterTokensArgs;
    const outputs = new Outputs<ClusterTokensProps>(settings as Inputs<ClusterTokensProps>, checkClusterTokens);
    refuse(`ClusterTokens ${name}`, [...outputs.problems, ...checkSecretValues(secrets, ['tokens'])]);
    const { props } = outputs;
    const { made, objects } = synthesized((chart) => new Construct(chart, 'tokens', props));
    const parts = { objects, secrets: tokenSecretsOf(resolveTokens(props), secrets), warnings: made.warnings, outputs };
    super('secure-mirror:index:ClusterTokens', name, parts, opts);
    this.registerOutputs(this.common);
  }
}
