import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { stringify } from 'yaml';
import { environment } from './environment';
import { exec } from './kubectl';
import { startToolbox, type Toolbox } from './pods';
import { eventually } from './run';
import { copySecret } from './stack';

/** Labels of the pod, by which the stack may name it. */
export const PROMETHEUS_LABELS = { app: 'prometheus' };
const URL = 'http://127.0.0.1:9090/api/v1';
const FOLDER = '/tmp/prometheus';

/** A series of a query's answer. */
export interface Series {
  readonly metric: { readonly [label: string]: string };
  /** Of an instant: its time and its value. */
  readonly value?: readonly [number, string];
  /** Of a range: times and values. */
  readonly values?: readonly (readonly [number, string])[];
}

/** This machine's own Prometheus, in a pod with the certificate for scrapers. */
export class Prometheus {
  /**
   * Starts it.
   *
   * @param namespace where it runs
   * @param node its node
   * @param configuration its configuration, which names rules.yaml
   * @param rules its rules
   */
  public static async start(
    namespace: string,
    node: string,
    configuration: object,
    rules: object,
  ): Promise<Prometheus> {
    await copySecret('mirror-metrics', namespace);
    const [program, loader, libraries] = parts();
    const run = [`${FOLDER}/${basename(loader)}`, '--library-path', FOLDER, `${FOLDER}/${basename(program)}`];
    const options = [`--config.file=${FOLDER}/prometheus.yaml`, `--storage.tsdb.path=${FOLDER}/data`];
    // It waits until all files are there.
    const script = `until [ -e ${FOLDER}/ready ]; do sleep 0.2; done; exec "$@"`;
    const pod = await startToolbox(namespace, PROMETHEUS_LABELS.app, node, {
      containers: [
        {
          name: 'main',
          image: environment('CLUSTER_TOOLBOX_IMAGE'),
          imagePullPolicy: 'IfNotPresent',
          command: ['sh', '-c', script, 'sh', ...run, ...options],
          volumeMounts: [{ name: 'certificate', mountPath: '/etc/prometheus/mirror' }],
        },
      ],
      volumes: [{ name: 'certificate', secret: { secretName: 'mirror-metrics' } }],
    });
    const prometheus = new Prometheus(pod);
    await prometheus.put('prometheus.yaml', yaml(configuration));
    await prometheus.put('rules.yaml', yaml(rules));
    for (const file of [program, loader, ...libraries]) await prometheus.put(basename(file), readFileSync(file));
    await prometheus.put('ready', Buffer.from(''));
    await eventually('Prometheus answers', 60, () => prometheus.query('1'));
    return prometheus;
  }

  private constructor(
    /** Its pod, from which strangers with its address can ask too. */
    public readonly pod: Toolbox,
  ) {}

  /** Gives it another configuration. */
  public async configure(configuration: object): Promise<void> {
    await this.put('prometheus.yaml', yaml(configuration));
    await this.pod.shell('kill -HUP 1');
  }

  /** What a query gives now. */
  public async query(query: string): Promise<Series[]> {
    return (await this.ask('query', { query })).result;
  }

  /**
   * What a query gives over a time.
   *
   * @param query the query
   * @param range begin, end and step in seconds
   */
  public async range(query: string, range: { start: number; end: number; step: number }): Promise<Series[]> {
    return (await this.ask('query_range', { query, ...range })).result;
  }

  /** What its API answers. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of the API, of every kind
  public async ask(path: string, parameters: { readonly [name: string]: string | number } = {}): Promise<any> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) query.set(name, String(value));
    const answer = await this.pod.exec('curl', '-sS', '-m', '30', `${URL}/${path}?${query}`);
    const { status, data, error } = JSON.parse(answer);
    if (status !== 'success') throw new Error(`${path} ${JSON.stringify(parameters)}: ${error}`);
    return data;
  }

  private async put(name: string, input: Buffer): Promise<void> {
    const command = ['sh', '-c', 'mkdir -p "$1" && cat >"$1/$2" && chmod 755 "$1/$2"', 'sh', FOLDER, name];
    await exec({ namespace: this.pod.namespace, pod: this.pod.name, command, input });
  }
}

function yaml(content: object): Buffer {
  return Buffer.from(stringify(content, { aliasDuplicateObjects: false }));
}

/** Paths of the program, of its loader, and of the libraries that it needs. */
function parts(): [program: string, loader: string, libraries: string[]] {
  const program = execFileSync('which', ['prometheus'], { encoding: 'utf8' }).trim();
  const needed = execFileSync('ldd', [program], { encoding: 'utf8' });
  const [, loader = ''] = /^\s*(\/\S+) \(/m.exec(needed) ?? [];
  return [program, loader, [...needed.matchAll(/ => (\/\S+) /g)].map(([, library = '']) => library)];
}
