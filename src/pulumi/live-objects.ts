import { getOrganization, getProject, getStack, log, RunError, runtime } from '@pulumi/pulumi';

/** Resources of a stack by their URNs. */
export interface Resources {
  readonly [urn: string]: {
    readonly outputs?: {
      readonly metadata?: { readonly name?: string; readonly uid?: unknown };
      readonly renderYamlToDirectory?: string;
    };
  };
}

/** The type of an object of this package's components, as a URN has it after the types of its parents. */
const OURS = /secure-mirror:index:\w+\$kubernetes:/;

/**
 * Names of the resources of this package's components that are objects in a cluster: objects in a cluster have the uid that the API server
 * gave them, objects in files have none.
 *
 * @param resources resources of a stack
 */
export function liveObjects(resources: Resources): string[] {
  return Object.entries(resources)
    .filter(([urn, { outputs }]) => OURS.test(urn.split('::')[2] ?? '') && !isFile(outputs))
    .map(([urn]) => urn.split('::').at(-1) ?? urn);
}

function isFile(outputs: Resources[string]['outputs']): boolean {
  return typeof outputs?.metadata?.name === 'string' && outputs.metadata.uid === undefined;
}

/** A backend of files has stacks of projects, or of none where it is an old one: the name alone is right for both. */
function stackName(): string {
  const organization = getOrganization();
  return organization === 'organization' ? getStack() : `${organization}/${getProject()}/${getStack()}`;
}

/**
 * Resources of this stack, from its state. An engine breaks off when a program asks for the resources of a stack without state. An update
 * always has a state, with the stack itself; a preview asks only if there are outputs, which Pulumi answers for any stack.
 *
 * @throws RunError if it is not this stack's state
 */
export async function stackState(): Promise<Resources> {
  const name = stackName();
  if (runtime.isDryRun()) {
    const { outputs } = await runtime.invoke('pulumi:pulumi:readStackOutputs', { name });
    if (Object.keys(outputs).length === 0) {
      await log.warn(
        `this preview cannot tell whether ${name} has objects in a cluster, which files must not replace: the update will`,
      );
      return {};
    }
  }
  const { outputs } = await runtime.invoke('pulumi:pulumi:readStackResourceOutputs', { stackName: name });
  const root = `urn:pulumi:${getStack()}::${getProject()}::pulumi:pulumi:Stack::${getProject()}-${getStack()}`;
  if (!(root in outputs)) throw new RunError(`the state of ${name} belongs to another stack`);
  return outputs;
}
