import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASIC, IMPATIENT, Node } from './node';
import { usersIn, type Version, versionOf } from './version';

const one = versionOf('mirror', 'first');
const two = versionOf('mirror', 'second');
const three = versionOf('mirror', 'third');
const secretOf = { one: { username: 'mirror', password: 'first' }, two: { username: 'mirror', password: 'second' } };
const OLD = 'http.entry.rbac.old_.shadow_allowed';
const REFUSED = 'cluster.peer-registry.upstream_rq_401';

let node: Node;
beforeEach(async () => {
  node = await Node.create();
  node.configure({ ...BASIC, propagation: '100' });
  node.credential.update(secretOf.one);
  node.counts = { [OLD]: 5, 'http.peers.rbac.old_.shadow_allowed': 7, [REFUSED]: 3 };
});
afterEach(() => Node.disposeAll());

/** Goes on to an instant, and lets the agent see it, and then what the counters say. */
const at = async (seconds: number, counts?: typeof node.counts) => {
  node.uptime = seconds;
  await node.tick();
  if (counts === undefined) return;
  node.counts = counts;
  await node.tick();
};
const metric = (name: string) => new RegExp(`^secured_mirror_credential_${name} (.*)$`, 'm').exec(node.report)?.[1];
const expectState = (phase: number, presented: Version, accepted: Version[], lagging = 0) => {
  const injected = node.file('injected').generic_secret.secret.inline_bytes;
  expect(Buffer.from(injected, 'base64').toString()).toBe(presented.header);
  expect(node.read('docker.io/hosts.toml')).toContain(`"${presented.header}"`);
  expect(usersIn(node.file('users'))).toEqual(accepted.map(({ line }) => line));
  expect([metric('phase'), metric('lagging'), metric('versions')].map(Number)).toEqual([
    phase,
    lagging,
    accepted.length,
  ]);
};
/** One is presented, two is in the Secret since 1000. */
const changed = async (settings = {}) => {
  node.start(settings);
  await node.until(() => node.published);
  node.credential.update(secretOf.two);
  await node.logged(`credential: accepting version ${two.name} beside ${one.name}`);
  await node.tick();
};

