import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { type Spread, spread } from './statistics';

/** Times synth, and `helm template` of Spegel's chart beside it: HELM and CHART name them, CLUSTERS and RUNS choose less. */
const ROOT = resolve(__dirname, '..');
const COMMAND = join(ROOT, 'dist/lib/src/cli/main.js');
const { HELM = 'helm', CHART, CLUSTERS = '1,10,100,1000,10000', RUNS = '9' } = process.env;

/** Something to time. */
interface Subject {
  readonly name: string;
  readonly clusters: number;
  readonly runs: number;
  readonly command: string[];
  /** The subject whose time is one. */
  readonly ratioTo?: string;
}

const scratch = mkdtempSync(join(tmpdir(), 'secure-mirror-bench-'));
const peak = join(scratch, 'peak');
const hook = join(scratch, 'peak.cjs');
writeFileSync(
  hook,
  `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)));`,
);

/** stack.yaml of a clone, its one cluster so many times under other names. */
function stackOf(count: number): string {
  const [head = '', cluster = ''] = readFileSync(join(ROOT, 'stack.yaml'), 'utf8').split(/^clusters:\n/m);
  const file = join(scratch, `${count}.yaml`);
  const named = (index: number) => cluster.replace('name: default', `name: cluster-${index}`);
  writeFileSync(file, `${head}clusters:\n${Array.from({ length: count }, (_, index) => named(index)).join('')}`);
  return file;
}

/** One run, in seconds, and its peak of memory in MiB, which a process that is no Node does not tell. */
function timed([program = '', ...args]: string[]): { readonly seconds: number; readonly peak: number } {
  rmSync(peak, { force: true });
  const begin = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(program, args, { cwd: scratch, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return { seconds, peak: existsSync(peak) ? Number(readFileSync(peak, 'utf8')) / 1024 : 0 };
}

const node = (...args: string[]) => [process.execPath, '-r', hook, ...args];
const few = Number(RUNS);
const counts = CLUSTERS.split(',').map(Number);
const subjects: Subject[] = [
  ...(CHART === undefined
    ? []
    : [
        { name: "helm template, Spegel's chart", clusters: 1, runs: few, command: [HELM, 'template', 'spegel', CHART] },
      ]),
  { name: 'node alone', clusters: 0, runs: few, command: node('-e', '0') },
  { name: 'secure-mirror --help', clusters: 0, runs: few, command: node(COMMAND, '--help') },
  ...counts.map((clusters) => ({
    name: `synth, ${clusters}`,
    clusters,
    runs: clusters <= 100 ? few : clusters <= 1000 ? Math.min(few, 3) : 1,
    command: node(COMMAND, 'synth', '--file', stackOf(clusters), '--output', join(scratch, `${clusters}/out`)),
    ratioTo: clusters === 1 ? "helm template, Spegel's chart" : `synth, ${clusters / 10}`,
  })),
];

const load = { before: loadavg() };
const results = new Map(subjects.map(({ name }) => [name, [] as ReturnType<typeof timed>[]]));
for (let run = 0; run < few; run++) {
  for (const { name, runs, command } of subjects) if (run < runs) results.get(name)?.push(timed(command));
}

function secondsOf(name: string): Spread {
  const { min, median, max } = spread((results.get(name) ?? []).map(({ seconds }) => seconds));
  const rounded = (seconds: number) => Number(seconds.toFixed(3));
  return { min: rounded(min), median: rounded(median), max: rounded(max) };
}

const rows = subjects.map(({ name, clusters, runs, ratioTo = null }) => {
  const seconds = secondsOf(name);
  const other = ratioTo !== null && results.has(ratioTo) ? secondsOf(ratioTo).median : undefined;
  const ratio = other === undefined ? null : Number((seconds.median / other).toFixed(2));
  const mebibytes = Math.round(Math.max(...(results.get(name) ?? []).map(({ peak }) => peak)));
  return {
    name,
    clusters,
    runs,
    seconds,
    ratio,
    ratioTo: ratio === null ? null : ratioTo,
    peakMebibytes: mebibytes || null,
  };
});

const [alone, help, one] = ['node alone', 'secure-mirror --help', 'synth, 1'].map((name) =>
  Math.round(secondsOf(name).median * 1000),
) as [number, number, number];
const profile = [
  { what: 'Node starts', milliseconds: alone },
  { what: 'the command is loaded', milliseconds: help - alone },
  {
    what: "synth reads the file, loads cdk8s and Kubernetes' types, makes the objects and writes them",
    milliseconds: one - help,
  },
];
const machine = { cores: cpus().length, memoryGibibytes: Math.round(totalmem() / 2 ** 30), node: process.version };
const file = join(ROOT, 'bench/results/synth.json');
mkdirSync(join(ROOT, 'bench/results'), { recursive: true });
const date = new Date().toISOString().slice(0, 10);
writeFileSync(
  file,
  `${JSON.stringify({ date, machine: { ...machine, load: { ...load, after: loadavg() } }, rows, profile }, null, 2)}\n`,
);
console.table(rows.map(({ seconds, ...row }) => ({ ...row, ...seconds })));
console.table(profile);
rmSync(scratch, { recursive: true });
