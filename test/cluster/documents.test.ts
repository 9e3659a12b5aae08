import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { copyToPack, packCommand } from '../package/packed';
import { BLOCKS, runIn } from '../pages/blocks';
import { Clone } from '../pages/clone';
import { type Given, scriptOf, type, unused } from '../pages/commands';
import { outputOf, outputsIn, unprinted } from '../pages/outputs';
import { secureMirror } from './compiled';
import { checkEnvironment, environment, nodes } from './environment';
import { get, kubectl, kubectlCommand, tryKubectl } from './kubectl';
import { allNodes } from './nodes';
import { openRegistry, pushNew } from './registry';
import { run } from './run';
import { mirrorPodOn, uninstall } from './stack';

jest.setTimeout(900_000);

/** Namespace of the workloads on the pages about tokens. */
const KONG = 'kong';
const OWN_CA = `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj '/CN=mirror CA' -keyout ca.key -out ca.crt`;
/**
 * Commands on tokens say with exit code 1 that something is missing, and the pages, and kubectl likewise that something differs. The unit
 * tests start the command by npm; here it is compiled.
 */
const VERDICTS = `secure-mirror() { command secure-mirror "$@" || [[ $? == 1 && $1 == tokens ]]; }
npm() {
  case "$*" in
  'run --silent secure-mirror -- '*) secure-mirror "\${@:5}" ;;
  'run synth') secure-mirror synth ;;
  *) command npm "$@" ;;
  esac
}
kubectl() { command kubectl "$@" || [[ $? == 1 && $1 == diff ]]; }`;
const WITH_STACK = `export STACK=mine.yaml\n${VERDICTS}`;
/** All that blocks of pages before have deleted or changed is as in stack.yaml again. */
const APPLY = 'kubectl apply --server-side --force-conflicts -f dist/manifests/default/';

/**
 * The pages about a stack with all that they are about are typed in a copy of the clone. The README's walk, in a project with the
 * package, runs every check, and verify.test.ts every attack; so here `check` and `verify` try a few, which spares minutes.
 */
