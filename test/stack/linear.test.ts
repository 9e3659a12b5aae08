import { App, Chart } from 'cdk8s';
import { stringify } from 'yaml';
import { schemaOfType } from '../../src/schemas/schemas';
import { SettingsError } from '../../src/settings/errors';
import { places } from '../../src/settings/schema';
import { parseStackFile } from '../../src/stack/reader';
import { SecuredStack } from '../../src/stack/secured-stack';
import type { StackFile } from '../../src/stack/stack-file';
import { minimal } from '../support';

/** Methods that go through a list. Those with a function are counted by its calls, the others by how far they looked. */
const WALKS = ['every', 'filter', 'find', 'findIndex', 'flatMap', 'forEach', 'map', 'reduce', 'some'] as const;
const LOOKS = ['includes', 'indexOf', 'lastIndexOf'] as const;

/** How many items of lists are looked at while something is done. No clock says it, so that nothing hangs on the machine. */
function workOf(action: () => unknown): number {
  let work = 0;
  const prototype = Array.prototype as unknown as { [method: string]: (...parameters: unknown[]) => unknown };
  const originals = [...WALKS, ...LOOKS].map((name) => [name, prototype[name]] as const);
  for (const name of WALKS) {
    const original = prototype[name] as (...parameters: unknown[]) => unknown;
    prototype[name] = function (this: unknown[], callback: unknown, ...rest: unknown[]) {
      const counted = (...parameters: unknown[]) => {
        work += 1;
        return (callback as (...all: unknown[]) => unknown).apply(rest[0], parameters);
      };
      return original.call(this, typeof callback === 'function' ? counted : callback, ...rest);
    };
  }
  for (const name of LOOKS) {
    const original = prototype[name] as (...parameters: unknown[]) => unknown;
    prototype[name] = function (this: unknown[], ...parameters: unknown[]) {
      const found = original.call(this, ...parameters);
      work += typeof found === 'number' && found >= 0 ? found + 1 : this.length;
      return found;
    };
  }
  try {
    action();
  } finally {
    for (const [name, original] of originals) prototype[name] = original as (...parameters: unknown[]) => unknown;
  }
  return work;
}

const list = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
const pull = (index: number) => ({
  purpose: `app ${index} pull`,
  repositories: ['a/b'],
  owner: 'team',
  bindTo: [] as object[],
});
const account = (index: number) => ({ user: 'team', secret: `shared-${index}`, retireBy: '2999-01-01' });

/** Settings of one cluster of any size. */
const sizes: { readonly [what: string]: (count: number) => object } = {
  registries: (count) => ({ registries: list(count, (n) => `r${n}.example.com`) }),
  publicRepositories: (count) => ({ publicRepositories: list(count, (n) => `docker.io/kong/app-${n}`) }),
  'publicRepositories of as many registries': (count) => ({
    registries: list(count, (n) => `r${n}.example.com`),
    publicRepositories: list(count, (n) => `r${n}.example.com/app/*`),
  }),
  imagePullSecrets: (count) => ({ imagePullSecrets: list(count, (n) => `pull-${n}`) }),
  'network.dns.addresses': (count) => ({
    network: { dns: { addresses: list(count, (n) => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}/32`) } },
  }),
  nodeSelector: (count) => ({ nodeSelector: Object.fromEntries(list(count, (n) => [`label-${n}`, 'yes'])) }),
  tolerations: (count) => ({ tolerations: list(count, (n) => ({ key: `taint-${n}`, operator: 'Exists' })) }),
  tokens: (count) => ({ tokens: [{ organization: 'kong', pull: list(count, pull) }] }),
  'tokens of organisations': (count) => ({
    tokens: list(count, (n) => ({ organization: `o${n}`, pull: [pull(n)], sharedAccount: account(n) })),
  }),
  'tokens with Secrets and previous Secrets': (count) => ({
    imagePullSecrets: list(count, (n) => `old-${n}`),
    tokens: [
      {
        organization: 'kong',
        pull: list(count, (n) => ({ ...pull(n), secret: `new-${n}`, previousSecret: `old-${n}`, mirror: true })),
      },
    ],
  }),
  repositories: (count) => ({
    tokens: [{ organization: 'kong', pull: [{ ...pull(0), repositories: list(count, (n) => `kong/app-${n}`) }] }],
  }),
  bindTo: (count) => ({
    tokens: [
      {
        organization: 'kong',
        pull: [
          {
            ...pull(0),
            bindTo: list(count, (n) => ({ namespace: `n${n}`, serviceAccounts: ['default'], inject: true })),
          },
        ],
      },
    ],
  }),
  serviceAccounts: (count) => ({
    tokens: [
      {
        organization: 'kong',
        pull: [{ ...pull(0), bindTo: [{ namespace: 'kong', serviceAccounts: list(count, (n) => `a${n}`) }] }],
      },
    ],
  }),
};

/** Files of any size, right and wrong. */
const files: { readonly [what: string]: (count: number) => object } = {
  clusters: (count) => ({ clusters: list(count, (n) => ({ ...minimal, name: `c${n}` })) }),
  'clusters of one organisation': (count) => ({
    clusters: list(count, (n) => ({ ...minimal, name: `c${n}`, tokens: [{ organization: 'kong', pull: [pull(n)] }] })),
  }),
  'unknown keys': (count) => ({
    clusters: [{ ...minimal, ...Object.fromEntries(list(count, (n) => [`unknown-${n}`, n])) }],
  }),
  'clusters of the same name without what they need': (count) => ({ clusters: list(count, () => ({ name: 'one' })) }),
  'public repositories, all twice': (count) => ({
    clusters: [{ ...minimal, publicRepositories: list(count, (n) => `docker.io/kong/app-${n % (count / 2)}`) }],
  }),
  ...Object.fromEntries(
    Object.entries(sizes).map(([what, size]) => [
      what,
      (count: number) => ({ clusters: [{ ...minimal, ...size(count) }] }),
    ]),
  ),
};

/** Reads a text, and takes its mistakes. */
function read(text: string): StackFile | SettingsError {
  try {
    return parseStackFile(text, 'stack.yaml', '2025-06-01');
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
}

describe('twice as much takes twice the work, not four times', () => {
  it.each(Object.entries(files))('to read %s', (_, file) => {
    const texts = [200, 400].map((count) => stringify(file(count), { aliasDuplicateObjects: false }));
    const [once = 0, twice = 0] = texts.map((text) => workOf(() => read(text)));
    expect(once).toBeGreaterThan(200);
    expect(twice / once).toBeLessThan(2.3);
  });

  it.each(Object.entries(sizes))('to make manifests of %s', (_, size) => {
    const [once = 0, twice = 0] = [100, 200].map((count) =>
      workOf(
        () =>
          new SecuredStack(new Chart(new App(), 'chart'), 'stack', { ...minimal, ...size(count), today: '2025-06-01' }),
      ),
    );
    expect(twice / once).toBeLessThan(2.3);
  });
});

it('looks through the schema once, however many keys are unknown', () => {
  const root = schemaOfType('SecuredStackProps');
  expect(places(root)).toBe(places(root));
});

it('reads 10,000 public repositories', () => {
  const text = stringify({ clusters: [{ ...minimal, ...sizes.publicRepositories?.(10_000) }] });
  const file = read(text);
  expect(file instanceof SettingsError ? file.message : file.clusters[0]?.publicRepositories).toHaveLength(10_000);
});