describe('a credential', () => {
  it('is presented at once on a new node', async () => {
    node.start();
    await node.until(() => node.published);
    await node.tick();
    expectState(0, one, [one]);
    expect(node.countsAsked).toBe(0);
    expect(node.log).toContain(`published docker.io (version ${one.name})`);
    expect(node.log).not.toContain('metrics credential'); // nobody asked for metrics
  });

  it('that changes goes through the phases, each at its time', async () => {
    await changed();
    expectState(1, one, [one, two]);
    await at(1099);
    expectState(1, one, [one, two]);
    expect(node.countsAsked).toBe(0);
    await at(1100);
    expectState(2, two, [one, two]);
    expect(node.report).toContain(`version_info{presented="${two.name}",newest="${two.name}"} 1`);
    await at(1199);
    expectState(2, two, [one, two]);
    await at(1200);
    expectState(0, two, [two]);
    const asked = node.countsAsked;
    await at(1300);
    expect(node.countsAsked).toBe(asked);
    expect(node.log.match(/credential: .*/g)).toEqual([
      `credential: presenting version ${one.name}`,
      `credential: accepting version ${two.name} beside ${one.name}`,
      `credential: presenting version ${two.name}`,
      `credential: dropped version ${one.name}`,
    ]);
  });

  it('that goes back to the one still presented is done with that', async () => {
    await changed();
    await at(1050);
    node.credential.update(secretOf.one);
    await node.logged(`the Secret holds version ${one.name} again`);
    await at(1149);
    expectState(1, one, [one, two]);
    await at(1150);
    await at(1249);
    expectState(2, one, [one, two]);
    await at(1250);
    expectState(0, one, [one]);
  });

  it('that goes back to one that is accepted settles as a new one does', async () => {
    await changed();
    await at(1100);
    expectState(2, two, [one, two]);
    node.credential.update(secretOf.one);
    await node.logged(`the Secret holds version ${one.name} again`);
    await at(1199);
    expectState(1, two, [one, two]);
    await at(1200);
    expectState(2, one, [one, two]);
    await at(1300);
    expectState(0, one, [one]);
  });

  it('that changes twice keeps all until the last is everywhere', async () => {
    await changed();
    await at(1050);
    node.credential.update({ username: 'mirror', password: 'third' });
    await node.logged(`accepting version ${three.name} beside ${one.name} ${two.name}`);
    await at(1149);
    expectState(1, one, [one, two, three]);
    await at(1150);
    expectState(2, three, [one, two, three]);
    await at(1250);
    expectState(0, three, [three]);
  });

  it('that the Secret loses on the way is still rotated', async () => {
    await changed();
    node.credential.update({});
    await node.logged('the credential is of no use: the Secret holds no username and password');
    await at(1100);
    expectState(2, two, [one, two]);
    node.credential.hide();
    await at(1200);
    expectState(0, two, [two]);
    expect(metric('valid')).toBe('0');
    node.credential.update(secretOf.two);
    await node.tick();
    expectState(0, two, [two]);
    expect(metric('valid')).toBe('1');
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)('goes on where it was after %s, also through a new pod', async (signal) => {
    await changed();
    const again = async () => {
      await node.stop(signal);
      expect(await node.prepare()).toBe(0);
      node.start();
      await node.until(() => node.published);
      await node.tick();
    };
    await at(1099);
    await again();
    expectState(1, one, [one, two]);
    await at(1100);
    await again();
    expectState(2, two, [one, two]);
    await at(1205);
    await again();
    await at(1310);
    expectState(0, two, [two]);
    await again();
    expectState(0, two, [two]);
    expect(node.log).not.toContain('withdrew .credential');
  });

  it('of another boot or with a damaged state loses nothing', async () => {
    await changed();
    await at(20);
    expectState(1, one, [one, two]);
    await at(119);
    expectState(1, one, [one, two]);
    await at(120);
    expectState(2, two, [one, two]);
    await node.stop('SIGKILL');
    writeFileSync(join(node.states, '.credential', 'state'), 'target \n');
    node.start();
    await node.logged(`credential: presenting version ${two.name}`, 2);
    await node.until(() => node.published);
    await node.tick();
    expectState(0, two, [two]);
  });
});

describe('the state', () => {
  const states = () => readdirSync(node.states);

  it('leaves the node with the mirror', async () => {
    node.start();
    await node.until(() => node.published);
    expect(states()).toContain('.credential');
    await node.stop('SIGTERM');
    expect(states()).toEqual([]);
  });

  it('stays where a rotation must go on after it', async () => {
    await changed();
    await node.stop('SIGTERM');
    expect(states()).toEqual(['.credential']);
  });
});

describe('an older version', () => {
  it('stays while somebody shows it', async () => {
    await changed();
    await at(1100);
    await at(1150, { [OLD]: 6, [REFUSED]: 3 });
    await at(1200);
    expectState(2, two, [one, two]); // quiet for 50 seconds only
    await at(1230, { [OLD]: 7, [REFUSED]: 3 });
    expectState(2, two, [one, two], 1);
    expect(node.log).toContain(`credential: an older version is still in use: keeping ${one.name}`);
    // another proxy
    await at(1240, { [OLD]: 0, [REFUSED]: 0 });
    await at(1339);
    expectState(2, two, [one, two], 1);
    await at(1340);
    expectState(0, two, [two]);
  });

  it.each(['silent', 'error', 'half', 'reordered', 'large', 'foreign'] as const)(
    'stays while the counters are not known: %s',
    async (how) => {
      await changed(how === 'silent' ? IMPATIENT : {});
      await at(1100);
      node.counts = how;
      await at(1400);
      expectState(2, two, [one, two]);
      // A tick with a silent proxy takes seconds.
      node.uptime = 1500;
      node.counts = { [OLD]: 5 };
      await node.tick();
      await at(1599);
      expectState(2, two, [one, two]);
      await at(1600);
      expectState(0, two, [two]);
    },
  );

  it('has been quiet since the proxy answered, however long that took', async () => {
    await changed();
    await at(1100);
    node.counts = 'error';
    await at(1400);
    node.beforeCounts = () => {
      node.uptime = 1500;
    };
    node.counts = { [OLD]: 5 };
    await node.tick();
    node.beforeCounts = undefined;
    await at(1599);
    expectState(2, two, [one, two]);
    await at(1600);
    expectState(0, two, [two]);
  });

  it('is presented again when a peer refuses the new one', async () => {
    await changed();
    node.counts = { [OLD]: 5, [REFUSED]: 50 };
    await at(1100);
    expectState(2, two, [one, two]);
    await at(1110, { [OLD]: 5, [REFUSED]: 51 });
    expectState(1, one, [one, two], 1);
    expect(node.log).toContain('a peer refuses the new credential: presenting the old one again');
    await at(1209);
    expectState(1, one, [one, two], 1);
    await at(1210);
    expectState(2, two, [one, two], 1);
    // another proxy, and still refused
    await at(1220, { [OLD]: 0, [REFUSED]: 1 });
    expectState(1, one, [one, two], 1);
    expect(node.log.match(/a peer refuses/g)).toHaveLength(2);
    await at(1320);
    await at(1420);
    expectState(0, two, [two]);
  });

  it('is dropped at once when the Secret says so', async () => {
    await changed();
    node.credential.update({ ...secretOf.two, 'drop-old': 'later' });
    await node.logged('the file drop-old says something else than now');
    await node.tick();
    expectState(1, one, [one, two]);
    node.credential.update({ ...secretOf.two, 'drop-old': 'now\n' });
    await node.logged(`only version ${two.name} is accepted, dropped version ${one.name}`);
    await node.tick();
    expectState(0, two, [two]);
    expect(metric('drop_old')).toBe('1');
    node.credential.update({ username: 'mirror', password: 'third', 'drop-old': 'now' });
    await node.logged(`only version ${three.name} is accepted`);
    await node.tick();
    expectState(0, three, [three]);
    node.credential.update({ username: 'mirror', password: 'third' });
    await node.until(() => metric('drop_old') === '0');
  });
});

describe('the credential of those who read metrics', () => {
  const users = () => usersIn(node.file('metrics-users'));
  it('is taken beside the one before for a time, unless the user is the same', async () => {
    const renamed = versionOf('scraper', 'second');
    node.metricsCredential.update(secretOf.one);
    await changed();
    expect(users()).toEqual([one.plainLine]);
    node.metricsCredential.update({ username: 'scraper', password: 'second' });
    await node.logged(`metrics credential: accepting version ${renamed.name}`);
    node.counts = 'error';
    await at(1199);
    expect(users()).toEqual([renamed.plainLine, one.plainLine]);
    await at(1200);
    expect(users()).toEqual([renamed.plainLine]);
    expectState(2, two, [one, two]);
    node.metricsCredential.update({ username: 'scraper', password: 'third' });
    const changedAgain = versionOf('scraper', 'third').plainLine;
    await node.until(() => users()[0] === changedAgain);
    expect(users()).toEqual([changedAgain]);
    node.metricsCredential.update({ ...secretOf.one, 'drop-old': 'now' });
    await node.until(() => users()[0] === one.plainLine);
    expect(users()).toEqual([one.plainLine]);
  });
});

describe('a state that cannot be saved', () => {
  it('is kept in mind and saved later', async () => {
    node.tool('sync', '#!/bin/sh\n[ ! -e "$0.full" ] || { echo full >&2; exit 1; }\n');
    node.start();
    await node.until(() => node.published);
    const full = join(node.shims, 'sync.full');
    const state = join(node.states, '.credential', 'state');
    const before = statSync(state).ino;
    writeFileSync(full, '');
    node.credential.update(secretOf.two);
    await node.logged(`accepting version ${two.name}`);
    await node.tick();
    expect(statSync(state).ino).toBe(before);
    expectState(1, one, [one, two]);
    rmSync(full);
    await node.until(() => statSync(state).ino !== before);
  });
});
