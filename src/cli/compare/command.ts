import { resolveMirror } from '../../mirror/resolve';
import { counted } from '../../settings/counted';
import { readText } from '../../settings/text-file';
import { makeClusters } from '../../stack/synth';
import type { CliCommand } from '../shared/cli-command';
import { type ClusterOptions, readCluster, withCluster } from '../shared/cluster';
import { exitCodeFor } from '../shared/finding';
import { findingsJson } from '../shared/findings-json';
import { findingsText, levelled } from '../shared/findings-text';
import { asJson, print } from '../shared/table';
import { TIMEOUTS } from '../shared/timeouts';
import { readStdin } from '../tokens/stdin';
import { type RenderedObject, renderedObjects } from './rendered';
import { compareFindings } from './verdict';

interface CompareOptions extends ClusterOptions {
  readonly json: boolean;
}

const STDIN = {
  name: 'stdin',
  kibibytes: 64 * 1024,
  expected: 'rendered objects',
  example: 'objects from a pipe: kustomize build … | secure-mirror compare -',
};

const HELP = `
RENDERED is a file with what a tool made of the manifests: kustomize build, flux
build kustomization, argocd app manifests or helm template. "-" reads stdin. The
command asks no cluster.

Labels and annotations by which Argo CD, Flux and Helm mark their objects are no
finding, nor are objects of your own, the order of keys, and comments. All else
is: each finding names the key of stack.yaml to use in place of the tool's.

Examples:
  kustomize build overlays/east | secure-mirror compare -
  secure-mirror compare rendered.yaml -f stack.yaml --cluster east
  secure-mirror compare rendered.yaml --json | jq -r '.findings[].code'

Exit codes: 0 equal but for notes and warnings, 1 a difference,
2 the command could not compare.`;

/** Completes `compare`. */
export function addCompare(command: CliCommand): void {
  withCluster(command.argument('<rendered>', 'file with the rendered objects, or "-" for stdin'))
    .description('Compares what a tool rendered with what stack.yaml makes.')
    .option('--json', 'print JSON', false)
    .addHelpText('after', HELP)
    .endsWithin(TIMEOUTS.compare, compare);
}

async function compare({ json, ...options }: CompareOptions, _: AbortSignal, rendered = ''): Promise<number> {
  const cluster = readCluster(options);
  const isStdin = rendered === '-';
  const text = isStdin
    ? await readStdin(process.stdin, STDIN)
    : readText(rendered, 'name the file with the rendered objects, or "-" for stdin');
  const got = renderedObjects(text, isStdin ? 'stdin' : rendered);
  const made = objectsOf(cluster);
  const findings = compareFindings({ made, rendered: got, images: { ...resolveMirror(cluster).images } });
  print(
    json
      ? asJson({ cluster: cluster.name, objects: made.length, ...findingsJson(findings) })
      : [
          ...findingsText(findings),
          ...(exitCodeFor(findings) === 0
            ? [levelled('ok', `cluster ${cluster.name}: ${counted(made.length, 'object')} as stack.yaml makes them`)]
            : []),
        ],
  );
  return exitCodeFor(findings);
}

/** The objects of a cluster, read from the files that synth would write. */
function objectsOf(cluster: ReturnType<typeof readCluster>): RenderedObject[] {
  const [made] = makeClusters([cluster], '0001-01-01', 'stack.yaml');
  return Object.entries(made?.manifests ?? {})
    .filter(([file]) => file.endsWith('.yaml'))
    .flatMap(([file, text]) => renderedObjects(text, file));
}
