import * as fc from 'fast-check';
import { constants as c } from '../../bench/scale/constants';
import { libp2pInbound, lookupsThatFind, mesh, routerInbound } from '../../bench/scale/mesh';

const sizes = fc.integer({ min: 2, max: 20_000 });

it('grows with the cluster', () => {
  fc.assert(
    fc.property(sizes, (nodes) => {
      const [less, more] = [mesh(nodes), mesh(nodes + 100)];
      for (const key of ['routingTable', 'connections', 'dnsBytes', 'answerKib', 'watches', 'lastSecret'] as const) {
        expect(more[key]).toBeGreaterThanOrEqual(less[key]);
      }
    }),
  );
});

it('has no more peers than there are, and is complete while it is small', () => {
  fc.assert(
    fc.property(sizes, (nodes) => {
      const { routingTable, dialled } = mesh(nodes);
      expect(routingTable).toBeLessThan(nodes);
      expect(dialled).toBeGreaterThan(0);
      expect(routerInbound(nodes, 30, 20)).toBeLessThan(nodes);
    }),
  );
  expect(mesh(4)).toMatchObject({ routingTable: 3, connections: 3 });
});

it('fits a DNS answer into 64 KiB, and a changed Secret into the time of two looks', () => {
  fc.assert(
    fc.property(sizes, (nodes) => {
      const { dnsBytes, dnsAddresses, lastSecret } = mesh(nodes);
      expect(dnsBytes).toBeLessThanOrEqual(65_536);
      expect(dnsAddresses).toBeLessThanOrEqual(nodes);
      expect(lastSecret).toBeGreaterThanOrEqual(c.syncLeast.value);
      expect(lastSecret).toBeLessThan(c.syncMost.value);
    }),
  );
});

it('finds every holder while no router is full, and less the fuller it is', () => {
  expect(libp2pInbound(8)).toBe(128);
  expect(lookupsThatFind(100, 128)).toBe(1);
  expect(lookupsThatFind(1000, 128)).toBeLessThan(lookupsThatFind(500, 128));
  expect(lookupsThatFind(5000, 128)).toBeGreaterThan(0);
});
