import { reissue } from './certificates';
import { checkEnvironment } from './environment';
import { deleteNamespaces, newNamespace } from './pods';
import { type Ca, giveCa, giveTrust, newCa } from './secrets';
import { lives, spread } from './spread';
import { applyManifests, type Installed, installManifests, ready, synthAll, testCluster, uninstall } from './stack';
import { expectPulled, expectUndisturbed, Traffic, told } from './traffic';

jest.setTimeout(420_000);

describe('new certificates', () => {
  let stack: Installed | undefined;
  let traffic: Traffic;
  let ca: Ca;
  let trusting = '';
  const rows: string[] = [];

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    const mutualTls = { issuer: { caSecret: 'mirror-ca' } };
    const trust = { configMap: 'mirror-trust' };
    const stacks = [{ mutualTls }, { mutualTls: { ...mutualTls, trust } }];
    const [plain = '', second = ''] = await synthAll(stacks.map((authentication) => testCluster({ authentication })));
    trusting = second;
    ca = await newCa();
    stack = await installManifests(plain, () => giveCa(ca));
    traffic = await Traffic.prepare(await newNamespace('tenant'));
  });

  afterAll(async () => {
    await traffic?.end();
    await uninstall(stack);
    await deleteNamespaces();
    console.log(rows.join('\n'));
  });

  test('of the same CA cost no request, twice in a row', async () => {
    const before = await lives();
    for (const time of ['once', 'twice']) {
      const row = await traffic.during(async () => {
        await reissue();
        await spread();
      });
      rows.push(told(`all certificates renewed ${time}`, row));
      expectUndisturbed(row);
    }
    expect(await lives()).toEqual(before);
  });

  test('of another CA cost requests where only one is trusted, so these tests can fail', async () => {
    const before = await lives();
    const row = await traffic.during(async () => {
      ca = await newCa();
      await giveCa(ca);
      await reissue();
      await spread();
    });
    rows.push(told('another CA at once', row));
    expect(row.node.refused + row.peer.refused).toBeGreaterThan(0);
    expectPulled(row);
    await traffic.flows();
    expect(await lives()).toEqual(before);
  });

  test('of another CA cost none where both are trusted meanwhile', async () => {
    await giveTrust(ca);
    await applyManifests(trusting);
    await ready();
    await traffic.flows();
    const before = await lives();
    const next = await newCa();
    const row = await traffic.during(async () => {
      await giveTrust(ca, next);
      await spread();
      await giveCa(next);
      await reissue();
      await spread();
      await giveTrust(next);
      await spread();
    });
    rows.push(told('another CA, both trusted meanwhile', row));
    expectUndisturbed(row);
    await traffic.flows();
    expect(await lives()).toEqual(before);
  });
});
