import { checkEnvironment, environment, nodes } from './environment';
import { kubectl } from './kubectl';
import { deleteNamespaces, newNamespace, pull } from './pods';
import { bytesOf, privateRegistry, watch } from './registry';
import { secondPull, told } from './second-pull';
import { type Installed, install, testCluster, uninstall } from './stack';

jest.setTimeout(900_000);

describe('a private image', () => {
  let stack: Installed | undefined;
  let owner: string;
  let stranger: string;

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    stack = await install(testCluster());
    owner = await newNamespace('owner');
    stranger = await newNamespace('stranger');
    const credential = [
      `--docker-server=${environment('CLUSTER_PRIVATE_REGISTRY')}`,
      `--docker-username=${environment('CLUSTER_PRIVATE_REGISTRY_USER')}`,
      `--docker-password=${environment('CLUSTER_PRIVATE_REGISTRY_PASSWORD')}`,
    ];
    await kubectl(['-n', owner, 'create', 'secret', 'docker-registry', 'pull', ...credential]);
  });

  afterAll(async () => {
    await Promise.all([uninstall(stack), deleteNamespaces()]);
  });

  test('comes from peers for who has the pull secret, and not at all for who has none', async () => {
    const pulls = await secondPull(owner, privateRegistry(), { secret: 'pull' });
    const { image } = pulls;
    expect(bytesOf(pulls.first.blobs)).toBe(image.bytes);
    expect(pulls.second.blobs).toEqual([]);
    expect(pulls.second.manifests.some((request) => request.status === 200)).toBe(true);

    const tries = nodes().flatMap((node) =>
      [image.reference, image.byDigest].flatMap((reference) =>
        (['Always', 'IfNotPresent'] as const).map((policy) => ({ node, reference, policy })),
      ),
    );
    const refused = watch(image);
    const results = await Promise.all(
      tries.map(({ node, reference, policy }) => pull(stranger, node, reference, { policy })),
    );
    expect(results.filter((result) => result.succeeded)).toEqual([]);
    const requests = await refused();
    expect(bytesOf([...requests.blobs, ...requests.manifests])).toBe(0);
    console.log(
      `private image: ${told(pulls)}; without the secret ${results.length} of ${tries.length} refused: ` +
        results[0]?.failures[0],
    );
  });
});
