/** @own-libraries: cdk8s reads the variables that the tests set. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { log } from '@pulumi/pulumi';
import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import { examplesWith, runExample } from '../../examples/run';
import { ClusterTokens as ClusterTokensComponent } from '../../src/pulumi';
import { readStackFile } from '../../src/stack/reader';
import { SecuredStack } from '../../src/stack/secured-stack';
import type { SecuredStackProps } from '../../src/stack/secured-stack-props';
import { ClusterTokens } from '../../src/tokens/cluster-tokens';
import type { ClusterTokensProps } from '../../src/tokens/props/cluster-tokens-props';
import { type Registered, registered, registeredBy } from './recording';

const ROOT = resolve(__dirname, '..', '..');
const files = ['stack.yaml', ...examplesWith('stack.yaml').map((name) => `examples/${name}/stack.yaml`)];
const clusters = files.flatMap((file) =>
  readStackFile(join(ROOT, file)).clusters.map((cluster) => [`${cluster.name} of ${file}`, cluster] as const),
);
const apps = examplesWith('main.ts');

interface Identified {
  readonly kind?: unknown;
  readonly metadata?: unknown;
}

/** Objects by what they are called. */
function byName(objects: readonly Identified[]): { [name: string]: object } {
  return Object.fromEntries(
    objects.map((object) => {
      const { namespace = '', name } = object.metadata as { namespace?: string; name: string };
      return [`${object.kind} ${namespace}/${name}`, object];
    }),
  );
}

/** The objects that cdk8s writes, read from its YAML. */
function written(make: (chart: Chart) => void): Identified[] {
  const app = new App();
  make(new Chart(app, 'chart'));
  return parseAllDocuments(app.synthYaml()).map((document) => document.toJS());
}

/** Expects the same objects, but for the order. */
function expectEqual([component, ...children]: Registered[], objects: Identified[]) {
  expect(component?.type).toMatch(/^secure-mirror:index:/);
  expect(children).toHaveLength(objects.length);
  expect(byName(children.map(({ inputs }) => inputs))).toEqual(byName(objects));
}

beforeEach(() => {
  jest.spyOn(log, 'warn').mockResolvedValue();
});

describe('what Pulumi registers is what cdk8s writes', () => {
  test.each(clusters)('%s', async (_, cluster) => {
    const { resources } = await registered(cluster);
    expectEqual(
      resources,
      written((chart) => new SecuredStack(chart, 'stack', cluster)),
    );
  });

  test.each(apps)('examples/%s', async (name) => {
    for (const { kind, props } of used(name)) {
      const { resources } =
        kind === 'SecuredStack'
          ? await registered(props as SecuredStackProps)
          : await registeredBy((opts) => new ClusterTokensComponent('tokens', props as ClusterTokensProps, opts));
      const construct = kind === 'SecuredStack' ? SecuredStack : ClusterTokens;
      expectEqual(
        resources,
        written((chart) => new construct(chart, 'stack', props as SecuredStackProps & ClusterTokensProps)),
      );
    }
  });
});

/** What an example's app makes with the constructs of this package: the charts around them are its own. */
function used(name: string): { kind: string; props: SecuredStackProps | ClusterTokensProps }[] {
  const seen: { kind: string; props: SecuredStackProps | ClusterTokensProps }[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'secure-mirror-'));
  jest.doMock('secure-mirror', () => {
    const actual = jest.requireActual<typeof import('secure-mirror')>('secure-mirror');
    class Stack extends actual.SecuredStack {
      public constructor(scope: Construct, id: string, props: SecuredStackProps) {
        super(scope, id, props);
        seen.push({ kind: 'SecuredStack', props });
      }
    }
    class Tokens extends actual.ClusterTokens {
      public constructor(scope: Construct, id: string, props: ClusterTokensProps) {
        super(scope, id, props);
        seen.push({ kind: 'ClusterTokens', props });
      }
    }
    return { ...actual, SecuredStack: Stack, ClusterTokens: Tokens };
  });
  try {
    runExample(name, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(seen).not.toEqual([]);
  return seen;
}
