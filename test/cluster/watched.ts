import type { SecuredStackProps } from '../../src';
import { addDays, today } from '../../src/settings/calendar';
import { scrapeJobs, withoutKubernetes } from '../monitoring/scrape-configuration';
import { kubectl } from './kubectl';
import { PROMETHEUS_LABELS, Prometheus } from './prometheus';
import { eventually } from './run';
import { giveCa, giveCredential, METRICS_CREDENTIAL, newCa, newPassword } from './secrets';
import { type MirrorPod, mirrorPods, NAMESPACE, testCluster } from './stack';

/**
 * A cluster with all that the rules and the dashboard are about: both methods, tokens, and a shared account that something uses.
 *
 * @param namespace where Prometheus runs
 */
export function watchedCluster(namespace: string): SecuredStackProps {
  const day = today();
  const lifeOf = (before: number, after: number) => ({ created: addDays(day, -before), expires: addDays(day, after) });
  const token = { repositories: ['kong/gateway'], bindTo: [] };
  return testCluster({
    authentication: {
      mutualTls: { issuer: { caSecret: 'mirror-ca' } },
      basic: { credential: { secret: 'mirror-credential' } },
      present: 'mutualTls',
    },
    metrics: { from: [{ namespace, podLabels: PROMETHEUS_LABELS }], credentialSecret: METRICS_CREDENTIAL },
    monitoring: { podMonitor: true, rules: true, dashboard: true },
    tokens: [
      {
        organization: 'kong',
        pull: [
          { ...token, purpose: 'release pull', owner: 'team-gateway', ...lifeOf(30, 150) },
          { ...token, purpose: 'nightly pull', owner: 'team-ci', ...lifeOf(55, 35) },
        ],
        sharedAccount: {
          ...{ user: 'kong-team', secret: 'shared-account', retireBy: addDays(day, 100) },
          usedBy: { workflows: ['old.yaml'] },
        },
      },
    ],
  });
}

/** Gives the cluster the Secrets that this stack needs. */
export async function giveWatchedSecrets(): Promise<void> {
  await giveCredential(newPassword());
  await giveCredential(newPassword(), METRICS_CREDENTIAL);
  await giveCa(await newCa());
}

/** Starts a Prometheus with the cluster's own rules, and waits until it has scraped each mirror. */
export async function watch(namespace: string, node: string): Promise<Prometheus> {
  const mirrors = await mirrorPods();
  const rules = { groups: await ruleGroups() };
  const prometheus = await Prometheus.start(namespace, node, configuration(mirrors), rules);
  await eventually('every mirror is scraped', 60, async () => {
    const [sum] = await prometheus.query('sum(up)');
    return Number(sum?.value?.[1]) === scrapeJobs.length * mirrors.length;
  });
  return prometheus;
}

/** Groups of the PrometheusRule, as the API server has them. */
// biome-ignore lint/suspicious/noExplicitAny: an object of the API
export async function ruleGroups(): Promise<any[]> {
  return JSON.parse(await kubectl(['-n', NAMESPACE, 'get', 'prometheusrules', 'mirror', '-o', 'json'])).spec.groups;
}

/** The configuration of docs/monitoring.md in its form without Kubernetes, in a hurry, with names for the addresses of nodes. */
export function configuration(mirrors: MirrorPod[]): object {
  const labels = [
    { target_label: 'namespace', replacement: NAMESPACE },
    ...mirrors.map(({ ip, node }) => ({
      ...{ source_labels: ['__address__'], regex: `${ip.replaceAll('.', '[.]')}:.*` },
      ...{ target_label: 'node', replacement: node },
    })),
  ];
  const discovery = withoutKubernetes.dns_sd_configs.map((one) => ({ ...one, refresh_interval: '2s' }));
  return {
    global: { scrape_interval: '2s', scrape_timeout: '2s', evaluation_interval: '2s' },
    rule_files: ['rules.yaml'],
    scrape_configs: scrapeJobs.map(({ kubernetes_sd_configs: _, relabel_configs: __, ...job }) => ({
      ...job,
      dns_sd_configs: discovery,
      relabel_configs: labels,
    })),
  };
}
