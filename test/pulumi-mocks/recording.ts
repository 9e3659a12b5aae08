import {
  type ComponentResourceOptions,
  type CustomResourceOptions,
  output,
  type Resource,
  runtime,
} from '@pulumi/pulumi';
import { SecuredStack, type SecuredStackArgs } from '../../src/pulumi';

/** A resource as the engine was asked for it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** Name of its parent. */
  readonly parent: string | undefined;
  /** Names of those that it depends on. */
  readonly dependsOn: string[];
  readonly opts: CustomResourceOptions;
  /** URN and id of the provider that it was given. */
  readonly provider: string | undefined;
  /** What was sent, secrets unwrapped. */
  readonly inputs: { readonly [key: string]: unknown };
  /** Keys of the inputs that are secret. */
  readonly secret: string[];
}

// Pulumi takes a trace of every promise, and Jest maps each line of it to the sources.
Error.stackTraceLimit = 4;

const SIGNATURE = '4dabf18193072939515e22adb298388d';

/** Resources of a stack's state, by their URNs. */
export interface State {
  readonly [urn: string]: { readonly outputs: object };
}

/** The state of a stack in which nothing is but itself. */
export const NEW_STACK: State = { 'urn:pulumi:test::test::pulumi:pulumi:Stack::test-test': { outputs: {} } };

/**
 * A monitor that takes note of what is registered. It stands for the engine: it sees no parents and runs no provider.
 *
 * @param preview whether nothing is to be changed
 * @param state what the stack's state holds
 */
export function mock(preview = false, state: State = NEW_STACK): runtime.MockResourceArgs[] {
  const seen: runtime.MockResourceArgs[] = [];
  runtime.setMocks(
    {
      newResource: (args) => {
        seen.push(args);
        return { id: `id of ${args.name}`, state: args.inputs };
      },
      call: () => ({ outputs: state }),
    },
    'test',
    'test',
    preview,
    'acme',
  );
  return seen;
}

/** Waits until all that was asked for is registered. Pulumi has this for itself, and no type of it. */
export function allRegistered(): Promise<void> {
  return (runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();
}

/** Everything that a stack registers, in order. */
export function registered(args: SecuredStackArgs, options: RegisteredOptions = {}) {
  return registeredBy((opts) => new SecuredStack('mirror', args, opts), options);
}

interface RegisteredOptions {
  /** Options of the component. */
  readonly opts?: () => ComponentResourceOptions;
  readonly preview?: boolean;
}

/** Everything that a component registers, in order. */
export async function registeredBy<T>(
  make: (opts: ComponentResourceOptions) => T,
  { opts, preview = false }: RegisteredOptions = {},
): Promise<{ stack: T; resources: Registered[] }> {
  const seen = mock(preview);
  const made: { resource: Resource; type: string; name: string; opts: CustomResourceOptions }[] = [];
  const transformations: ComponentResourceOptions['transformations'] = [
    ({ resource, type, name, opts: own }) => {
      made.push({ resource, type, name, opts: own });
      return undefined;
    },
  ];
  const stack = make({ ...opts?.(), transformations });
  await Promise.all(made.map(({ resource }) => known(resource.urn)));
  const names = new Map(made.map(({ resource, name }) => [resource, name]));
  const resources = made.map(async ({ type, name, opts: own }) => {
    const request = seen.find((one) => one.type === type && one.name === name);
    const sent = request?.inputs ?? {};
    return {
      type,
      name,
      parent: own.parent && names.get(own.parent),
      dependsOn: [(await known<Resource | Resource[]>(output(own.dependsOn))) ?? []]
        .flat()
        .map((one) => names.get(one) ?? 'somebody else'),
      opts: own,
      provider: request?.provider,
      inputs: unwrapped(sent) as { [key: string]: unknown },
      secret: Object.keys(sent).filter((key) => isWrapped(sent[key])),
    };
  });
  return { stack, resources: await Promise.all(resources) };
}

const pem = (label: string, text: string) => `-----BEGIN ${label}-----\n${text}\n-----END ${label}-----\n`;

/** What looks like a CA. */
export const ca = { certificate: pem('CERTIFICATE', 'PUBLIC'), key: pem('EC PRIVATE KEY', 'HIDDEN') };

/** What an Output comes to. */
export function known<T>(output: unknown): Promise<T> {
  return (output as { promise(): Promise<T> }).promise();
}

function isWrapped(value: unknown): value is { readonly value: unknown } {
  return typeof value === 'object' && value !== null && SIGNATURE in value;
}

function unwrapped(value: unknown): unknown {
  if (isWrapped(value)) return unwrapped(value.value);
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrapped(item)]));
}
