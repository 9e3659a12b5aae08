import type { ComponentResourceOptions } from '@pulumi/pulumi';
import { ClusterTokens as Construct } from '../cluster-tokens';
import type { ClusterTokensProps } from '../config/cluster-tokens-props';
import { checkTokensOf } from '../config/rules';
import type { Inputs } from './inputs';
import { KubernetesComponent } from './kubernetes-component';
import { synthesized } from './kubernetes-object';
import { Outputs } from './outputs';
import type { TokenValues } from './secret-values';
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

/** The organisation tokens of one cluster without the mirror. A SecuredStack has all of it: use one of the two. */
export class ClusterTokens extends KubernetesComponent {
  /**
   * @param name name of the component, with which names of its resources begin
   * @param args the tokens
   * @param opts options; those that Pulumi does not hand on to children by itself are handed on here
   * @throws Error naming every key that cannot be or that contradicts another, before anything is registered
   */
  public constructor(name: string, { secrets, ...args }: ClusterTokensArgs, opts: ComponentResourceOptions = {}) {
    const outputs = new Outputs<ClusterTokensProps>(args as Inputs<ClusterTokensProps>, checkTokensOf);
    const { props } = outputs;
    const { made, objects } = synthesized((chart) => new Construct(chart, 'tokens', props));
    const parts = { objects, secrets: tokenSecretsOf(props, secrets), warnings: made.warnings, outputs };
    super('secure-mirror:index:ClusterTokens', name, parts, opts);
    this.registerOutputs(this.common);
  }
}
