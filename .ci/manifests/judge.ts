/**
 * Compares what a tool finds in manifests with the exceptions from it: node -r ./src/swc-register.cjs .ci/manifests/judge.ts TOOL REPORT...
 * It fails at a finding without an exception, and at an exception that nothing needs.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Why a finding may stay. */
interface Exception {
  readonly check: string;
  /** Where, as kind/name, with the container where the tool tells it. */
  readonly at: string[];
  readonly reason: string;
}
interface Finding {
  readonly check: string;
  readonly at: string;
}
/** What it found in one framework: in manifests, or texts that look like secrets. */
interface CheckovReport {
  readonly check_type: string;
  readonly summary: { readonly parsing_errors: number };
  readonly results: { readonly failed_checks: CheckovFinding[] };
}
interface CheckovFinding {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
  readonly file_path: string;
}
interface ScoreReport {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string };
  readonly checks: {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: { readonly path: string; readonly summary: string }[] | null;
  }[];
}

const GOOD = 10;

const TOOLS: { readonly [tool: string]: (report: never) => Finding[] } = {
  // A list, unless only one framework found something to look at.
  checkov: (given: CheckovReport | CheckovReport[]) => {
    const reports = [given].flat();
    const isRead = reports.some(({ check_type }) => check_type === 'kubernetes');
    if (!isRead || reports.some(({ summary }) => summary.parsing_errors > 0)) {
      throw new Error('checkov could not read the manifests');
    }
    return reports.flatMap(({ check_type, results }) =>
      results.failed_checks.map(({ check_id, check_name, resource, file_path }) => {
        const [kind, , name] = resource.split('.');
        // A secret has a hash in place of an object.
        return { check: `${check_id}: ${check_name}`, at: check_type === 'secrets' ? file_path : `${kind}/${name}` };
      }),
    );
  },
  // It has nothing to say about tokens alone.
  'kube-score': (objects: ScoreReport[] | null) =>
    (objects ?? []).flatMap(({ type_meta, object_meta, checks }) =>
      checks
        .filter(({ skipped, grade }) => !skipped && grade < GOOD)
        .flatMap(({ check, comments }) =>
          (comments ?? [{ path: '', summary: '' }]).map(({ path, summary }) => ({
            check: `${check.id}: ${summary}`,
            at: [type_meta.kind, object_meta.name, ...(path ? [path] : [])].join('/'),
          })),
        ),
    ),
};

const [, , tool = '', ...reports] = process.argv;
const read = TOOLS[tool];
if (read === undefined || reports.length === 0)
  throw new Error(`usage: judge.ts ${Object.keys(TOOLS).join('|')} REPORT...`);
const exceptions: Exception[] = parse(readFileSync(join(__dirname, `${tool}.yaml`), 'utf8'));
const findings = reports.flatMap((file) => read(JSON.parse(readFileSync(file, 'utf8')) as never));

const lineOf = ({ check, at }: Finding) => `${check}: ${at}`;
const found = new Set(findings.map(lineOf));
const explained = exceptions.flatMap(({ check, at, reason }) =>
  at.map((at) => ({ line: lineOf({ check, at }), reason: reason.trim() })),
);
const faults = [
  ...explained.filter(({ reason }) => reason === '').map(({ line }) => `an exception without a reason: ${line}`),
  ...explained.filter(({ line }) => !found.has(line)).map(({ line }) => `an exception that nothing needs: ${line}`),
  ...[...found].filter((line) => !explained.some((one) => one.line === line)).map((line) => `${tool} found ${line}`),
];
for (const fault of faults) console.log(fault);
console.log(`${found.size} findings, ${faults.length} faults; exceptions are in .ci/manifests/${tool}.yaml`);
process.exitCode = faults.length > 0 ? 1 : 0;
