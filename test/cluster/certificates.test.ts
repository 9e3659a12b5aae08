import { reissue } from './certificates';
import { secureMirror } from './compiled';
import { checkEnvironment } from './environment';
import { deleteNamespaces, newNamespace } from './pods';
import { attempt, eventually } from './run';
import { type Ca, giveCa, giveTrust, newCa } from './secrets';
import { lives, spread } from './spread';
import { type Installed, install, testCluster, uninstall } from './stack';
import { expectPulled, expectUndisturbed, Traffic, told } from './traffic';

jest.setTimeout(900_000);

describe('new certificates', () => {
  let stack: Installed | undefined;
  let traffic: Traffic;
  let ca: Ca;
  const rows: string[] = [];

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    const mutualTls = { issuer: { caSecret: 'mirror-ca' }, trust: { configMap: 'mirror-trust' } };
    ca = await newCa();
    const giveBoth = async () => {
      await giveCa(ca);
      await giveTrust(ca);
    };
    stack = await install(testCluster({ authentication: { mutualTls } }), giveBoth);
    traffic = await Traffic.prepare(await newNamespace('tenant'));
  });

  afterAll(async () => {
    await traffic?.end();
    await Promise.all([uninstall(stack), deleteNamespaces()]);
    console.log(rows.join('\n'));
  });

  /** Waits until the command says that this step comes next, and that it is safe. */
  const expectNext = (step: string) =>
    eventually(`the step ${step} to be safe`, 60, async () => {
      const { stdout, stderr } = await attempt(secureMirror('ca', '--json'));
      const found = JSON.parse(stdout);
      if (found.step !== step || found.safe !== true) {
        throw new Error(`${stdout.slice(0, 3000)}${stderr}`);
      }
      return true;
    });

  test('of the same CA cost no request, twice in a row', async () => {
    const before = await lives();
    const row = await traffic.during(async () => {
      await reissue();
      await spread();
      await reissue();
      await spread();
    });
    rows.push(told('all certificates renewed twice', row));
    expectUndisturbed(row);
    await traffic.flows();
    expect(await lives()).toEqual(before);
  });

  test('of another CA cost none, step by step as the command says', async () => {
    const before = await lives();
    const next = await newCa();
    await expectNext('steady');
    const row = await traffic.during(async () => {
      await giveTrust(ca, next);
      await spread();
      await expectNext('leaf');
      await giveCa(next);
      await reissue();
      await spread();
      await expectNext('drop');
      await giveTrust(next);
      await spread();
      await expectNext('steady');
    });
    ca = next;
    rows.push(told('another CA, both trusted meanwhile', row));
    expectUndisturbed(row);
    await traffic.flows();
    expect(await lives()).toEqual(before);
  });

  test('of another CA at once cost requests, so these tests can fail', async () => {
    const before = await lives();
    const row = await traffic.during(async () => {
      const next = await newCa();
      await giveTrust(next);
      await giveCa(next);
      await reissue();
      await spread();
    });
    rows.push(told('another CA at once', row));
    expect(row.node.refused + row.peer.refused).toBeGreaterThan(0);
    expectPulled(row);
    await traffic.flows();
    expect(await lives()).toEqual(before);
  });
});
