/** @own-libraries: cdk8s reads the variables that the tests set. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { log } from '@pulumi/pulumi';
import { examplesWith, runExample } from '../../examples/run';
import { KUSTOMIZATION } from '../../src/stack/kustomization';
import { readStackFile } from '../../src/stack/reader';
import { type MadeCluster, makeClusters } from '../../src/stack/synth';
import { registered } from '../pulumi-mocks/recording';
import { objectsOf, objectsOfChart, writeAll } from './helm-charts';

const ROOT = resolve(__dirname, '..', '..');
const files = [
  'stack.yaml',
  '.ci/manifests-stack.yaml',
  ...examplesWith('stack.yaml').map((name) => `examples/${name}/stack.yaml`),
];
const clusters = files.flatMap((file) =>
  readStackFile(join(ROOT, file)).clusters.map((cluster) => [`${cluster.name} of ${file}`, cluster, file] as const),
);
const DAY = '2025-06-10';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secure-mirror-'));
  jest.spyOn(log, 'warn').mockResolvedValue();
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Identified {
  readonly kind?: unknown;
  readonly metadata?: unknown;
}

/** Objects by what they are called, each once. */
function byName(objects: readonly Identified[]): { [name: string]: object } {
  const named = objects.map((object) => {
    const { namespace = '', name } = object.metadata as { namespace?: string; name: string };
    return [`${object.kind} ${namespace}/${name}`, object] as const;
  });
  const all = Object.fromEntries(named);
  expect(Object.keys(all)).toHaveLength(objects.length);
  return all;
}

/** The texts of a cluster's manifests. */
function manifestsOf(made?: MadeCluster): string[] {
  const files = Object.entries(made?.manifests ?? {});
  return files.filter(([name]) => name.endsWith('.yaml')).map(([, text]) => text);
}

/** The objects in a folder of manifests. */
function objectsIn(folder: string): object[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => objectsOf(readFileSync(join(folder, file), 'utf8')));
}

describe('manifests, chart and Pulumi have the same objects', () => {
  test.each(clusters)('%s', async (_, cluster, file) => {
    const [made] = makeClusters([cluster], DAY, file);
    const [chart] = makeClusters([cluster], DAY, file, 'helm');
    const objects = byName(manifestsOf(made).flatMap(objectsOf));
    expect(Object.keys(objects)).toHaveLength(made?.objects ?? 0);

    writeAll(folder, chart?.manifests ?? {});
    expect(byName(objectsOfChart(folder))).toEqual(objects);

    const { resources } = await registered(cluster);
    expect(byName(resources.slice(1).map(({ inputs }) => inputs))).toEqual(objects);
  });
});

describe("cdk8s' own chart has the same objects", () => {
  test.each(examplesWith('main.ts'))('examples/%s/main.ts', (name) => {
    const plain = join(folder, 'plain');
    runExample(name, plain);
    const chart = join(folder, 'chart');
    cdk8sChart(chart, { app: 'cp -r "$PLAIN" "$CDK8S_OUTDIR"', env: { PLAIN: plain } });
    expect(byName(objectsOfChart(chart))).toEqual(byName(objectsIn(plain)));
  });

  test('texts with braces, after the line of docs/gitops.md', () => {
    const [cluster] = readStackFile(join(ROOT, '.ci/manifests-stack.yaml')).clusters;
    const [made] = makeClusters(cluster ? [cluster] : [], DAY, 'stack.yaml');
    const [plain, chart] = [join(folder, 'plain'), join(folder, 'chart')];
    writeAll(plain, made?.manifests ?? {});
    rmSync(join(plain, KUSTOMIZATION));
    cdk8sChart(chart, { app: 'cp -r "$PLAIN" "$CDK8S_OUTDIR"', env: { PLAIN: plain } });
    const objects = byName(objectsIn(plain));
    // The reader refuses; Helm renders something else without a word.
    expect(() => expect(byName(objectsOfChart(chart))).toEqual(objects)).toThrow();
    const line = /^sed .*$/m.exec(readFileSync(join(ROOT, 'docs', 'gitops.md'), 'utf8'))?.[0] ?? '';
    expect(spawnSync('bash', ['-c', line.replace('dist/', `${chart}/`)]).status).toBe(0);
    expect(byName(objectsOfChart(chart))).toEqual(objects);
  });

  test("the clone's own app", () => {
    const [cluster] = readStackFile(join(ROOT, 'stack.yaml')).clusters;
    const [made] = makeClusters(cluster ? [cluster] : [], DAY, 'stack.yaml');
    const objects = manifestsOf(made).flatMap(objectsOf);
    const chart = join(folder, 'chart');
    cdk8sChart(chart, { env: { TODAY: DAY } });
    expect(byName(objectsOfChart(chart))).toEqual(byName(objects));
  });
});

/** What `cdk8s synth --format helm` makes of an app. */
function cdk8sChart(chart: string, { app, env }: { app?: string; env: NodeJS.ProcessEnv }): void {
  mkdirSync(chart);
  const cli = join(ROOT, 'node_modules', '.bin', 'cdk8s');
  const format = ['--format', 'helm', '--chart-version', '1.2.3', '--output', chart];
  const args = ['synth', ...format, ...(app === undefined ? [] : ['--app', app]), '--check-upgrade=false'];
  const { status, stdout, stderr } = spawnSync(cli, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`cdk8s ${args.join(' ')}: exit code ${status}\n${stderr}${stdout}`);
}
