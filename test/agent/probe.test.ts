import { ProbedRoot } from './probed-root';

const MAIN = '/etc/containerd/config.toml';

let node: ProbedRoot;
beforeEach(() => {
  node = new ProbedRoot();
});
afterEach(() => node.remove());

const paths = (settings?: Record<string, string>) => node.probe(settings).files.map(({ path }) => path);

describe('the configuration', () => {
  it('is the main file, then what it imports, in the order in which containerd loads them', () => {
    node.write(MAIN, "imports = ['conf.d/*.toml', '/opt/x/../y.toml']\n[plugins]\n");
    node.write(
      '/etc/containerd/conf.d/b.toml',
      "imports = ['/etc/containerd/last.toml', '/etc/containerd/config.toml']\n",
    );
    node.write('/etc/containerd/conf.d/.a.toml', 'version = 3\n');
    node.write('/etc/containerd/conf.d/c.conf', 'version = 3\n');
    node.write('/opt/y.toml', 'version = 2\n');
    node.write('/etc/containerd/last.toml', '');
    expect(paths()).toEqual([
      MAIN,
      '/etc/containerd/conf.d/.a.toml',
      '/etc/containerd/conf.d/b.toml',
      '/opt/y.toml',
      '/etc/containerd/last.toml',
    ]);
  });

  it('names files that do not exist, cannot be understood or are too long', () => {
    node.write(MAIN, "imports = ['none.toml', 'bad.toml', 'long.toml']\n");
    node.write('/etc/containerd/bad.toml', 'a = "\n');
    node.write('/etc/containerd/long.toml', '#'.repeat(1_100_000));
    expect(node.probe()).toMatchObject({
      missing: ['/etc/containerd/none.toml'],
      unreadable: ['/etc/containerd/bad.toml', '/etc/containerd/long.toml'],
    });
  });

  it('is found through links as the node sees them', () => {
    node.link('/etc/containerd', '../opt/containerd-1');
    node.link('/opt/containerd-1/config.toml', '/opt/shared/config.toml');
    node.write('/opt/shared/config.toml', "imports = ['conf.d/*.toml']\n");
    node.write('/opt/containerd-1/conf.d/a.toml', 'version = 3\n');
    expect(paths()).toEqual([MAIN, '/etc/containerd/conf.d/a.toml']);
  });

  it('stays on the node when links lead in a circle or out of it', () => {
    node.link('/etc/containerd', '/etc/containerd');
    expect(node.probe()).toMatchObject({ files: [], missing: [MAIN] });
    node.write('/outside/config.toml', 'version = 3\n');
    expect(paths({ PROBE_CONFIG: '/../../../outside/config.toml' })).toEqual(['/../../../outside/config.toml']);
  });

  it.each([
    ['-c', ['-c', '/opt/one.toml']],
    ['--config', ['--log-level', 'debug', '--config', '/opt/one.toml']],
    ['--config=', ['--config=/opt/one.toml', '--root=/x']],
  ])('is the file that the process was started with: %s', (_, flags) => {
    node.process(77, flags);
    node.write('/opt/one.toml', 'version = 3\n', 1200);
    expect(node.probe()).toMatchObject({ main: '/opt/one.toml', started: 1100, files: [{ changed: 1200 }] });
  });

  it('is that of the containerd with the socket of the mirror, where a node has two', () => {
    node.process(77, ['--config', '/var/run/docker/containerd/containerd.toml']);
    node.process(78, ['--config', '/opt/own.toml', '--address', '/run/containerd/containerd.sock']);
    node.process(79);
    node.write('/opt/own.toml', '');
    expect(node.probe()).toMatchObject({ main: '/opt/own.toml', started: 1100 });
  });

  it('is the usual file where two are as likely', () => {
    node.process(77, ['--config', '/opt/a.toml']);
    node.process(78, ['--config', '/opt/b.toml']);
    const facts = node.probe();
    expect(facts).toMatchObject({ main: MAIN, missing: [MAIN] });
    expect(facts.started).toBeUndefined();
  });
});

