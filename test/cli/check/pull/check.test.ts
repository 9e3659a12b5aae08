import { pullCheck } from '../../../../src/cli/check/pull/check';
import { sentenceWithFix } from '../../../../src/cli/shared/findings-text';
import type { PeerRequest } from '../../../../src/mirror/contract/peer-request';
import { addressOf, contextOf, digestOf, type FakePull, index, layers, listed, nodeWith, request } from './fake-pull';

const [one, two] = layers.map(({ digest, size }) => ({ content: digest, bytes: size })) as [object, object];
const w1 = addressOf('w1');
const impatient = { log: 0, report: 0, pause: 0 };

/** What the check says: a line each. */
async function said(pull: FakePull, image?: string): Promise<string[]> {
  const findings = await pullCheck(image, impatient).run(contextOf(pull));
  return findings.map((finding) => `${finding.level}: ${sentenceWithFix(finding)}`);
}

/** The first line about a pull for which the proxy noted these requests. */
async function verdict(...log: PeerRequest[]): Promise<string> {
  return (await said({ log }))[0] ?? '';
}

describe('a pull as a proof', () => {
  it('is right when all bytes came from peers', async () => {
    const log = [request(w1, one), request(addressOf('w3'), two)];
    const mirrors = ['w1', 'w2', 'w3'];
    expect(await said({ log, mirrors })).toEqual([
      'ok: registry.example.com/team/app:1: w2 pulled 4.0 MB in 2 layers: 100 % from peers (w1 3.0 MB, w3 1.0 MB)',
      `ok: layer ${layers[0]?.digest.slice(7, 19)}: 3.0 MB from w1`,
      `ok: layer ${layers[1]?.digest.slice(7, 19)}: 1.0 MB from w3`,
    ]);
  });

  it('starts nothing of the image, and pulls exactly what the other node has', async () => {
    const context = contextOf({ log: [request(w1, one), request(w1, two)] });
    await pullCheck(undefined, impatient).run(context);
    expect(context.pods.map(({ purpose, node }) => `${purpose} ${node}`)).toEqual([
      'store w1',
      'store w2',
      'pull w2',
      'store w2',
    ]);
    const [container] = context.pods[2]?.spec.containers ?? [];
    expect(container).toMatchObject({
      image: `registry.example.com/team/app@${index}`,
      imagePullPolicy: 'IfNotPresent',
      command: [expect.stringMatching(/^\/.*not-to-run$/)],
      securityContext: { runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
    });
  });

  it('looks only at the layers that the node lacked', async () => {
    const stores = { w2: [layers[0]?.digest ?? ''] };
    expect((await said({ stores, log: [request(w1, two)] }))[0]).toContain('w2 pulled 1.0 MB in 1 layer: 100 %');
  });

  it('counts all that the node lacked where the node keeps no layers', async () => {
    expect((await said({ arrives: [], log: [request(w1, one), request(w1, two)] }))[0]).toContain('4.0 MB in 2 layers');
  });

  it('is a warning when a part came from the registry', async () => {
    // The first layer shows that the port is open.
    const slow = request(w1, { connection: 0, status: 0, flags: 'DC' });
    expect(await said({ log: [request(w1, one), slow] })).toEqual([
      expect.stringMatching(
        /^warning: .* 75 % from peers \(w1 3.0 MB\), 1.0 MB from the registry; .*100 to 250 ms \(w1\)/,
      ),
      expect.stringMatching(/^ok: layer .*: 3.0 MB from w1$/),
      expect.stringMatching(/^note: layer .*: 1.0 MB from the registry$/),
    ]);
  });
});

describe('a pull without a byte from peers is a problem, with the likeliest reason first', () => {
  it('containerd did not ask the mirror', async () => {
    const [first = ''] = await said({ counted: [7, 7] });
    expect(first).toMatch(
      /^problem: .* all from the registry, none from a peer; containerd on w2 did not ask the mirror/,
    );
    expect(first).toContain('config_path');
    expect(first).not.toContain('found no peer');
  });

  it('the mirror was asked, and found no peer', async () => {
    expect((await said({ counted: [7, 8] }))[0]).toMatch(/^problem: .*the mirror was asked, but found no peer.*5444/);
  });

  it('nobody counted, so it names what is left', async () => {
    expect((await said({}))[0]).toMatch(
      /^problem: .*likeliest first: 1\. the node agent has counted no requests yet; .*2\. the mirror asked no peer/,
    );
  });

  it('one of the mirrors is not ready, before all else', async () => {
    const [first = ''] = await said({ counted: [7, 7], unready: ['w1'] });
    expect(first).toMatch(/likeliest first: 1\. the mirror of w1 is not ready; 2\. containerd on w2 did not ask/);
    expect(first).toMatch(/\n2\. see what "secure-mirror check" says about containerd/);
    expect((await said({ mirrors: ['w2'] }))[0]).toContain('no pod of the mirror on w1');
  });

  it.each<[string, Partial<PeerRequest>]>([
    ['no answer from port 5443 of a peer (w1)', { connection: 0, status: 0, flags: 'DC' }],
    [
      'no answer from port 5443 of a peer (w1, delayed)',
      { connection: 0, status: 503, flags: 'UF', failure: 'delayed' },
    ],
    [
      'the TLS handshake with a peer failed (w1, TLS_error:expired)',
      { connection: 0, status: 503, failure: 'TLS_error:expired' },
    ],
    ['a peer refused the identity', { status: 401 }],
    ['a peer no longer had the layer', { status: 404 }],
    ['no answer from port 5443 of a peer (w1)', { connection: 7, status: 0, flags: 'DC' }],
    ['the limit of requests was reached', { connection: 0, status: 503, flags: 'UO' }],
    ['a peer was too busy', { status: 503 }],
    ['a transfer broke off (w1)', { status: 200, bytes: 0, flags: 'UC' }],
  ])('%s', async (reason, failed) => {
    expect(await verdict(request(w1, failed))).toContain(`none from a peer; ${reason}`);
  });

  it('a peer has the layers, but sent none', async () => {
    const lookups = [one, two].map((layer) => request(w1, { ...layer, bytes: 0 }));
    expect(await verdict(...lookups)).toContain('none from a peer; the peers that were asked sent no more');
  });

  it('what went wrong most often comes first', async () => {
    const [refused, gone] = [request(w1, { status: 403 }), request(addressOf('w9'), { status: 404 })];
    expect(await verdict(refused, gone, gone)).toMatch(
      /1\. a peer no longer had the layer \(10\.0\.0\.9\); 2\. a peer refused/,
    );
  });
});

describe('a pull that proves nothing is no answer', () => {
  it('as the node has the content already', async () => {
    const stores = { w2: layers.map(({ digest }) => digest) };
    expect(await said({ stores })).toEqual(['unknown: registry.example.com/team/app:1: w2 has its content already']);
  });

  it('as nobody gives the image to the pod', async () => {
    expect(await said({ refusal: 'ErrImagePull: 401 Unauthorized' })).toEqual([
      expect.stringMatching(
        /^unknown: .*w2 could not pull it \(ErrImagePull: 401 Unauthorized\); if the image is private/,
      ),
    ]);
  });

  it('as only one node is there', async () => {
    const nodes = [nodeWith('w1', [listed]), nodeWith('w2', [], { architecture: 'arm64' })];
    const alone = [expect.stringMatching(/^unknown: .*no second ready node of the same architecture/)];
    expect(await said({ nodes })).toEqual(alone);
    expect(await said({ nodes }, 'registry.example.com/team/other')).toEqual(alone);
  });

  it('as no image fits', async () => {
    const nodes = [nodeWith('w1'), nodeWith('w2')];
    expect(await said({ nodes })).toEqual([
      expect.stringMatching(/^unknown: .*; name one .*--image registry.example.com\/…; two nodes pull it then/),
    ]);
    expect(
      await said({ nodes: [nodeWith('w1', [listed]), nodeWith('w2', [listed])] }, 'registry.example.com/team/app:1'),
    ).toEqual([expect.stringMatching(/^unknown: .*has it already; name another image$/)]);
  });

  it('as no node can pull a new image', async () => {
    const nodes = [nodeWith('w1'), nodeWith('w2')];
    expect(await said({ nodes, refusal: 'ImagePullBackOff: denied' }, 'registry.example.com/team/app')).toEqual([
      expect.stringMatching(/^unknown: .*w1 could not pull it \(ImagePullBackOff: denied\); if the image is private/),
    ]);
  });

  it('as there is no mirror', async () => {
    await expect(said({ mirrors: [] })).rejects.toThrow('no pod of the mirror on w2: install the stack first');
  });
});

it('has a node pull an image first that no node lists', async () => {
  const context = contextOf({ nodes: [nodeWith('w1'), nodeWith('w2')], log: [request(w1, one), request(w1, two)] });
  const [first] = await pullCheck('registry.example.com/team/app:1', impatient).run(context);
  expect(first).toMatchObject({ level: 'ok', subject: 'registry.example.com/team/app:1' });
  const pulls = context.pods.filter(({ purpose }) => purpose === 'pull');
  expect(pulls.map(({ node, spec }) => `${node} ${spec.containers[0]?.image}`)).toEqual([
    'w1 registry.example.com/team/app:1',
    `w2 registry.example.com/team/app@${index}`,
  ]);
});

it('tries another image where one proves nothing, and four at most', async () => {
  const others = [1, 2, 3, 4, 5].map((number) => ({
    names: [`registry.example.com/other${number}@${digestOf(`${number}`)}`],
    sizeBytes: 2e6,
  }));
  const nodes = (some: typeof others) => [nodeWith('w1', [...some, { ...listed, sizeBytes: 3e6 }]), nodeWith('w2')];
  const log = [request(w1, one), request(w1, two)];
  expect((await said({ nodes: nodes(others.slice(0, 2)), log }))[0]).toMatch(/^ok: registry.example.com\/team\/app:1/);
  const all = await said({ nodes: nodes(others), log });
  expect(all).toHaveLength(4);
  expect(all[0]).toBe(`unknown: ${others[0]?.names[0]}: w1 has no manifest of it in its content store`);
});

it('finds a node that has no layers to give', async () => {
  expect(await said({ stores: { w1: [] } })).toEqual([
    expect.stringMatching(/^problem: .*w1 has it unpacked, but keeps no layers .* discard_unpacked_layers = false/),
  ]);
});

it('refuses an image of a registry that the stack does not mirror', async () => {
  const context = contextOf({});
  const mirror = { ...context.mirror, registries: ['docker.io'] };
  expect(await pullCheck('ghcr.io/team/app', impatient).run({ ...context, mirror })).toMatchObject([
    { level: 'problem', message: 'the stack does not mirror ghcr.io' },
  ]);
  expect(context.pods).toEqual([]);
});
