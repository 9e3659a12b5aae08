import * as fc from 'fast-check';
import { type WaveOptions, wave } from '../../bench/scale/wave';

/** Rollouts of any size and pace. */
const rollouts: fc.Arbitrary<WaveOptions> = fc
  .record({
    nodes: fc.integer({ min: 2, max: 60 }),
    burst: fc.integer({ min: 1, max: 60 }),
    perSecond: fc.integer({ min: 1, max: 60 }),
    seeds: fc.integer({ min: 0, max: 10 }),
    layers: fc.integer({ min: 1, max: 6 }),
    layerMib: fc.integer({ min: 1, max: 100 }),
    parallel: fc.integer({ min: 1, max: 4 }),
    sends: fc.integer({ min: 50, max: 2000 }),
    receives: fc.integer({ min: 50, max: 500 }),
    fromOrigin: fc.integer({ min: 20, max: 100 }),
    advertised: fc.integer({ min: 0, max: 5 }),
    requests: fc.integer({ min: 1, max: 40 }),
    workers: fc.integer({ min: 1, max: 4 }),
    idle: fc.integer({ min: 1, max: 60 }),
  })
  .map((options) => ({ ...options, seeds: Math.min(options.seeds, options.nodes - 1) }));

it('is the same in each run', () => {
  fc.assert(
    fc.property(rollouts, (options) => {
      expect(wave(options)).toEqual(wave(options));
    }),
  );
});

it('keeps to its limits, and takes no more from the origin than is missing', () => {
  fc.assert(
    fc.property(rollouts, (options) => {
      const { nodes, seeds, requests, parallel, workers } = options;
      const { originCopies, refused, streams, connectionsOfOneSource, connections, handshakes } = wave(options);
      expect(streams).toBeLessThanOrEqual(Math.min(requests, nodes * parallel));
      expect(originCopies).toBeLessThanOrEqual(nodes - seeds);
      expect(originCopies).toBeGreaterThan(refused * nodes - 1e-6);
      expect(connectionsOfOneSource).toBeLessThanOrEqual(parallel * workers);
      expect(connections).toBeGreaterThanOrEqual(streams);
      expect(handshakes).toBeGreaterThanOrEqual(connections);
    }),
  );
});

it('asks the origin for nothing when a holder takes everybody', () => {
  fc.assert(
    fc.property(rollouts, (options) => {
      const patient = { ...options, seeds: Math.max(1, options.seeds), requests: 1000 };
      expect(wave(patient)).toMatchObject({ originCopies: 0, refused: 0 });
    }),
  );
});

it('is never faster than the pace of the pods and the rate of a node', () => {
  fc.assert(
    fc.property(rollouts, (options) => {
      const { nodes, seeds, burst, perSecond, layers, layerMib, receives, fromOrigin } = options;
      const { seconds } = wave(options);
      expect(seconds).toBeGreaterThanOrEqual((0.99 * nodes - 1 - seeds - burst) / perSecond);
      expect(seconds).toBeGreaterThanOrEqual((layers * layerMib) / Math.max(receives, fromOrigin) - 0.25);
    }),
  );
});

describe('all at once, with one holder', () => {
  const options: WaveOptions = {
    nodes: 200,
    burst: 200,
    perSecond: 200,
    seeds: 1,
    layers: 3,
    layerMib: 50,
    parallel: 3,
    sends: 1000,
    receives: 200,
    fromOrigin: 50,
    advertised: 2,
    requests: 100,
    workers: 2,
    idle: 60,
  };
  const copies = (change: Partial<WaveOptions>) => wave({ ...options, ...change }).originCopies;

  it('asks the origin for what the holder refuses', () => {
    expect(copies({})).toBeCloseTo((199 * 3 - 100) / 3);
  });

  it('asks the origin less with more holders, a higher limit or a slower pace', () => {
    expect(copies({ seeds: 10 })).toBeLessThan(copies({}));
    expect(copies({ requests: 200 })).toBeLessThan(copies({}));
    expect(copies({ burst: 1, perSecond: 5 })).toBeLessThan(copies({}));
  });

  it('makes the holder slow when it refuses nobody', () => {
    expect(wave({ ...options, requests: 1000 }).seconds).toBeCloseTo((199 * 150) / 1000, -1);
  });
});