describe('the environment', () => {
  it('comes from the unit, its drop-ins by name, then the files that they name', () => {
    node.write('/usr/lib/systemd/system/containerd.service', '[Service]\nEnvironment=HTTPS_PROXY=http://vendor\n');
    node.write(
      '/usr/lib/systemd/system/containerd.service.d/20-x.conf',
      '[Service]\nEnvironment=HTTPS_PROXY=http://hidden\n',
    );
    node.write(
      '/etc/systemd/system/containerd.service.d/20-x.conf',
      '[Service]\n#Environment=HTTPS_PROXY=http://comment\nEnvironment="HTTPS_PROXY=http://u:pass@word@proxy:3128" \'NO_PROXY=10.0.0.0/8,.svc\'\nEnvironmentFile=-/etc/default/%N\n',
    );
    node.write(
      '/etc/systemd/system/containerd.service.d/10-y.conf',
      '[Service]\nEnvironment=OTHER=secret https_proxy=http://early\n',
    );
    node.write('/etc/default/containerd', '# HTTP_PROXY=http://no\nHTTP_PROXY=user:secret@plain:80\n');
    expect(node.probe().variables.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'HTTPS_PROXY=http://vendor',
      'https_proxy=http://early',
      'HTTPS_PROXY=http://proxy:3128',
      'NO_PROXY=10.0.0.0/8,.svc',
      'HTTP_PROXY=plain:80',
    ]);
    expect(node.log).not.toMatch(/secret|pass/);
    expect(node.probe().units).toEqual([
      '/usr/lib/systemd/system/containerd.service',
      '/etc/systemd/system/containerd.service.d/10-y.conf',
      '/etc/systemd/system/containerd.service.d/20-x.conf',
    ]);
  });

  it('shows no password that ends in the middle, as of a quote', () => {
    node.write(
      '/etc/systemd/system/containerd.service',
      '[Service]\nEnvironment=NO_PROXY=a HTTPS_PROXY=http://u:123"45@proxy:3128\n',
    );
    expect(node.probe().variables.map(({ value }) => value)).toEqual(['a', 'not shown']);
  });

  it('of MicroK8s is a file of its own', () => {
    node.write('/var/snap/args/containerd-env', 'export HTTPS_PROXY=http://proxy\n');
    expect(node.probe({ PROBE_UNITS: '', PROBE_ENVIRONMENT: '/var/snap/args/containerd-env' }).variables).toEqual([
      { file: '/var/snap/args/containerd-env', name: 'HTTPS_PROXY', value: 'http://proxy' },
    ]);
  });
});

describe('the port', () => {
  const socket = (address: string, state: string) =>
    `   0: ${address} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000 0 0 1 1 0 100 0 0 10 0\n`;
  const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt uid timeout inode\n';

  it('is taken by listeners alone, at any address', () => {
    node.write(
      '/proc/1/net/tcp',
      HEAD + socket('0100007F:7544', '0A') + socket('00000000:7545', '0A') + socket('0100007F:7544', '01'),
    );
    node.write('/proc/1/net/tcp6', HEAD + socket('00000000000000000000000000000000:7544', '0A'));
    expect(node.probe()).toMatchObject({ sockets: true, listening: ['0100007F', '0'.repeat(32)] });
  });

  it('is not known where the sockets cannot be read', () => {
    expect(node.probe()).toMatchObject({ sockets: false, listening: [] });
  });
});

describe("containerd's default list", () => {
  const place = '/etc/containerd/certs.d:/etc';
  beforeEach(() => node.write('/etc/containerd/certs.d/x/hosts.toml', ''));

  it('leads nowhere, to the settings, or elsewhere', () => {
    expect(node.probe().list).toBe('absent');
    node.link(place, '/run/secured-mirror/.default-list');
    node.link('/run/secured-mirror/.default-list/docker', '/etc/containerd');
    expect(node.probe().list).toBe('leads');
    node.remove();
    node = new ProbedRoot();
    node.write(`${place}/docker/certs.d/x/hosts.toml`, '');
    expect(node.probe().list).toBe('foreign');
  });
});

it('prints folders that _default does not reach, and inotify', () => {
  node.write('/etc/containerd/certs.d/quay.io/ca.crt', '');
  node.write('/etc/containerd/certs.d/docker.io/hosts.toml', '');
  node.write('/etc/containerd/certs.d/_default/hosts.toml', '');
  const facts = node.probe();
  expect(facts.folders).toEqual(['quay.io']);
  expect(facts.inotify).toBeGreaterThan(0);
});
