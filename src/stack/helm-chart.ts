import { minimumMinor, type VersionedObject } from '../kubernetes/minimum-version';
import { VERSION } from '../kubernetes/version';
import { CHART_FILES, type Files, NOTES_FILE, TEMPLATES, templateName } from './files';
import type { ResolvedStack } from './resolve';
import { yamlText } from './yaml-text';

/** What a chart is made of. */
export interface ChartParts {
  /** The cluster. */
  readonly cluster: string;
  /** Its settings. */
  readonly stack: ResolvedStack;
  /** Its objects. */
  readonly objects: readonly VersionedObject[];
  /** Its manifests. */
  readonly manifests: Files;
  /** The comment at the head of a file. */
  readonly header: string;
}

/**
 * The Helm chart of a cluster. It has no values: what it installs are the objects of the manifests.
 *
 * @param parts what it is made of
 * @returns the files of the chart's folder
 */
export function chartFiles(parts: ChartParts): Files {
  const inChart = Object.entries({ ...templates(parts.manifests), [NOTES_FILE]: notes(parts) });
  const [chart, values, schema] = CHART_FILES;
  return {
    [chart]: parts.header + yamlText([description(parts)]),
    [values]: parts.header + VALUES,
    [schema]: `${JSON.stringify(SCHEMA, null, 2)}\n`,
    ...Object.fromEntries(inChart.map(([name, text]) => [`${TEMPLATES}/${name}`, text])),
  };
}

/**
 * The templates of a chart.
 *
 * @param manifests the manifests
 */
export function templates(manifests: Files): Files {
  return Object.fromEntries(Object.entries(manifests).map(([file, text]) => [templateName(file), templateText(text)]));
}

function description({ cluster, stack, objects }: ChartParts) {
  return {
    apiVersion: 'v2',
    name: `secured-mirror-${cluster}`,
    description: `Spegel behind an authenticating proxy, for the cluster ${cluster}`,
    type: 'application',
    version: VERSION,
    appVersion: /[:@]([^/]+)$/.exec(stack.mirror.images.spegel)?.[1],
    kubeVersion: `>=1.${minimumMinor(objects)}.0-0`,
  };
}

const VALUES = `# This chart has no values. Its input is the file above: "secure-mirror synth --format helm" makes the chart of it.
{}
`;

/** Helm refuses all values but the global ones of a parent chart. */
const SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'No values: the input of this chart is stack.yaml',
  type: 'object',
  properties: { global: { type: 'object' } },
  additionalProperties: false,
};

/** What Helm prints after it installed the chart. */
function notes({ cluster, stack }: ChartParts): string {
  const { namespace } = stack.mirror;
  return `The mirror is in the namespace ${namespace}. Its pods wait for the Secrets that you make, such as the one of your CA.

Find what is missing, on the machine with your stack.yaml:

  secure-mirror check --cluster ${cluster}

Wait for the mirror on all nodes:

  kubectl --namespace ${namespace} rollout status daemonset/mirror

To change something, change stack.yaml, run "secure-mirror synth --format helm", and "helm upgrade".
{{- if eq .Release.Namespace ${JSON.stringify(namespace)} }}

Helm keeps this release in the namespace ${namespace}, which is an object of the release: "helm uninstall --wait" removes all of it, and
then fails, as the release is gone with its namespace. Another namespace for the release, such as kube-system, avoids this.
{{- end }}
`;
}

/**
 * A manifest as a template that Helm renders to the same objects.
 *
 * @param manifest the text
 */
export function templateText(manifest: string): string {
  // Helm takes white space off the end of each object, which may be a text's own.
  const ended = manifest.replace(/\s\n(?=---\n|$)/g, '$&# End of the object.\n');
  return ended.replaceAll('{{', '{{"{{"}}');
}
