import { markdownTable, two } from './format';

/** The results of the bench of synth, as far as the page shows them. */
export interface SynthResults {
  readonly date: string;
  readonly rows: readonly {
    readonly name: string;
    readonly clusters: number;
    readonly runs: number;
    readonly ratio?: number;
    /** The name of the row that the ratio is to. */
    readonly ratioTo?: string;
    readonly peakMebibytes?: number;
  }[];
  readonly profile?: readonly { readonly what: string; readonly milliseconds: number }[];
}

/** The lines of the page about manifests. */
export function synthLines({ date, rows, profile = [] }: SynthResults): string[] {
  const table = markdownTable(
    ['What', 'Clusters', 'Runs', 'Time, as a ratio', 'to', 'Peak memory'],
    rows.map(({ name, clusters, runs, ratio, ratioTo, peakMebibytes }) => [
      name,
      String(clusters),
      String(runs),
      two(ratio),
      ratioTo ?? '–',
      peakMebibytes === undefined ? '–' : `${Math.round(peakMebibytes)} MiB`,
    ]),
  );
  const sum = profile.reduce((total, { milliseconds }) => total + milliseconds, 0);
  const parts = profile.map(({ what, milliseconds }) => `${what} ${Math.round((100 * milliseconds) / sum)} %`);
  const where = parts.length === 0 ? [] : ['', `Where the time for one cluster goes: ${parts.join(', ')}.`];
  return [`Measured on ${date}.`, '', ...table, ...where];
}
