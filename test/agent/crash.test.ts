import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identity, Node } from './node';

const REGISTRIES = { MIRROR_REGISTRIES: 'docker.io quay.io' };
/** The programs through which the agent changes what containerd and the next agent see. */
const PROGRAMS = ['ln', 'mkdir', 'mv', 'rm'];
/** Ends the agent at the given step, before the step is done. */
const KILLER = `#!/usr/bin/env bash
folder=\${0%/*} name=\${0##*/}
step=$(($(<"$folder/step") + 1))
echo "$step" >"$folder/step"
if [[ $step == "$(<"$folder/last")" ]]; then kill -9 "$PPID"; exit; fi
PATH=\${PATH#*:} exec "$name" "$@"
`;

afterEach(() => Node.disposeAll());

/** A node where _default and one of the registries have settings of others. */
async function busyNode(): Promise<Node> {
  const node = await Node.create(REGISTRIES, true);
  node.write('_default/hosts.toml', 'server = "http://cache.internal"\nca = "ca.pem"\n');
  node.write('_default/ca.pem', 'theirs');
  node.write('quay.io/hosts.toml', 'server = "http://quay.internal"\n[host."https://m"]\n');
  return node;
}

/** Whatever happened, theirs is still said. */
function expectTheirs(node: Node): void {
  expect(node.listed).not.toBe('others');
  expect(node.read('quay.io/hosts.toml')).toMatch(
    /^server = "http:\/\/quay.internal"\n(#.*\n\[[^#]*#.*\n)?\[host."https:\/\/m"\]\n$/,
  );
  if (readdirSync(node.hosts).includes('docker.io') && node.read('docker.io/hosts.toml'))
    expect(node.read('docker.io/hosts.toml')).toMatch(/^server = "http:\/\/cache.internal"\nca = "ca.pem"\n#/);
}

/** Publishes, rotates and withdraws. Goes on at once where the agent is killed. */
async function live(node: Node): Promise<number | string> {
  const alive = (condition: () => boolean) => node.until(() => !node.runs || condition());
  node.start();
  await alive(() => node.published);
  node.present(identity('two'));
  await alive(() => (node.log.match(/published quay.io/g)?.length ?? 0) > 1);
  return node.runs ? node.stop() : node.ended();
}

/** What is there after a run that nobody disturbed. */
async function expectClean(node: Node, before: string[]): Promise<void> {
  node.start();
  await node.until(() => node.published);
  expectTheirs(node);
  expect(node.listed).toBe('settings');
  expect(await node.stop()).toBe(0);
  expect(node.tree()).toEqual(before);
  expect([...node.tree(node.states), ...node.tree(node.list)]).toEqual([]);
}

describe('an agent that is killed', () => {
  it('at any step breaks no pull and is recovered from', async () => {
    let next = 1;
    let done = false;
    const stride = process.env.CI ? 1 : 4; // every step takes half a minute of a processor
    const run = async () => {
      while (!done) {
        const node = await busyNode();
        for (const program of PROGRAMS) node.tool(program, KILLER);
        writeFileSync(join(node.shims, 'step'), '0');
        writeFileSync(join(node.shims, 'last'), `${next}`);
        next += stride;
        const before = node.tree();
        const how = await live(node);
        if (how === 'SIGKILL') {
          expectTheirs(node);
          for (const program of PROGRAMS) rmSync(join(node.shims, program));
          await expectClean(node, before);
        } else {
          expect(how).toBe(0);
          done = true;
        }
        await node.dispose();
      }
    };
    await Promise.all([run(), run(), run(), run()]);
    expect(next).toBeGreaterThan(25);
  });

  it('at any time breaks no pull and is recovered from', async () => {
    const node = await busyNode();
    const before = node.tree();
    for (let round = 0; round < 12; round++) {
      node.present(identity(`${round}`));
      node.proxy = round % 5 === 4 ? 'unready' : 'ready';
      node.start();
      await new Promise((wait) => setTimeout(wait, 20 + ((round * 37) % 150)));
      await node.stop(round % 3 ? 'SIGKILL' : 'SIGTERM');
      expectTheirs(node);
    }
    node.proxy = 'ready';
    await expectClean(node, before);
  });

  it('leaves nothing that a reboot could break', async () => {
    const node = await busyNode();
    const before = node.tree();
    node.start();
    await node.until(() => node.published);
    await node.stop('SIGKILL');
    for (const folder of readdirSync(node.states)) rmSync(join(node.states, folder), { recursive: true });
    node.check();
    expect(node.read('docker.io/hosts.toml')).toBe('');
    await expectClean(node, before);
  });
});

describe('a disk that is full', () => {
  const FULL = `#!/usr/bin/env bash
if [[ -e \${0%/*}/full ]]; then echo "\${0##*/}: No space left on device" >&2; exit 1; fi
PATH=\${PATH#*:} exec "\${0##*/}" "$@"
`;

  it.each(['sync', 'ln', 'mkdir', 'mv'])('at %s keeps what is there and is tried again', async (program) => {
    const node = await busyNode();
    const before = node.tree();
    node.tool(program, FULL);
    writeFileSync(join(node.shims, 'full'), '');
    node.start();
    await node.logged(`${program}: No space left on device`);
    await node.tick();
    expectTheirs(node);
    expect(node.published).toBe(false);
    rmSync(join(node.shims, 'full'));
    await node.until(() => node.published);
    const old = node.read('quay.io/hosts.toml');
    writeFileSync(join(node.shims, 'full'), '');
    node.present(identity('two'));
    await node.tick();
    if (program === 'sync' || program === 'mv') expect(node.read('quay.io/hosts.toml')).toBe(old);
    rmSync(join(node.shims, 'full'));
    await node.until(() => node.read('quay.io/hosts.toml') !== old);
    expect(await node.stop()).toBe(0);
    expect(node.tree()).toEqual(before);
  });

  it('half-way through a file keeps the whole old one', async () => {
    const node = await Node.create();
    node.write('docker.io/hosts.toml', `# ${'long '.repeat(300)}\nserver = "https://a"\n`);
    const before = node.tree();
    node.start({}, `trap '' XFSZ; ulimit -f 1`);
    await node.logged('write error: File too large');
    await node.tick();
    expect(node.read('docker.io/hosts.toml')).not.toContain('secured-mirror');
    expect(await node.stop()).toBe(0);
    expect(node.tree()).toEqual(before);
  });

  it('does not stand in the way of a withdrawal', async () => {
    const node = await busyNode();
    const before = node.tree();
    node.start();
    await node.until(() => node.published);
    await node.stop('SIGKILL');
    node.start({}, `trap '' XFSZ; ulimit -f 0`);
    await node.tick();
    expect(await node.stop()).toBe(0);
    expect(node.tree()).toEqual(before);
  });
});
