import fc from 'fast-check';
import { usageCounters } from '../../src/mirror/contract/http';
import { MeasuredNode } from './measured-node';

const nodes: MeasuredNode[] = [];
afterEach(() => {
  for (const node of nodes.splice(0)) node.dispose();
});
const kept = (node: MeasuredNode) => {
  nodes.push(node);
  return node;
};
const settled = (registries?: string[]) => kept(MeasuredNode.settled(registries));
/** Half an hour in which nothing happens. */
const wait = (node: MeasuredNode) => {
  node.measure();
  node.pass(1800);
  node.measure();
};
/** The layers of a pull, for almost half an hour. */
const arriveSlowly = (node: MeasuredNode) => {
  for (let i = 0; i < 3; i++) {
    node.arrive('docker.io', ['layer']);
    node.pass(500);
    node.measure();
  }
};
/** One large layer, and what happens meanwhile. */
const takeHours = (node: MeasuredNode, meanwhile = () => {}) => {
  node.download('model');
  node.measure();
  meanwhile();
  for (let i = 0; i < 30; i++) {
    node.pass(220);
    node.receive('model');
    node.measure();
  }
  node.commit('model', 'docker.io');
};
const fresh = (registries?: string[]) => kept(new MeasuredNode(registries));

/** What happens on a node after everything has been the same for a while, and which registries are bypassed then. */
type Case = [title: string, bypassed: string[], events: (node: MeasuredNode) => void, registries?: string[]];

