/** Texts by the names of their files. */
export interface Files {
  readonly [file: string]: string;
}

/** The file of a cluster with the stack itself. */
export const MIRROR_FILE = 'mirror.k8s.yaml';

/** The file with the ServiceAccounts of workloads, which stay when the stack is deleted by its file. */
export const ACCOUNTS_FILE = 'service-accounts.k8s.yaml';

/**
 * What synth writes for a cluster: manifests with a Kustomization, a chart of Helm, or templates for a chart that somebody else makes,
 * such as the CLI of cdk8s.
 */
export const FORMATS = ['manifests', 'helm', 'templates'] as const;

/** One of them. */
export type Format = (typeof FORMATS)[number];

/** The folder of a chart with its templates. */
export const TEMPLATES = 'templates';

/** The name of a manifest's template. */
export function templateName(manifest: string): string {
  return manifest.replace(/[.]k8s[.]yaml$/, '.yaml');
}

/** The files of a chart beside its templates. */
export const CHART_FILES = ['Chart.yaml', 'values.yaml', 'values.schema.json'] as const;

/** The template of what Helm prints. */
export const NOTES_FILE = 'NOTES.txt';

/** All files that synth may write for a cluster, except a Kustomization: where users have one, it writes none. */
export function filesOf(format: Format): string[] {
  const manifests = [MIRROR_FILE, ACCOUNTS_FILE];
  if (format === 'manifests') return manifests;
  const templates = manifests.map(templateName);
  if (format === 'templates') return templates;
  return [...CHART_FILES, ...[...templates, NOTES_FILE].map((name) => `${TEMPLATES}/${name}`)];
}
