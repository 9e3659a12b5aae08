import { markdownTable, two } from './format';

/** The results of the bench of synth, as far as the page shows them. A figure that a row does not have is null. */
export interface SynthResults {
  readonly date: string;
  readonly machine: {
    readonly cores: number;
    readonly memoryGibibytes: number;
    /** The version of Node. */
    readonly node: string;
    /** Load over the last 1, 5 and 15 minutes. */
    readonly load: { readonly before: readonly number[]; readonly after: readonly number[] };
  };
  readonly rows: readonly {
    readonly name: string;
    readonly clusters: number;
    readonly runs: number;
    readonly seconds: { readonly min: number; readonly median: number; readonly max: number };
    readonly ratio: number | null;
    /** The name of the row that the ratio is to. */
    readonly ratioTo: string | null;
    readonly peakMebibytes: number | null;
  }[];
  readonly profile: readonly { readonly what: string; readonly milliseconds: number }[];
}

/** The lines of the page about manifests. */
export function synthLines({ date, machine, rows, profile }: SynthResults): string[] {
  const { cores, memoryGibibytes, node, load } = machine;
  const table = markdownTable(
    ['What', 'Clusters', 'Runs', 'Time, as a ratio', 'to', 'Fastest and slowest run, of the median', 'Peak memory'],
    rows.map(({ name, clusters, runs, seconds: { min, median, max }, ratio, ratioTo, peakMebibytes }) => [
      name,
      String(clusters),
      String(runs),
      two(ratio),
      ratioTo ?? '–',
      `${two(min / median)}–${two(max / median)}`,
      peakMebibytes === null ? '–' : `${peakMebibytes} MiB`,
    ]),
  );
  const sum = profile.reduce((total, { milliseconds }) => total + milliseconds, 0);
  const parts = profile.map(({ what, milliseconds }) => `${what} ${Math.round((100 * milliseconds) / sum)} %`);
  return [
    `${date}; ${cores} cores and ${memoryGibibytes} GiB of memory, Node ${node}; the load was ${two(load.before[0])} before and ${two(load.after[0])} after.`,
    '',
    ...table,
    '',
    `Where the time for one cluster goes: ${parts.join('; ')}.`,
    '',
    "`CHART=/path/to/spegel npm run bench:synth` measures it, with the folder of Spegel's chart; `HELM` names helm, if it is not on `PATH`.",
  ];
}
