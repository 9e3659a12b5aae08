import { inPodNetwork } from './load';
import { tryInNode } from './nodes';
import { startToolbox, type Toolbox } from './pods';
import { eventually, sleep } from './run';
import type { MirrorPod } from './stack';

/** Something that arrived at an address that a mirror was led to. */
export interface Heard {
  readonly port: string;
  /** The first bytes of the connection. */
  readonly text: string;
}

/** A pod of a tenant that listens where a mirror would. */
export class Rogue {
  /** Starts it. */
  public static async start(namespace: string, node: string): Promise<Rogue> {
    const pod = await startToolbox(namespace, 'rogue', node);
    await pod.install('rogue');
    await pod.shell('/tmp/rogue 5000 5001 5443 5444 >>/tmp/heard 2>&1 &');
    const check = 'curl -s -m 1 -o /dev/null http://127.0.0.1:5443/ && grep -c 5443 /tmp/heard';
    await eventually('the rogue', 10, () => pod.shell(check));
    return new Rogue(pod);
  }

  /** Starts one with the certificate of a peer, in a namespace that has a copy of its Secret: it has every blob, of that content type. */
  public static async peer(namespace: string, node: string, secretName: string, contentType: string): Promise<Rogue> {
    const volumes = [{ name: 'secret', secret: { secretName } }];
    const pod = await startToolbox(namespace, 'rogue-peer', node, { volumes });
    await pod.install('rogue');
    await pod.shell(`/tmp/rogue -certificate /secret -type '${contentType}' 5443 >>/tmp/heard 2>&1 &`);
    const check = 'curl -sk -m 1 -I https://127.0.0.1:5443/ | grep -q "200 OK"';
    await eventually('the rogue peer', 10, async () => (await pod.shell(`${check} && echo yes`)) !== '');
    return new Rogue(pod);
  }

  private constructor(private readonly pod: Toolbox) {}

  /**
   * Has a mirror dial the rogue, as its Spegel would be made to by a forged record: both of its ports. Gives what arrived.
   *
   * @param mirror whose network it is dialled from
   */
  public async lure(mirror: MirrorPod): Promise<Heard[]> {
    await this.forget();
    for (const port of [5000, 5001]) {
      const url = `http://${this.pod.ip}:${port}/v2/`;
      const curl = ['curl', '-s', '-m', '4', '-o', '/dev/null', '-H', 'Authorization: Basic Og==', url];
      await tryInNode(mirror.node, ...(await inPodNetwork(mirror, ...curl)));
    }
    return this.heard();
  }

  /** Its address. */
  public get ip(): string {
    return this.pod.ip;
  }

  /** Forgets what arrived so far. */
  public async forget(): Promise<void> {
    await this.pod.shell(': >/tmp/heard');
  }

  /** What arrived since then. */
  public async heard(): Promise<Heard[]> {
    await sleep(500);
    const lines = (await this.pod.shell('cat /tmp/heard')).trim().split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  }
}
