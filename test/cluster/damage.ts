import { exec, kubectl, NAMESPACE } from './kubectl';
import { inNode, SETTINGS } from './nodes';
import { eventually } from './run';
import { mirrorPodOn } from './stack';

const tell = (log: string, line: string) => log.split(line).length - 1;

/** What happens to the hosts.toml of a registry on a node, and what the agent there makes of it. */
export class DamagedSettings {
  private readonly file: string;

  public constructor(
    private readonly node: string,
    private readonly registry: string,
  ) {
    this.file = `${SETTINGS}/${registry}/hosts.toml`;
  }

  /** The text of the file. */
  public read(): Promise<string> {
    return inNode(this.node, 'cat', this.file);
  }

  /** Cuts the file in the middle of our lines, in place. Gives the ticks until it is what it was. */
  public async cut(): Promise<number> {
    const whole = await eventually('ours in it', 60, async () => {
      const text = await this.read();
      return text.includes('secured-mirror end') && text;
    });
    await inNode(this.node, 'truncate', '-s', `${whole.indexOf('  client = ') + 20}`, this.file);
    const start = await this.tick();
    await eventually(`${this.file} put right`, 60, async () => (await this.read()) === whole);
    return ((await this.tick()) - start) / 2;
  }

  /** Appends three mebibytes. Gives back what takes them away again. */
  public async grow(): Promise<() => Promise<void>> {
    const refused = `not mirroring ${this.registry}: its hosts.toml is longer than`;
    const before = tell(await this.log(), refused);
    await inNode(this.node, 'bash', '-c', 'printf "# %03145728d" 0 >>"$1"', 'grow', this.file);
    await eventually(`${this.registry} left alone`, 60, async () => tell(await this.log(), refused) > before);
    return async () => {
      await inNode(this.node, 'sed', '-i', '/^# 0*$/d', this.file);
      await eventually('ours in it again', 60, async () => (await this.read()).includes('secured-mirror end'));
    };
  }

  /** When the agent's last tick began, in seconds. */
  public async tick(): Promise<number> {
    const { name: pod } = await mirrorPodOn(this.node);
    const command = ['stat', '-c', '%Y', '/run/node-agent/alive'];
    return Number(await exec({ namespace: NAMESPACE, pod, container: 'node-agent', command }));
  }

  private async log(): Promise<string> {
    return kubectl(['-n', NAMESPACE, 'logs', (await mirrorPodOn(this.node)).name, '-c', 'node-agent']);
  }
}