const cases: Case[] = [
  ['nothing', [], () => {}],
  ['the first pull goes past the mirror', ['docker.io'], (node) => node.pullPast('docker.io')],
  ['an image without layers of its own goes past it', ['docker.io'], (node) => node.arrive('docker.io', ['json'])],
  ['a pull goes through it', [], (node) => node.pullThrough('docker.io')],
  [
    'a pull asks in vain, and all comes from the origin',
    [],
    (node) => {
      node.ask('docker.io');
      node.pullPast('docker.io');
    },
  ],
  [
    'one registry is bypassed and the other is not',
    ['ghcr.io'],
    (node) => {
      node.pullThrough('docker.io');
      node.pullPast('ghcr.io');
    },
  ],
  [
    'layers arrive long after the requests of their pull',
    [],
    (node) => {
      node.ask('docker.io', 9);
      node.arrive('docker.io', ['json', 'json']);
      arriveSlowly(node);
    },
  ],
  [
    'a download takes hours',
    [],
    (node) => {
      node.ask('docker.io', 5);
      node.arrive('docker.io', ['json', 'json', 'json']);
      takeHours(node);
    },
  ],
  [
    'a download takes hours that began before the settings were there',
    [],
    (node) => {
      node.withdraw('docker.io');
      node.measure();
      node.arrive('docker.io', ['json', 'json', 'json']);
      takeHours(node, () => node.publish('docker.io'));
    },
  ],
  [
    'pulls go past it beside a download that began before the settings were there',
    ['docker.io'],
    (node) => {
      node.withdraw('docker.io');
      node.measure();
      node.download('model');
      node.measure();
      node.publish('docker.io');
      node.measure(2);
      node.pullPast('docker.io');
    },
  ],
  [
    'a download was given up, and pulls go past it later',
    ['docker.io'],
    (node) => {
      node.ask('docker.io', 5);
      node.download('model');
      node.measure();
      wait(node);
      node.pullPast('docker.io');
    },
  ],
  [
    'pulls go past it, and then one through it',
    [],
    (node) => {
      node.pullPast('docker.io');
      node.measure();
      node.pullThrough('docker.io');
    },
  ],
  [
    'pulls go past it again after the last one through it',
    [],
    (node) => {
      node.pullThrough('docker.io');
      node.measure(5);
      node.pullPast('docker.io');
    },
  ],
  [
    'the same half an hour after it',
    ['docker.io'],
    (node) => {
      node.pullThrough('docker.io');
      wait(node);
      node.pullPast('docker.io');
    },
  ],
  [
    'nothing arrives for hours after a pull through it',
    [],
    (node) => {
      node.pullThrough('docker.io');
      wait(node);
      wait(node);
    },
  ],
  [
    'a pull goes past it after hours without any',
    ['docker.io'],
    (node) => {
      wait(node);
      node.arrive('docker.io', ['layer']);
    },
  ],
  [
    'an image is imported, or built: its content has no label',
    [],
    (node) => {
      node.arrive(undefined, ['json', 'json', 'layer']);
    },
  ],
  ['an image of a registry arrives that is not mirrored', [], (node) => node.pullPast('quay.io')],
  [
    'images are deleted',
    [],
    (node) => {
      node.advertised['docker.io'] = 1;
    },
  ],
  [
    'images are deleted, and a pull goes past it',
    ['docker.io'],
    (node) => {
      node.advertised['docker.io'] = 1;
      node.measure();
      node.pullPast('docker.io');
    },
  ],
  [
    'Spegel starts again and counts what is there',
    [],
    (node) => {
      node.started = node.now + 5;
      node.advertised = {};
      node.measure();
      node.advertised = { 'docker.io': 50 };
    },
  ],
  [
    'Spegel starts again and counts late',
    [],
    (node) => {
      node.started = node.now + 5;
      node.advertised = {};
      node.measure(4);
      node.advertised = { 'docker.io': 50 };
    },
  ],
  [
    'a pull goes past it while Spegel starts again, and another later',
    ['docker.io'],
    (node) => {
      node.started = node.now + 5;
      node.pullPast('docker.io');
      node.measure(2);
      expect(node.bypassed).toEqual([]);
      node.pullPast('docker.io');
    },
  ],
  [
    'the clock of the kernel moves the start of Spegel by a second',
    ['docker.io'],
    (node) => {
      node.started += 1;
      node.pullPast('docker.io');
    },
  ],
  [
    'the proxy starts again during a pull',
    [],
    (node) => {
      node.ask('docker.io', 5);
      node.measure();
      node.restartProxy();
      node.arrive('docker.io', ['layer']);
      node.measure();
      node.arrive('docker.io', ['layer']);
    },
  ],
  [
    'the proxy starts again before the agent saw the requests of a pull',
    [],
    (node) => {
      node.ask('docker.io', 5);
      node.measure();
      wait(node);
      node.restartProxy(); // the next five requests are lost with it
      node.arrive('docker.io', ['json', 'json']);
      node.measure();
      arriveSlowly(node);
    },
  ],
  [
    'the proxy was asked for the first time and ends before the agent knows',
    [],
    (node) => {
      wait(node);
      node.restartProxy();
      node.pullPast('docker.io');
      node.measure();
    },
  ],
  [
    'the proxy starts again, and then a pull goes past it',
    ['docker.io'],
    (node) => {
      node.ask('docker.io', 5);
      wait(node);
      node.restartProxy();
      node.measure(2);
      node.pullPast('docker.io');
    },
  ],
  [
    'the mirror is withdrawn during a pull',
    [],
    (node) => {
      node.withdraw('docker.io');
      node.pullPast('docker.io');
    },
  ],
  [
    'a pull begins while it is withdrawn and ends after it',
    [],
    (node) => {
      node.withdraw('docker.io');
      node.measure(2);
      node.arrive('docker.io', ['json', 'json', 'layer']);
      node.measure();
      node.publish('docker.io');
      arriveSlowly(node);
    },
  ],
  [
    'it is withdrawn and published between two measurements',
    [],
    (node) => {
      node.pass(10);
      node.arrive('docker.io', ['json', 'json']);
      node.publish('docker.io');
      node.measure();
      node.arrive('docker.io', ['layer']);
    },
  ],
  [
    'another registry that is not mirrored is pulled from, while such a pull goes on',
    [],
    (node) => {
      node.publish('docker.io');
      for (let i = 0; i < 9; i++) {
        node.arrive('docker.io', ['layer']);
        node.arrive('quay.io', ['json', 'json', 'layer']);
        node.measure();
      }
    },
  ],
  [
    'it is bypassed, withdrawn, and published again',
    [],
    (node) => {
      node.pullPast('docker.io');
      node.measure();
      expect(node.bypassed).toEqual(['docker.io']);
      node.withdraw('docker.io');
      node.measure();
      expect(node.bypassed).toEqual([]);
      node.publish('docker.io');
    },
  ],
  [
    'a verdict outlives Spegel, the proxy and a rotation',
    ['docker.io'],
    (node) => {
      node.pullPast('docker.io');
      node.measure();
      node.started = node.now;
      node.restartProxy();
      node.publish('docker.io');
    },
  ],
  [
    'the agent loses what it knew',
    [],
    (node) => {
      node.written = node.written.slice(0, -7);
      node.pullPast('docker.io');
    },
  ],
  [
    'a refused registry is pulled from',
    [],
    (node) => {
      node.withdraw('ghcr.io');
      node.measure();
      node.pullPast('ghcr.io');
    },
  ],
  [
    'the clock is put back',
    [],
    (node) => {
      node.now -= 7200;
      node.pullPast('docker.io');
    },
  ],
  [
    'the clock is put back, and later a pull goes past it',
    ['docker.io'],
    (node) => {
      node.now -= 7200;
      node.started -= 7200;
      for (const registry of ['docker.io', 'ghcr.io']) node.publish(registry);
      node.measure(3);
      node.pullPast('docker.io');
    },
  ],
  [
    'the same host has a registry at another port, which labels do not show',
    ['docker.io'],
    (node) => {
      node.write('docker.io:5000/hosts.toml', '');
      node.measure();
      node.pullPast('docker.io');
    },
  ],
];

