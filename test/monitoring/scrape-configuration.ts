import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A job of Prometheus's configuration, as far as docs/monitoring.md writes one. */
export interface ScrapeJob {
  readonly job_name: string;
  readonly metrics_path: string;
  readonly scheme: string;
  readonly tls_config: { readonly [key: string]: string };
  readonly kubernetes_sd_configs: { readonly role: string; readonly namespaces: { readonly names: string[] } }[];
  readonly relabel_configs: {
    readonly action?: string;
    readonly source_labels: string[];
    readonly regex?: string;
    readonly target_label?: string;
  }[];
}

const page = readFileSync(join(__dirname, '../../docs/monitoring.md'), 'utf8');
const [, text = ''] = /^```yaml\n(scrape_configs:\n.*?)^```/ms.exec(page) ?? [];

/** The jobs that docs/monitoring.md tells people with a Prometheus of their own to write. */
export const scrapeJobs: readonly ScrapeJob[] = parse(text, { merge: true }).scrape_configs;

/** The way that it names for a Prometheus that cannot list pods. */
export const withoutKubernetes: { readonly dns_sd_configs: readonly object[] } = parse(
  /^`(dns_sd_configs: .*?)`/m.exec(page)?.[1] ?? '',
);
