import { architecture } from '../../../../src/cli/check/node/architecture';
import { nodeChecks } from '../../../../src/cli/check/node/checks';
import { containerd } from '../../../../src/cli/check/node/containerd';
import { containerdConfig } from '../../../../src/cli/check/node/containerd-config';
import { defaultList } from '../../../../src/cli/check/node/default-list';
import { entryPort } from '../../../../src/cli/check/node/entry-port';
import { pullPath, unpackedLayers } from '../../../../src/cli/check/node/images';
import { inotify } from '../../../../src/cli/check/node/inotify';
import { kernel } from '../../../../src/cli/check/node/kernel';
import { registrySettings } from '../../../../src/cli/check/node/registry-settings';
import { runChecks } from '../../../../src/cli/probe/run-checks';
import { EarlyEnd } from '../../../../src/cli/shared/early-end';
import { contextOf, file, saidOf } from './probed';

const CLUSTER_IP = { entry: { clusterIp: { address: '10.96.77.77' } } };
const REFUSED = { registry: 'docker.io', kind: 'refused', reason: 'its hosts.toml is a link' } as const;

describe('all checks', () => {
  it('have names of their own, and ask one probe for each node', async () => {
    const context = contextOf({ w1: {}, w2: {} });
    const end = new EarlyEnd(60, () => undefined);
    const results = await runChecks(nodeChecks, context, end, { seconds: 0, pauseSeconds: 1 }, () => undefined);
    end.dispose();
    expect(new Set(nodeChecks.map(({ name }) => name)).size).toBe(nodeChecks.length);
    expect(context.probes.runs.map((pods) => pods.map(({ node }) => node))).toEqual([['w1', 'w2']]);
    for (const { check, findings } of results) {
      expect(findings.length).toBeGreaterThan(0);
      for (const finding of findings) expect(finding).toMatchObject({ code: check.name, subject: 'w1, w2' });
    }
    expect(results.flatMap(({ findings }) => findings.map(({ level }) => level))).not.toContain('problem');
  });

  it('look anew when they are asked again', async () => {
    const context = contextOf({ w1: {} });
    for (const check of [pullPath, inotify, pullPath, inotify]) await check.run(context);
    expect(context.probes.runs).toHaveLength(2);
  });

  it('say of a node without a probe that they did not try', async () => {
    for (const check of nodeChecks) {
      const [finding] = await saidOf(check, { failure: 'ErrImagePull: no such image' });
      if (check === containerd || check === architecture) expect(finding?.level).toBe('ok');
      else expect(finding).toMatchObject({ level: 'unknown', message: expect.stringContaining('not tried') });
    }
  });

  it('say that there is no node', async () => {
    for (const check of nodeChecks) {
      expect(await check.run(contextOf({}))).toMatchObject([
        { level: 'unknown', message: expect.stringContaining('no node') },
      ]);
    }
  });

  it('say the same of several nodes once, and what differs apart', async () => {
    const findings = await inotify.run(contextOf({ w1: {}, w2: { facts: { inotify: 128 } }, w3: {} }));
    expect(findings.map(({ subject, level }) => [subject, level])).toEqual([
      ['w1, w3', 'ok'],
      ['w2', 'warning'],
    ]);
  });

  it.each([
    ['a file that could not be read', { unreadable: ['/etc/x.toml'] }, '/etc/x.toml cannot be read'],
    ['an import that does not exist', { missing: ['/etc/x.toml'] }, 'imports /etc/x.toml, which does not exist'],
    ['no main file and no process', { missing: ['/etc/containerd/config.toml'], started: undefined }, 'there is no'],
    ['a file that is no TOML', { files: [file('= 1')] }, 'is not TOML'],
  ])('of the configuration say of %s that they did not try', async (_, facts, words) => {
    for (const check of [containerdConfig, pullPath, unpackedLayers, defaultList]) {
      expect(await saidOf(check, { facts })).toMatchObject([
        { level: 'unknown', message: expect.stringContaining(words) },
      ]);
    }
  });
});

