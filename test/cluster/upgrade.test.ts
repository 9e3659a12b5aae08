import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkEnvironment, environment, nodes } from './environment';
import { get } from './kubectl';
import { allNodes } from './nodes';
import { deleteNamespaces, newNamespace } from './pods';
import { told, underPulls } from './pulls';
import { openRegistry } from './registry';
import { secondPull, told as toldPull } from './second-pull';
import { giveCa, newCa } from './secrets';
import {
  applyManifests,
  type Installed,
  installManifests,
  mirrorPods,
  NAMESPACE,
  ready,
  scratch,
  synth,
  uninstall,
} from './stack';

jest.setTimeout(900_000);

const RELEASED = join(__dirname, 'fixtures/released-0.1.0');
/** As the documents say; of the same name before and after. */
const MANAGER = '--field-manager=secure-mirror';

describe('an upgrade from 0.1.0', () => {
  let released: string;
  let present: Installed;
  let tenant: string;
  const rows: string[] = [];

  /** A copy of a file or folder of the release with this cluster's registries, and with a namespace that is there. */
  function adapted(name: string): string {
    const copy = join(scratch(), name);
    cpSync(join(RELEASED, name), copy, { recursive: true });
    const files = name.endsWith('.yaml') ? [copy] : readdirSync(copy).map((file) => join(copy, file));
    const replaced = {
      'registry.example.com': environment('CLUSTER_REGISTRY'),
      'registry[.]example[.]com': environment('CLUSTER_REGISTRY').replaceAll('.', '[.]'),
      'private.example.com': environment('CLUSTER_PRIVATE_REGISTRY'),
      'workloads-example': tenant,
    };
    for (const file of files) {
      let text = readFileSync(file, 'utf8');
      for (const [from, to] of Object.entries(replaced)) text = text.replaceAll(from, to);
      writeFileSync(file, text);
    }
    return copy;
  }

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    tenant = await newNamespace('tenant');
    released = adapted('manifests');
    const out = join(scratch(), 'out');
    mkdirSync(out);
    const [manifests = ''] = await synth(adapted('stack.yaml'), out);
    present = { manifests };
    await installManifests(released, async () => giveCa(await newCa()), MANAGER);
  });

  afterAll(async () => {
    await uninstall(present);
    await deleteNamespaces();
    console.log(rows.join('\n'));
  });

  const daemonSet = async () => (await get('-n', NAMESPACE, 'daemonset', 'mirror')).spec;

  /** Applies manifests while nodes pull: every pod is replaced, no pull fails, and layers come from peers afterwards. */
  async function move(what: string, manifests: string): Promise<void> {
    const before = await mirrorPods();
    const { selector } = await daemonSet();
    const row = await underPulls(tenant, async () => {
      await applyManifests(manifests, MANAGER);
      await ready();
    });
    rows.push(told(what, row));
    expect(row.failures).toEqual([]);
    expect(row.sent).toBeGreaterThan(nodes().length * 2);
    const after = await mirrorPods();
    expect(after).toHaveLength((await allNodes()).length);
    expect(after.filter(({ uid }) => before.some((pod) => pod.uid === uid))).toEqual([]);
    expect((await daemonSet()).selector).toEqual(selector);
    const pulls = await secondPull(tenant, openRegistry());
    rows.push(`${what}: ${toldPull(pulls)}`);
    expect(pulls.second.blobs).toEqual([]);
  }

  test('replaces each pod, and costs no pull', async () => {
    await move('0.1.0 -> this version', present.manifests);
    const { template } = await daemonSet();
    expect(JSON.stringify(template)).toContain('MIRROR_LOG_LEVEL');
  });

  test('the way back replaces each pod too, and costs no pull', async () => {
    await move('this version -> 0.1.0', released);
    const { template } = await daemonSet();
    expect(JSON.stringify(template)).not.toContain('MIRROR_LOG_LEVEL');
  });
});
