import { panels } from '../../bench/dashboard/panels';
import dashboard from '../../src/monitoring/dashboard/dashboard.json';
import { jobs } from '../../src/monitoring/jobs';
import { asked, emptyQueries, hasData } from './dashboard';
import { checkEnvironment, nodes } from './environment';
import { get } from './kubectl';
import { allNodes, inNode, STATE } from './nodes';
import { defineOperatorKinds } from './operator-kinds';
import { deleteNamespaces, newNamespace } from './pods';
import type { Prometheus } from './prometheus';
import { openRegistry } from './registry';
import { eventually } from './run';
import { secondPull, told } from './second-pull';
import { type Installed, install, type MirrorPod, mirrorPods, NAMESPACE, uninstall } from './stack';
import { giveWatchedSecrets, ruleGroups, watch, watchedCluster } from './watched';

jest.setTimeout(900_000);

describe('monitoring', () => {
  let stack: Installed | undefined;
  let forgetKinds: (() => Promise<void>) | undefined;
  let namespace: string;
  let prometheus: Prometheus;
  let mirrors: MirrorPod[];

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    // A rotation that another test began would go on, and be an alert.
    for (const { name } of await allNodes()) await inNode(name, 'rm', '-rf', `${STATE}/.credential`);
    forgetKinds = await defineOperatorKinds();
    namespace = await newNamespace('monitoring');
    stack = await install(watchedCluster(namespace), giveWatchedSecrets);
    mirrors = await mirrorPods();
    prometheus = await watch(namespace, nodes()[0]);
  });

  afterAll(async () => {
    await Promise.all([uninstall(stack), deleteNamespaces()]);
    await forgetKinds?.();
  });

  test('the dashboard is in the cluster, as Grafana reads it', async () => {
    const { items } = await get('-n', NAMESPACE, 'configmaps', '-l', 'grafana_dashboard=1');
    expect(
      items.map(({ data }: { data: { [file: string]: string } }) =>
        Object.values(data).map((text) => JSON.parse(text)),
      ),
    ).toEqual([[dashboard]]);
  });

  test('each query of the dashboard finds something', async () => {
    // Rates and quantiles need requests between two scrapes.
    await eventually('data for each query', 60, async () => {
      const pulled = await secondPull(namespace, openRegistry());
      const empty = await emptyQueries(prometheus);
      if (empty.length > 0) throw new Error(empty.join('\n'));
      console.log(`under Prometheus: ${told(pulled)}`);
      return true;
    });
    const planted = 'secured_mirror_planted{namespace="$namespace", node=~"$node"}';
    expect(hasData(await prometheus.query(asked(planted)))).toBe(false);
  });

  test('reads each path of every mirror, by the Service and the certificate, under the names that the rules know', async () => {
    const found = await prometheus.query('up == 1');
    const names = found.map(({ metric: { job, node, namespace } }) => [job, node, namespace].join(' '));
    const expected = Object.values(jobs).flatMap((job) => mirrors.map(({ node }) => [job, node, NAMESPACE].join(' ')));
    expect(names.sort()).toEqual(expected.sort());
  });

  test('evaluates every rule without an error', async () => {
    const { groups: loaded } = await prometheus.ask('rules');
    // biome-ignore lint/suspicious/noExplicitAny: answers of the API
    const rules = loaded.flatMap((group: any) => group.rules);
    // biome-ignore lint/suspicious/noExplicitAny: answers of the API
    expect(rules.filter(({ health, lastError }: any) => health !== 'ok' || lastError)).toEqual([]);
    expect(rules).toHaveLength((await ruleGroups()).flatMap((group) => group.rules).length);
  });

  test('has every recorded series', async () => {
    const records = (await ruleGroups()).flatMap((group) => group.rules).filter(({ record }) => record !== undefined);
    const all = records.map(({ record, labels = {} }) => {
      const matchers = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
      return `${record}{${matchers.join(', ')}}`;
    });
    const found = await Promise.all(all.map((series) => prometheus.query(series)));
    const empty = all.filter((_, i) => !hasData(found[i] ?? []));
    // These counters begin with the first refusal.
    expect(empty).toEqual([
      'secured_mirror:refusals:rate5m{listener="metrics", reason="no-credential"}',
      'secured_mirror:refusals:rate5m{listener="to-peers", reason="credential"}',
    ]);
  });

  test('sees no alert but what the stack asks for: a CA of two days, and a token in the second half of its life', async () => {
    const alerts = await prometheus.query('ALERTS');
    const names = alerts.map(({ metric: { alertname, severity } }) => `${alertname} ${severity}`);
    expect(names.sort()).toEqual(['SecuredMirrorCaExpires critical', 'SecuredMirrorTokenExpires info']);
  });

  test('sees a stranger, in the dashboard too, and the alert about it begins', async () => {
    const [{ ip = '', node = '' } = {}] = mirrors;
    // More than one in ten seconds, in the mean of five minutes.
    await prometheus.pod.shell(`for i in $(seq 60); do curl -sk -m 5 https://${ip}:5004/metrics; done; true`);
    const why = 'reason="no-certificate", listener="metrics"';
    await eventually('the alert', 60, async () =>
      hasData(await prometheus.query(`ALERTS{alertname="SecuredMirrorRefusals", ${why}}`)),
    );
    const panel = panels.find(({ title }) => title.includes('callers refused'));
    const found = await prometheus.query(asked(panel?.targets?.[0]?.expr ?? ''));
    expect(found.map(({ metric }) => metric)).toEqual([{ reason: 'no-certificate', listener: 'metrics' }]);
    expect(hasData(await prometheus.query(`secured_mirror:refusals:rate5m{${why}, node="${node}"} > 0`))).toBe(true);
  });
});