/** Each: the check, a node with which something is wrong, words of the message, words of the fix, and the node after the fix. */
const CASES = [
  ['CRI-O', containerd, { runtime: 'cri-o://1.37.0' }, 'not possible with CRI-O', 'nodeSelector', {}],
  ['another runtime', containerd, { runtime: 'x://1' }, 'not possible with x://1', 'run them with containerd', {}],
  [
    'an old containerd',
    containerd,
    { runtime: 'containerd://1.6.38' },
    'older than 1.7',
    'update',
    { runtime: 'containerd://2.3.4' },
  ],
  [
    'an architecture',
    architecture,
    { architecture: 'riscv64' },
    'riscv64',
    'kubernetes.io/arch',
    { architecture: 'arm64' },
  ],
  [
    'layers that are deleted',
    unpackedLayers,
    {
      facts: {
        files: [file("version = 3\n[plugins.'io.containerd.cri.v1.images']\ndiscard_unpacked_layers = true\n")],
      },
    },
    '/etc/containerd/config.toml sets discard_unpacked_layers = true',
    'discard_unpacked_layers = false',
    {
      facts: {
        files: [file("version = 3\n[plugins.'io.containerd.cri.v1.images']\ndiscard_unpacked_layers = false\n")],
      },
    },
  ],
  [
    'something in the place of the link',
    defaultList,
    { facts: { list: 'foreign' } },
    'somebody has made /etc/containerd/certs.d:/etc',
    "rm -rf '/etc/containerd/certs.d:/etc'",
    { facts: { list: 'absent' } },
  ],
  [
    'settings that the agent leaves alone',
    registrySettings,
    { facts: { registries: [REFUSED] } },
    'does not mirror this registry: its hosts.toml is a link',
    'put the file itself in place of the link /etc/containerd/certs.d/docker.io/hosts.toml',
    { facts: { registries: [{ registry: 'docker.io', kind: 'joined', reason: '' }] } },
  ],
  [
    'a kernel without a module',
    kernel,
    { redirect: { redirect: { code: 2, log: 'iptables-restore: line 5 failed: No such file or directory.\n' } } },
    'Linux 6.18.0 refuses the rules of the redirect for IPv4: iptables-restore: line 5 failed',
    'xt_connlimit',
    {},
  ],
  [
    'a port in use',
    entryPort,
    { facts: { listening: ['00000000'] } },
    'a process of the node listens on 0.0.0.0:30020',
    'port: 30021',
    { facts: { listening: ['0200000A'] } },
  ],
] as const;

describe.each(CASES)('%s', (_, check, wrong, message, fix, right) => {
  it('is a problem with a fix, after which all is well', async () => {
    expect(await saidOf(check, wrong)).toMatchObject([
      { level: 'problem', message: expect.stringContaining(message), fix: expect.stringContaining(fix) },
    ]);
    const after = await saidOf(check, right);
    expect(after.map(({ level }) => level)).toEqual(['ok']);
  });
});

describe('containerd', () => {
  it.each([
    ['containerd://1.7.29-k3s1', 'warning', 'its line 1.7 ended in September 2026'],
    ['containerd://2.1.9', 'warning', 'its line 2.1 ended in July 2026'],
    ['containerd://2.3.4', 'ok', 'containerd 2.3.4'],
  ])('%s is %s', async (runtime, level, message) => {
    expect(await saidOf(containerd, { runtime })).toMatchObject([{ level, message: expect.stringContaining(message) }]);
  });
});

describe('the way of a pull', () => {
  it('is never wrong by itself', async () => {
    const discards = {
      files: [file("version = 3\n[plugins.'io.containerd.cri.v1.images']\ndiscard_unpacked_layers = true\n")],
    };
    const said = async (facts: object) => (await saidOf(pullPath, { facts }))[0]?.message;
    expect(await said({})).toContain('transfer service');
    expect(await said(discards)).toContain(
      'discard_unpacked_layers = true; by the transfer service once it keeps layers',
    );
  });
});