describe('the commands of a page', () => {
  let clone: Clone;
  let walker: Clone;
  let packing: Promise<string>;
  const scratch = mkdtempSync(join(tmpdir(), 'cluster-documents-'));
  const project = join(scratch, 'project');
  const measured: string[] = [];
  const pages = new Map(runIn('cluster'));

  /** Types blocks of a page into a shell, of which the last ones may be left out, or asked for alone. */
  async function typed(page: string, given: Given = {}, from = 0, to?: number, walking = false): Promise<string> {
    const blocks = (pages.get(page) ?? []).slice(from, to);
    expect(blocks).not.toEqual([]);
    expect(unused(blocks, given)).toEqual([]);
    const begin = Date.now();
    const programs = walking ? walker : clone;
    const { code, output } = await type(scriptOf(blocks, given), walking ? project : clone.path, {
      ...programs.environment,
      HOME: process.env.HOME,
    });
    if (code !== 0) throw new Error(`exit code ${code} after\n${output}`);
    measured.push(`${page}: ${blocks.length} blocks in ${((Date.now() - begin) / 1000).toFixed(0)} s`);
    return output;
  }

  /** Expects that a command printed what a page shows. */
  function expectShown(page: string, printed: string, instead: { readonly [printed: string]: string } = {}): void {
    const names = Object.fromEntries(nodeNames.map((name) => [name, 'w1']));
    expect({ missing: unprinted(outputOf(page, 'cluster'), printed, { ...names, ...instead }), printed }).toEqual({
      missing: [],
      printed,
    });
    shown.push(page);
  }
  const shown: string[] = [];
  let nodeNames: string[] = [];

  beforeAll(async () => {
    checkEnvironment();
    mkdirSync(project);
    packing = run(packCommand(scratch), { cwd: copyToPack(scratch), timeout: 600_000 });
    packing.catch(() => undefined);
    await uninstall(undefined);
    await tryKubectl(['create', 'namespace', KONG]);
    clone = new Clone(['npm', 'npx']);
    walker = new Clone(['kind']);
    for (const one of [clone, walker]) one.add('kubectl', kubectlCommand());
    clone.add('secure-mirror', secureMirror());
    const { items } = await get('nodes');
    const pods = items.flatMap(({ spec }: { spec: { podCIDRs?: string[] } }) => spec.podCIDRs ?? []);
    const all = await allNodes();
    nodeNames = all.map(({ name }) => name);
    const cidrs = { nodes: all.map(({ address }) => `${address}/32`), pods, services: ['10.96.0.0/12'] };
    const more = stringify({ accessLog: {}, guards: { action: 'Audit' }, network: { cidrs } });
    const tokens = BLOCKS.find(({ page, language }) => page === 'docs/token-migration.md' && language === 'yaml');
    writeFileSync(join(clone.path, 'more.yaml'), `${more}${tokens?.text}`.replace(/^/gm, '    '));
  });

  afterAll(async () => {
    await kubectl(['delete', 'namespace', KONG, '--ignore-not-found']);
    await uninstall(undefined);
    await packing.catch(() => undefined);
    clone.remove();
    walker.remove();
    rmSync(scratch, { recursive: true });
    console.log(measured.join('\n'));
  });

  test('docs/getting-started.md install and try a mirror', async () => {
    const output = await typed('docs/getting-started.md', {
      first: `${OWN_CA}\n${VERDICTS}`,
      instead: {
        'init --platform eks': `init --platform eks --registries ${openRegistry().host}\ncat more.yaml >>mine.yaml`,
        'check --pre': 'check --pre --check rights secrets',
        'check --wait 5m': 'check --wait 5m --check installed certificates',
        '-- verify': '-- verify --row T2 T10',
        'docker.io/curlimages/curl --': `${environment('CLUSTER_TOOLBOX_IMAGE')} -- curl`,
        POD_ADDRESS: `$(kubectl -n secured-mirror get pods -o 'jsonpath={.items[0].status.podIP}')`,
      },
    });
    expect(output).toContain('what was tried is protected');
    expectShown('docs/verify.md', output);
  });

  test.each<[page: string, given?: () => Promise<Given & { readonly to?: number }>]>([
    [
      'docs/check.md',
      async () => ({
        instead: {
          'check --pre': 'check --pre --check rights secrets',
          'check --wait 5m': 'check --wait 5m --check installed certificates',
          'check --pull': `check --pull --check pull --image ${(await image()).reference}`,
          'check --wait 10m': 'check --wait 10m --check installed certificates',
        },
      }),
    ],
    [
      'docs/network-policies.md',
      async () => ({ instead: { 'check --check network-policies': 'check --check secrets' } }),
    ],
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
      async () => ({ first: 'mkdir -p new-tokens; echo x >new-tokens/nightly-ingress-controller-pull' }),
    ],
    [
      'docs/monitoring.md',
      async () => ({
        first: `sed 's/^    platform: eks$/&\\n    metrics: {from: [{namespace: monitoring}]}\\n    monitoring: {rules: true}/' mine.yaml >monitored.yaml
secure-mirror synth --file monitored.yaml --output monitored --no-ledger`,
        instead: { 'dist/manifests': 'monitored' },
        last: `jq -e '.groups | length > 3' rules.yaml`,
      }),
    ],
    [
      'docs/upgrade.md',
      async () => ({
        instead: { 'check --pull': 'check --check installed certificates', 'version!=VERSION': 'version!=0.0.1' },
      }),
    ],
    ['docs/node-readiness.md', async () => ({ instead: { NODE: nodes()[0] } })],
    ['docs/guards.md', async () => ({ first: 'export KUBE_EDITOR=true' })],
  ])('%s do what they say', async (page, given = async () => ({})) => {
    const { first = '', to, ...more } = await given();
    await typed(page, { first: `${WITH_STACK}\n${first}`, ...more }, 0, to);
  });

  test('docs/operations.md remove it', () => typed('docs/operations.md', { first: APPLY }, -1));

  test('README.md install a mirror from the package, and a layer comes from a peer', async () => {
    await packing;
    const { reference } = await image();
    const output = await typed(
      'README.md',
      {
        instead: {
          // The nodes have no way to the registries that `init` names, and to no image of them.
          'secure-mirror init': `secure-mirror init --registries ${openRegistry().host}`,
          '--image alpine': `--image ${reference}`,
        },
      },
      0,
      undefined,
      true,
    );
    expect(output).toContain('nothing is wrong');
    expectShown('README.md', output, { [reference]: 'docker.io/library/alpine:latest' });
    expectShown('docs/check.md', output, { [reference]: 'registry.example.com/team/app:1' });
  });

  test('docs/kind.md remove it', () => typed('docs/kind.md', {}, 0, undefined, true));

  test('examples/basic/README.md apply a mirror', () => typed('examples/basic/README.md'));

  test('a page shows, all of it', () => {
    expect(shown.sort()).toEqual(
      outputsIn('cluster')
        .map(({ page }) => page)
        .sort(),
    );
  });
});

/** An image of one layer, as the pages show it, which no node has. */
function image() {
  return pushNew(openRegistry(), 1, 4_500_000);
}

test('every page with blocks for a cluster is tried', () => {
  expect(
    runIn('cluster')
      .map(([page]) => page)
      .sort(),
  ).toMatchInlineSnapshot(`
[
  "README.md",
  "docs/access-log.md",
  "docs/check.md",
  "docs/getting-started.md",
  "docs/guards.md",
  "docs/issuers.md",
  "docs/kind.md",
  "docs/monitoring.md",
  "docs/network-policies.md",
  "docs/node-readiness.md",
  "docs/operations.md",
  "docs/rotation.md",
  "docs/token-migration.md",
  "docs/tokens-drift.md",
  "docs/tokens.md",
  "docs/upgrade.md",
  "examples/basic/README.md",
]
`);
});
