import { nodes } from './environment';
import { inPodNetwork } from './load';
import { IN_FLIGHT, killDuring, LAYER, told as toldBroken, type Victim } from './mid-transfer';
import { inNode } from './nodes';
import { expectDirect, passage, told } from './passage';
import { pullOnce } from './pods';
import { blobPath, openRegistry, pushNew } from './registry';
import { eventually } from './run';
import { mirrorPodOn, ready } from './stack';

/**
 * Tests of the direct path of layers, in a cluster with a mirror.
 *
 * @param tenant namespace of who pulls
 * @param measure notes what came out
 */
export function directPathTests(tenant: () => string, measure: (text: string) => void): void {
  test('a layer of 134 MB goes past the Spegel of its node, and none of it comes from the registry', async () => {
    const pulled = await passage(tenant(), LAYER);
    measure(`direct path: ${told(pulled)}`);
    expectDirect(pulled);
  });

  test.each<Victim>([
    'the proxy of the peer',
    'the Spegel of the peer',
    'the network of the peer',
    'the proxy of the node itself',
  ])('to lose %s in mid-transfer costs no byte twice but the last ones', async (victim) => {
    const broken = await killDuring(tenant(), victim);
    measure(toldBroken(victim, broken));
    expect(broken.peers + broken.origin).toBeGreaterThanOrEqual(broken.bytes);
    expect(broken.peers + broken.origin).toBeLessThan(broken.bytes + IN_FLIGHT);
    await ready();
  });

  test('Spegel names the registry in its answers for what it has itself, and in no other', async () => {
    const [first, second] = nodes();
    const image = await pushNew(openRegistry(), 1);
    await pullOnce(tenant(), first, image.reference);
    const [holder, other] = [await mirrorPodOn(first), await mirrorPodOn(second)];
    const asked = async (mirror: typeof holder, ...options: string[]) => {
      const url = `http://127.0.0.1:5000${blobPath(image, 1)}`;
      const curl = ['curl', '-sS', '-m', '10', '-D', '-', '-o', '/dev/null', ...options, url];
      return inNode(mirror.node, ...(await inPodNetwork(mirror, ...curl)));
    };
    const mirrored = ['-H', 'X-Spegel-Mirrored: true'];
    const ways = [['-I'], [], ['-r', '1-2']];
    const named = new RegExp(`^oci-namespace: ${openRegistry().host.replaceAll('.', '[.]')}\r$`, 'im');
    for (const options of ways.flatMap((way) => [way, [...way, ...mirrored]])) {
      const answer = await asked(holder, ...options);
      expect(answer).toMatch(/^HTTP\/1.1 20/);
      expect(answer).toMatch(named);
    }
    for (const options of ways) {
      const answer = await eventually('an answer from the peer', 20, async () => {
        const answer = await asked(other, ...options);
        return /^HTTP\/1.1 20/.test(answer) && answer;
      });
      expect(answer).not.toMatch(/^oci-namespace:/im);
    }
  });
}
