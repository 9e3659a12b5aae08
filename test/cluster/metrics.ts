import { newNamespace, startToolbox, type Toolbox } from './pods';
import { METRICS_CREDENTIAL } from './secrets';
import { copySecret, type MirrorPod } from './stack';

/** A scraper with a certificate, in the namespace that the stack names. */
export async function startScraper(namespace: string, node: string): Promise<Toolbox> {
  await copySecret('mirror-metrics', namespace);
  return startToolbox(namespace, 'scraper', node, {
    volumes: [{ name: 'secret', secret: { secretName: 'mirror-metrics' } }],
  });
}

/** A scraper with a password, likewise. */
export async function startScraperWithPassword(namespace: string, node: string): Promise<Toolbox> {
  await copySecret(METRICS_CREDENTIAL, namespace);
  return startToolbox(namespace, 'scraper', node, {
    volumes: [{ name: 'secret', secret: { secretName: METRICS_CREDENTIAL } }],
  });
}

/** Reads the node agent's metrics of one mirror with a password, through the listener for scrapers. */
export async function scrapeAgent(scraper: Toolbox, ip: string): Promise<Metrics> {
  const credential = 'printf %s:%s "$(cat /secret/username)" "$(cat /secret/password)" | base64 | tr -d "\\n"';
  const curl = `curl -sSf -m 10 -H @- http://${ip}:5004/metrics/agent`;
  return parse(await scraper.shell(`printf "Authorization: Basic %s" "$(${credential})" | ${curl}`));
}

/** Makes the namespace of the scraper. */
export function scraperNamespace(): Promise<string> {
  return newNamespace('metrics');
}

/** The values of a mirror's metrics, by name with labels. */
export type Metrics = Map<string, number>;

/** Reads Spegel's metrics and the proxy's of one mirror, through its listener for scrapers. */
export async function scrape(scraper: Toolbox, ip: string): Promise<Metrics> {
  const certificate = '--cacert /secret/ca.crt --cert /secret/tls.crt --key /secret/tls.key';
  const name = 'entry.secured-mirror.svc';
  const options = `-sSf --fail-early -m 10 ${certificate} --connect-to ${name}:5004:${ip}:5004 --tlsv1.3`;
  const base = `https://${name}:5004/metrics`;
  return parse(await scraper.shell(`curl ${options} ${base} -w '\\n' ${base}/proxy`));
}

/** Reads metrics in Prometheus's text format. */
export function parse(text: string): Metrics {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

/** Requests that the Spegel of any of these mirrors answered, but for the kubelet's. */
export async function servedBySpegel(scraper: Toolbox, mirrors: MirrorPod[]): Promise<number> {
  const counts = mirrors.map(async ({ ip }) => {
    const metrics = await scrape(scraper, ip);
    const requests = (handler: string) => total(metrics, 'http_request_duration_seconds_count', handler);
    return requests('') - requests('handler="/readyz"') - requests('handler="/livez"');
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** Sum of all series of a metric whose labels contain all the given texts. */
export function total(metrics: Metrics, name: string, ...labels: string[]): number {
  return [...metrics]
    .filter(([key]) => (key === name || key.startsWith(`${name}{`)) && labels.every((label) => key.includes(label)))
    .reduce((sum, [, value]) => sum + value, 0);
}
