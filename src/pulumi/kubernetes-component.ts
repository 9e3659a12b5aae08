import { createHash } from 'node:crypto';
import { ComponentResource, type ComponentResourceOptions, log, type Output, output } from '@pulumi/pulumi';
import { type KubernetesObject, pathOf } from './kubernetes-object';
import { secretsIn, serviceAccountsIn } from './names-in-use';
import { registersObjectsOnce } from './objects-once';
import type { Outputs } from './outputs';
import { register } from './register';
import { mayBeRegistered } from './rendering';
import { replacementWarnings } from './replacement-warnings';

/** What a component is made of. */
export interface ComponentParts {
  /** The objects as constructs make them. */
  readonly objects: KubernetesObject[];
  /** Secrets of values that were given. */
  readonly secrets: KubernetesObject[];
  /** Deadlines of tokens and accounts, in the user's words. */
  readonly warnings: string[];
  /** Where Outputs belong in the objects. */
  readonly outputs: Pick<Outputs<object>, 'into' | 'names' | 'secretPaths'>;
}

/**
 * Objects of constructs, each as a resource of its own, in the order that a cluster needs.
 *
 * With a provider that has `renderYamlToDirectory`, the program fails where files would hold secret values in the clear, and where this
 * Pulumi stack has such objects in a cluster: Pulumi would delete them.
 */
export abstract class KubernetesComponent extends ComponentResource {
  /** Secrets that the component makes, and existing ones that it reads, as `namespace/name`. */
  public readonly secretNames: Output<string[]>;
  /** ServiceAccounts that are made, or that get pull secrets, as `namespace/name`. */
  public readonly serviceAccountNames: Output<string[]>;
  /** Hash of the configuration: of all objects but for values of Outputs and of Secrets. */
  public readonly configHash: Output<string>;

  protected constructor(
    type: string,
    name: string,
    { objects, secrets, warnings, outputs }: ComponentParts,
    opts: ComponentResourceOptions,
  ) {
    const all = [...objects, ...secrets];
    // Impossible objects fail here, before anything is registered.
    const resources = all.map((object) => outputs.into(object));
    registersObjectsOnce(`${type.split(':').at(-1)} ${name}`, all, opts);
    super(type, name, {}, opts);
    for (const warning of [...warnings, ...replacementWarnings(this)]) {
      log.warn(warning, this);
    }
    const secretValues = async () => [
      ...secrets.map((object) => `secrets for ${pathOf(object)}`),
      ...(await outputs.secretPaths()),
    ];
    const allowed = mayBeRegistered(this, secretValues);
    const dependsOn = output(allowed.then(() => opts.dependsOn ?? [])) as ComponentResourceOptions['dependsOn'];
    register(this, name, resources, { ...opts, dependsOn });
    this.secretNames = outputs.names(secretsIn(all));
    this.serviceAccountNames = outputs.names(serviceAccountsIn(all));
    this.configHash = output(createHash('sha256').update(JSON.stringify(objects)).digest('hex').slice(0, 16));
  }

  /** Outputs of every such component. */
  protected get common() {
    const { secretNames, serviceAccountNames, configHash } = this;
    return { secretNames, serviceAccountNames, configHash };
  }
}
