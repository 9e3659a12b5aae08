import type {
  ComponentResource,
  ComponentResourceOptions,
  CustomResource,
  CustomResourceOptions,
} from '@pulumi/pulumi';
import { type KubernetesObject, pathOf } from './kubernetes-object';
import { resourceKind } from './resource-kinds';

/**
 * Registers objects as resources of a component, each step after the one before. They are named after the objects, as
 * `<component>:<namespace>/<name>`, so that no other change renames them.
 *
 * @param parent the component
 * @param name name of the component
 * @param objects the objects
 * @param opts options of the component
 */
export function register(
  parent: ComponentResource,
  name: string,
  objects: KubernetesObject[],
  opts: ComponentResourceOptions,
): void {
  const sorted = objects
    .map((object) => ({ object, kind: resourceKind(object) }))
    .sort((one, other) => one.kind[1] - other.kind[1]);
  // Pulumi passes provider, protection, aliases and transforms of a component on to its children, and no other option.
  const { customTimeouts, retainOnDelete, deletedWith } = opts;
  const common: CustomResourceOptions = { parent, customTimeouts, retainOnDelete, deletedWith };
  let before: CustomResource[] | undefined;
  for (const step of new Set(sorted.map(({ kind }) => kind[1]))) {
    const dependsOn: CustomResourceOptions['dependsOn'] = before ?? opts.dependsOn;
    before = sorted
      .filter(({ kind }) => kind[1] === step)
      .map(
        ({ object, kind: [Resource] }) =>
          new Resource(`${name}:${pathOf(object)}`, object as never, { ...common, dependsOn }),
      );
  }
}
