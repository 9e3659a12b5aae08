import { type ComponentResourceOptions, type Output, output } from '@pulumi/pulumi';
import { plainOf } from '../settings/plain';
import { refuse } from '../settings/refuse';
import { checkSecuredStack } from '../stack/check-secured-stack';
import { resolveStack } from '../stack/resolve';
import { SecuredStack as Construct } from '../stack/secured-stack';
import type { SecuredStackProps } from '../stack/secured-stack-props';
import type { Inputs } from './inputs';
import { KubernetesComponent } from './kubernetes-component';
import { synthesized } from './kubernetes-object';
import { isOutput } from './output-places';
import { Outputs } from './outputs';
import type { SecretValues } from './secret-values';
import { checkSecretValues } from './secret-values-check';
import { secretsOf } from './secrets';

/** Settings of a stack as the constructs have them, in which texts may be Outputs, and values of its Secrets. */
export type SecuredStackArgs = Inputs<SecuredStackProps> & {
  /**
   * Values of Secrets that the settings name.
   *
   * @default - all Secrets are yours to make
   */
  readonly secrets?: SecretValues;
};

/**
 * One cluster's whole stack: each object that `cdk8s synth` writes, as a resource of its own, in the order that a cluster needs.
 *
 * The provider should have `enableConfigMapMutable` and `enableSecretMutable`: without, it deletes a ConfigMap or a Secret to change it.
 *
 * @example
 * const provider = new Provider('cluster', { enableConfigMapMutable: true, enableSecretMutable: true });
 * const mirror = new SecuredStack(
 *   'mirror',
 *   {
 *     name: 'production',
 *     registries: ['docker.io', 'ghcr.io'],
 *     authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
 *     secrets: { ca: { certificate: config.requireSecret('caCertificate'), key: config.requireSecret('caKey') } },
 *   },
 *   { provider },
 * );
 * export const entry = mirror.entry;
 */
export class SecuredStack extends KubernetesComponent {
  /** Namespace of the mirror. */
  public readonly namespace: Output<string>;
  /** URL at which a node's own containerd reaches the auth proxy. */
  public readonly entry: Output<string>;
  /** Trust domain of the identities; nothing without mutual TLS. */
  public readonly trustDomain: Output<string | undefined>;

  /**
   * @param name name of the component, with which names of its resources begin
   * @param args settings, and values of Secrets
   * @param opts options; children inherit all of them, also the ones that Pulumi does not pass on by itself
   * @throws Error naming every key that is unknown, missing or wrong, before anything is registered, or another component that has the
   * same objects with the same provider
   */
  public constructor(name: string, args: SecuredStackArgs, opts: ComponentResourceOptions = {}) {
    const { secrets, ...settings } = (plainOf(args, isOutput) ?? {}) as SecuredStackArgs;
    const outputs = new Outputs<SecuredStackProps>(settings as Inputs<SecuredStackProps>, checkSecuredStack);
    refuse(`SecuredStack ${name}`, [...outputs.problems, ...checkSecretValues(secrets)]);
    const { props } = outputs;
    const stack = resolveStack(props);
    const { made, objects } = synthesized((chart) => new Construct(chart, 'stack', props));
    const parts = { objects, secrets: secretsOf(stack, secrets), warnings: made.warnings, outputs };
    super('secure-mirror:index:SecuredStack', name, parts, opts);
    this.namespace = output(made.namespace);
    this.entry = output(made.entry);
    this.trustDomain = output(stack.mirror.authentication.mutualTls?.trustDomain);
    const { namespace, entry, trustDomain } = this;
    this.registerOutputs({ namespace, entry, trustDomain, ...this.common });
  }
}
