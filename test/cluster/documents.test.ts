import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { BLOCKS, runIn } from '../pages/blocks';
import { Clone } from '../pages/clone';
import { type Given, scriptOf, type, unused } from '../pages/commands';
import { secureMirror } from './compiled';
import { checkEnvironment, environment, nodes } from './environment';
import { get, kubectl, kubectlCommand, tryKubectl } from './kubectl';
import { allNodes } from './nodes';
import { openRegistry, pushNew } from './registry';
import { mirrorPodOn, uninstall } from './stack';

jest.setTimeout(900_000);

/** Namespace of the workloads on the pages about tokens. */
const KONG = 'kong';
const OWN_CA = `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj '/CN=mirror CA' -keyout ca.key -out ca.crt`;
/** Commands on tokens say with exit code 1 that something is missing, and the pages, and kubectl likewise that something differs. */
const VERDICTS = `secure-mirror() { command secure-mirror "$@" || [[ $? == 1 && $1 == tokens ]]; }
npm() { command npm "$@" || [[ $? == 1 && "$*" == *' tokens '* ]]; }
kubectl() { command kubectl "$@" || [[ $? == 1 && $1 == diff ]]; }`;
const WITH_STACK = `export STACK=kind.yaml\n${VERDICTS}`;
/** All that blocks of pages before have deleted or changed is as in stack.yaml again. */
const APPLY = 'kubectl apply --server-side --force-conflicts -f dist/manifests/kind/';
const INTO_KIND = { 'dist/manifests/default': 'dist/manifests/kind' };

describe('the commands of a page', () => {
  let clone: Clone;
  const measured: string[] = [];
  const pages = new Map(runIn('cluster'));

  /** Types blocks of a page, of which the first ones or the last ones alone may be asked for. */
  async function typed(page: string, given: Given = {}, from = 0, to?: number): Promise<string> {
    const blocks = (pages.get(page) ?? []).slice(from, to);
    expect(blocks).not.toEqual([]);
    expect(unused(blocks, given)).toEqual([]);
    const begin = Date.now();
    const { code, output } = await type(scriptOf(blocks, given), clone.path, {
      ...clone.environment,
      HOME: process.env.HOME,
    });
    if (code !== 0) throw new Error(`exit code ${code} after\n${output}`);
    measured.push(`${page}: ${blocks.length} blocks in ${((Date.now() - begin) / 1000).toFixed(0)} s`);
    return output;
  }

  /** The pod with which docs/kind.md has a node pull. */
  const removePod = () => kubectl(['delete', 'pod', 'first', '--ignore-not-found']);

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    await removePod();
    await tryKubectl(['create', 'namespace', KONG]);
    clone = new Clone(['npm', 'npx', 'kind']);
    clone.add('kubectl', kubectlCommand());
    clone.add('secure-mirror', secureMirror());
    const { items } = await get('nodes');
    const pods = items.flatMap(({ spec }: { spec: { podCIDRs?: string[] } }) => spec.podCIDRs ?? []);
    const cidrs = { nodes: (await allNodes()).map(({ address }) => `${address}/32`), pods, services: ['10.96.0.0/12'] };
    const more = stringify({ accessLog: {}, guards: { action: 'Audit' }, network: { cidrs } });
    const tokens = BLOCKS.find(({ page, language }) => page === 'docs/token-migration.md' && language === 'yaml');
    writeFileSync(join(clone.path, 'more.yaml'), `${more}${tokens?.text}`.replace(/^/gm, '    '));
  });

  afterAll(async () => {
    await kubectl(['delete', 'namespace', KONG, '--ignore-not-found']);
    await removePod();
    await uninstall(undefined);
    clone.remove();
    console.log(measured.join('\n'));
  });

  test('docs/kind.md install a mirror, and a layer comes from a peer', async () => {
    const { reference } = await pushNew(openRegistry(), 3, 1_500_000);
    const output = await typed(
      'docs/kind.md',
      {
        first: VERDICTS,
        instead: {
          'init --platform kind --name kind': `init --platform kind --name kind --registries ${openRegistry().host}\ncat more.yaml >>kind.yaml`,
          'docker.io/library/nginx:stable': reference,
          'kind-worker': nodes()[0],
        },
      },
      0,
      -1,
    );
    expect(output).toMatch(/✔ pull .* from peers/);
  });

  test.each<[page: string, given?: () => Promise<Given & { readonly to?: number }>]>([
    ['docs/check.md', async () => ({ instead: { 'out/default': 'out/kind' } })],
    ['docs/network-policies.md'],
    ['docs/access-log.md'],
    ['docs/issuers.md'],
    [
      'docs/operations.md',
      async () => ({
        instead: {
          POD: (await mirrorPodOn(nodes()[0])).name,
          'docker.io/nicolaka/netshoot': environment('CLUSTER_TOOLBOX_IMAGE'),
        },
        to: -1,
      }),
    ],
    ['docs/rotation.md', async () => ({ first: 'echo a >username; echo b >password; echo c >new-password' })],
    ['docs/tokens-drift.md'],
    ['docs/tokens.md', async () => ({ first: 'exec <<<dckr_pat_example' })],
    [
      'docs/token-migration.md',
      async () => ({
        first: 'mkdir -p new-tokens; echo x >new-tokens/nightly-ingress-controller-pull',
        instead: INTO_KIND,
      }),
    ],
    ['docs/node-readiness.md', async () => ({ instead: { NODE: nodes()[0] } })],
    ['docs/guards.md', async () => ({ first: 'export KUBE_EDITOR=true' })],
  ])('%s do what they say', async (page, given = async () => ({})) => {
    const { first = '', to, ...more } = await given();
    await typed(page, { first: `${WITH_STACK}\n${first}`, ...more }, 0, to);
  });

  test('docs/kind.md remove it', async () => {
    await typed('docs/kind.md', { first: `${APPLY}; touch kind-cluster.yaml` }, -1);
  });

  test('docs/operations.md remove it, too', () =>
    typed('docs/operations.md', { first: APPLY, instead: INTO_KIND }, -1));

  test('docs/getting-started.md install, try and remove a mirror', async () => {
    const output = await typed('docs/getting-started.md', {
      first: OWN_CA,
      instead: {
        'docker.io/curlimages/curl --': `${environment('CLUSTER_TOOLBOX_IMAGE')} -- curl`,
        POD_ADDRESS: `$(kubectl -n secured-mirror get pods -o 'jsonpath={.items[0].status.podIP}')`,
      },
    });
    expect(output).toContain('what was tried is protected');
  });

  test('examples/basic/README.md apply a mirror', () => typed('examples/basic/README.md'));
});

test('every page with blocks for a cluster is tried', () => {
  expect(
    runIn('cluster')
      .map(([page]) => page)
      .sort(),
  ).toMatchInlineSnapshot(`
[
  "docs/access-log.md",
  "docs/check.md",
  "docs/getting-started.md",
  "docs/guards.md",
  "docs/issuers.md",
  "docs/kind.md",
  "docs/network-policies.md",
  "docs/node-readiness.md",
  "docs/operations.md",
  "docs/rotation.md",
  "docs/token-migration.md",
  "docs/tokens-drift.md",
  "docs/tokens.md",
  "examples/basic/README.md",
]
`);
});