const anyRegistry: Case[] = [
  ['a registry without a folder is bypassed', ['_default'], (node) => node.pullPast('quay.io')],
  ['a registry without a folder is pulled from through the mirror', [], (node) => node.pullThrough('quay.io')],
  ['a listed one is bypassed', ['docker.io'], (node) => node.pullPast('docker.io')],
  [
    'a registry has a folder of its own',
    [],
    (node) => {
      node.write('quay.io/ca.crt', '');
      node.measure(3);
      node.pullPast('quay.io');
    },
  ],
  [
    'a registry has a folder of its own with a port',
    [],
    (node) => {
      node.write('quay.io_5000_/hosts.toml', '');
      node.measure(3);
      node.pullPast('quay.io');
    },
  ],
  [
    'a registry gets a folder and is pulled from',
    [],
    (node) => {
      node.write('quay.io/hosts.toml', '');
      node.pullPast('quay.io');
    },
  ],
];

describe('a registry is bypassed or not, after everything has been the same for a while and then', () => {
  it.each(cases)('%s: %j', (_, bypassed, events) => {
    const node = settled();
    node.advertised = { 'docker.io': 40, 'ghcr.io': 3 };
    node.started -= 3600;
    node.measure(3);
    events(node);
    node.measure();
    expect(node.bypassed ?? []).toEqual(bypassed);
  });

  it.each(anyRegistry)('%s, with _default: %j', (_, bypassed, events) => {
    const node = settled(['_default', 'docker.io']);
    events(node);
    node.measure();
    expect(node.bypassed ?? []).toEqual(bypassed);
  });
});

describe('a new mirror', () => {
  it('is bypassed within two minutes of the first pull that goes past it', () => {
    const node = fresh();
    node.publish('docker.io');
    node.started = node.now;
    node.measure(2);
    node.pullPast('docker.io');
    node.measure();
    expect(node.bypassed).toEqual(['docker.io']);
    expect(node.log).toMatch(/Z pulls from docker[.]io go past the mirror: .*\n$/);
    node.measure(2);
    node.ask('docker.io');
    node.measure();
    expect(node.log.split('\n')[1]).toMatch(/Z pulls from docker[.]io come to the mirror again$/);
  });

  it('is not, by pulls that began before it, however long they take', () => {
    const node = fresh();
    node.advertised = { 'docker.io': 7 };
    node.arrive('docker.io', ['json', 'json']);
    node.measure();
    node.publish('docker.io');
    arriveSlowly(node);
    expect(node.bypassed).toEqual([]);
  });

  it('says nothing of use before its second measurement', () => {
    const node = fresh();
    node.measure();
    expect(node.complete).toBe(true);
    expect(node.report).toBeUndefined();
    node.measure();
    expect(node.report?.usage).toEqual({
      requests: { 'docker.io': 0, 'ghcr.io': 0 },
      peerBytes: 0,
      servedBytes: 0,
      originBytes: 0,
      bypassed: [],
    });
  });
});

