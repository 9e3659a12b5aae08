import { checkEnvironment } from './environment';
import { giveCredentials, methods, stackWith } from './methods';
import { scraperNamespace } from './metrics';
import { allNodes, inNode, SETTINGS } from './nodes';
import { expectDirect, passage, told as pullsTold } from './passage';
import { deleteNamespaces, newNamespace } from './pods';
import { openRegistry } from './registry';
import { eventually } from './run';
import { giveCa, newCa } from './secrets';
import { label, lives, reported, spread } from './spread';
import {
  applyManifests,
  certificatesReady,
  type Installed,
  installManifests,
  ready,
  synthAll,
  uninstall,
} from './stack';
import { expectPulled, expectUndisturbed, type Row, Traffic, told } from './traffic';

jest.setTimeout(900_000);

type Step = keyof typeof methods;
const steps = Object.keys(methods) as Step[];
const move: [Step, Step][] = [...steps, ...steps.slice(0, -1).reverse()]
  .map((to, i, all): [Step, Step] => [all[i - 1] ?? to, to])
  .slice(1);

/** Bytes of the layers that show which way layers take. */
const LAYER_BYTES = 1_500_000;

describe('a live move', () => {
  let stack: Installed | undefined;
  let tenant: string;
  let traffic: Traffic;
  let before: Awaited<ReturnType<typeof lives>>;
  const manifests = new Map<Step, string>();
  const rows: string[] = [];

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    const namespace = await scraperNamespace();
    const folders = await synthAll(steps.map((step) => stackWith(methods[step], namespace)));
    steps.forEach((step, i) => {
      manifests.set(step, folders[i] ?? '');
    });
    stack = await installManifests(manifests.get('basic') ?? '', giveCredentials);
    await giveCa(await newCa());
    tenant = await newNamespace('tenant');
    traffic = await Traffic.prepare(tenant);
    before = await lives();
  });

  afterAll(async () => {
    await traffic?.end();
    await Promise.all([
      uninstall(stack && { manifests: manifests.get('bothPresentingBasic') ?? '' }),
      deleteNamespaces(),
    ]);
    console.log(rows.join('\n'));
  });

  /** Applies a step, and waits until it is in force on every node. */
  const apply = async (step: Step) => {
    const basic = step === 'basic' || step === 'bothPresentingBasic';
    await applyManifests(manifests.get(step) ?? '');
    if (step !== 'basic') {
      await certificatesReady(3);
    }
    await spread();
    const method = basic ? 'basic' : 'mutual-tls';
    await reported(
      `${method} on every node`,
      30,
      (metrics) => label(metrics, 'secured_mirror_upstream_authentication_info', 'method') === method,
    );
    const scheme = basic ? 'http' : 'https';
    for (const { name } of await allNodes()) {
      await eventually(`the ${scheme} entry in the settings of ${name}`, 20, async () => {
        const text = await inNode(name, 'cat', `${SETTINGS}/${openRegistry().host}/hosts.toml`);
        return text.includes(`"${scheme}://127.0.0.1:`);
      });
    }
  };
  const during = async (what: string, step: Step): Promise<Row> => {
    const row = await traffic.during(() => apply(step));
    rows.push(told(what, row));
    return row;
  };

  test.each(move)('from %s to %s costs no request and replaces no pod', async (from, to) => {
    const row = await during(`${from} -> ${to}`, to);
    expectUndisturbed(row);
    await traffic.flows();
    expect(await lives()).toEqual(before);
  });

  test('from basic to mutualTls in one step costs requests, so these tests can fail', async () => {
    const row = await during('basic -> mutualTls at once', 'mutualTls');
    expect(row.node.refused + row.peer.refused).toBeGreaterThan(0);
    expectPulled(row);
    await traffic.flows();
    expect(await lives()).toEqual(before);
  });

  test('ends with a mesh in which layers come straight from peers', async () => {
    await ready();
    const pulls = await passage(tenant, LAYER_BYTES);
    rows.push(`after the moves: ${pullsTold(pulls)}`);
    expectDirect(pulls);
  });
});