describe('the entry', () => {
  it('needs no port of the node as a Service', async () => {
    const context = contextOf({ w1: { facts: { listening: ['00000000'] } } }, CLUSTER_IP);
    expect(await entryPort.run(context)).toMatchObject([
      { level: 'ok', message: expect.stringContaining('10.96.77.77') },
    ]);
    expect(context.kubectl.everywhere).not.toHaveBeenCalled();
  });

  it("finds pods of others with its port, not the mirror's own, and names their owner once", async () => {
    const context = contextOf({ w1: {}, w2: {}, w3: {}, w4: {} });
    jest
      .spyOn(context.kubectl, 'everywhere')
      .mockResolvedValue(
        'w1 spegel DaemonSet spegel\nw2 secured-mirror DaemonSet mirror\nw3 spegel DaemonSet spegel\nw4 default Pod alone\n',
      );
    const findings = await entryPort.run(context);
    expect(findings.map(({ level, subject, message }) => [level, subject, message.split(' has port ')[0]])).toEqual([
      ['problem', 'w1, w3', 'a pod of the DaemonSet spegel in the namespace spegel'],
      ['ok', 'w2', 'nobody listens on port 30020 of 127.0.0.1'],
      ['problem', 'w4', 'the Pod alone in the namespace default'],
    ]);
  });

  it('is not known where the sockets could not be read', async () => {
    expect(await saidOf(entryPort, { facts: { sockets: false } })).toMatchObject([{ level: 'unknown' }]);
  });
});

describe('settings of registries', () => {
  it('that the agent can work with are well, one line for each kind', async () => {
    const registries = [
      { registry: 'docker.io', kind: 'none', reason: '' },
      { registry: 'ghcr.io', kind: 'none', reason: '' },
      { registry: 'quay.io', kind: 'joined', reason: '' },
      { registry: 'gcr.io', kind: 'default', reason: '' },
      { registry: 'k8s.io', kind: 'ours', reason: '' },
    ] as const;
    const findings = await saidOf(registrySettings, { facts: { registries, folders: ['x.example'] } });
    expect(findings.map(({ level, message }) => `${level} ${message.split(':')[0]}`)).toEqual([
      'ok docker.io, ghcr.io',
      'ok k8s.io',
      'ok quay.io',
      'ok gcr.io',
    ]);
  });

  it('in folders that _default does not reach are a warning where _default is mirrored', async () => {
    const facts = { registries: [{ registry: '_default', kind: 'none', reason: '' }], folders: ['x.example'] } as const;
    expect(await saidOf(registrySettings, { facts }, { registries: ['_default'] })).toMatchObject([
      { level: 'ok' },
      { level: 'warning', fix: expect.stringContaining('registries: [_default, x.example]') },
    ]);
  });

  it.each([
    'its hosts.toml is longer than 65536 bytes',
    'its hosts.toml has more than 2000 lines with ours',
    'its hosts.toml cannot be read',
    'the lines around our settings were changed',
    'it may rely on certificates beside its hosts.toml',
    'its folder is not a real one',
    'others name 127.0.0.1:30020 already',
    'others use a table "host" that cannot be added to',
    'others use a line before the first mirror that is longer than 4096 bytes',
    '_default: it may rely on certificates beside its hosts.toml',
  ])('have a way out of: %s', async (reason) => {
    const registries = [{ registry: 'docker.io', kind: 'refused', reason }] as const;
    const [finding] = await saidOf(registrySettings, { facts: { registries } });
    expect(finding?.fix).toContain(reason.startsWith('_default') ? '/certs.d/_default' : '/certs.d/docker.io');
    expect(finding?.fix).not.toMatch(/^look at \S+$/);
  });
});

describe('the kernel', () => {
  it('is tried with both families where pods have both, and not known where a container did not end', async () => {
    const redirect = { 'redirect-ipv6': { log: '' } };
    const dualStack = { dualStack: true };
    expect(await saidOf(kernel, { redirect }, dualStack)).toMatchObject([{ level: 'ok' }, { level: 'unknown' }]);
    expect(await saidOf(kernel, {}, dualStack)).toMatchObject([{ level: 'ok' }, { level: 'unknown' }]);
    expect(await saidOf(kernel, { redirect })).toMatchObject([{ level: 'ok' }]);
  });
});

describe('a node that is not ready', () => {
  it('gets no pod, as nobody could remove it', async () => {
    const context = contextOf({ w1: {}, w2: { ready: false } });
    expect(await kernel.run(context)).toMatchObject([
      { level: 'ok', subject: 'w1' },
      { level: 'unknown', subject: 'w2', message: expect.stringMatching(/did not run: the node is not ready$/) },
    ]);
    expect(context.probes.runs.map((pods) => pods.map(({ node }) => node))).toEqual([['w1']]);
  });
});