describe('bytes', () => {
  it('come from peers, go to peers, or come from the origin', () => {
    const node = settled();
    node.count(usageCounters.peerBytes, 3_000_000_000_000);
    node.count(usageCounters.servedBytes, 7);
    node.count(usageCounters.entryBytes, 900);
    node.arrive('docker.io', ['layer'], 900);
    node.arrive('quay.io', ['layer'], 1000);
    node.measure(2);
    expect(node.report?.usage).toMatchObject({
      peerBytes: 3_000_000_000_000,
      servedBytes: 7,
      originBytes: 1000,
      hitRatio: 1,
    });
    node.restartProxy();
    node.count(usageCounters.servedBytes, 3);
    node.measure();
    expect(node.report?.usage).toMatchObject({ peerBytes: 3_000_000_000_000, servedBytes: 10 });
  });

  it('of the origin are never below zero, and those that a failed pull threw away hide no others for long', () => {
    const node = settled();
    node.count(usageCounters.entryBytes, 5000);
    node.measure(2);
    expect(node.report?.usage?.originBytes).toBe(0);
    node.arrive('docker.io', ['layer'], 3000);
    node.measure(2);
    expect(node.report?.usage?.originBytes).toBe(0);
    wait(node);
    node.arrive('docker.io', ['layer'], 3000);
    node.measure(2);
    expect(node.report?.usage).toMatchObject({ originBytes: 3000, hitRatio: 0 });
  });

  it('are counted once, though files of the last seconds are looked at twice', () => {
    const node = settled();
    for (let i = 0; i < 40; i++) {
      node.arrive('docker.io', ['layer'], 10 + i);
      node.pass(i % 4);
      node.measure();
    }
    node.measure();
    expect(node.report?.usage?.originBytes).toBe((40 * (10 + 49)) / 2);
  });

  it('that were there before are not counted', () => {
    const node = fresh();
    node.arrive('docker.io', ['layer'], 9999);
    node.measure(3);
    expect(node.report?.usage?.originBytes).toBe(0);
  });
});

describe('answers', () => {
  const broken = fc.oneof(
    fc.nat({ max: 400 }).map((length) => (answer: string) => answer.slice(0, length % answer.length)),
    fc.constantFrom(
      () => '',
      () => 'HTTP/1.0 503 Service Unavailable\r\n\r\n',
      (answer: string) => answer.replace(' 200 ', ' 503 '),
      (answer: string) => answer.repeat(2),
      (answer: string) => answer.toUpperCase(),
      (answer: string) => answer.replaceAll('0', '00000000000000000000'),
      (answer: string) => answer.replaceAll('"', ''),
    ),
  );
  const garbled = fc
    .record({ at: fc.nat({ max: 400 }), text: fc.string({ unit: 'binary', maxLength: 4 }) })
    .map(({ at, text }) => (answer: string) => {
      const place = at % answer.length;
      return answer.slice(0, place) + text + answer.slice(place + 1);
    });
  const damaged = {
    // A request that is not seen may not look like none.
    proxy: { damage: broken, happens: (node: MeasuredNode) => node.pullThrough('docker.io') },
    // A number that is wrong may not look like pulls: of one that began earlier layers arrive.
    spegel: {
      damage: fc.oneof(broken, garbled),
      happens: (node: MeasuredNode) => node.arrive('docker.io', ['layer', 'layer']),
    },
  };

  it.each(Object.entries(damaged))('of %s that are damaged raise no alarm, then and afterwards', (whose, way) => {
    fc.assert(
      fc.property(fc.array(way.damage, { minLength: 1, maxLength: 3 }), (damages) => {
        const node = MeasuredNode.settled();
        try {
          node.advertised = { 'docker.io': 40, 'ghcr.io': 3 };
          node.started -= 3600;
          node.measure(3);
          for (const damage of damages) {
            node.damage = { [whose]: damage };
            way.happens(node);
            node.measure();
            expect(node.complete).toBe(true);
            expect(node.bypassed).toEqual([]);
          }
          node.damage = {};
          node.measure();
          expect(node.bypassed).toEqual([]);
        } finally {
          node.dispose();
        }
      }),
      { numRuns: 30 },
    );
  });

  it('of the proxy that are no answers count as nothing, and the next ones go on from the last good', () => {
    const node = settled();
    node.count(usageCounters.peerBytes, 100);
    node.measure();
    node.damage.proxy = () => '';
    node.measure();
    expect(node.report?.usage?.peerBytes).toBe(100);
    node.damage = {};
    node.count(usageCounters.peerBytes, 10);
    node.measure();
    expect(node.report?.usage?.peerBytes).toBe(110);
  });
});
