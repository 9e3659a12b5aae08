import { configurationOf } from '../../../../src/cli/check/node/containerd-config';
import { contextOf, file } from './probed';

const IMAGES = `plugins.'io.containerd.cri.v1.images'`;
const CRI = `plugins."io.containerd.grpc.v1.cri"`;
const path = (table: string, value: string) => `[${table}.registry]\nconfig_path = "${value}"\n`;

/** What is in force when containerd of this version loads these texts. */
function inForce(version: string, ...texts: string[]) {
  const [node] = contextOf({ w1: { runtime: `containerd://${version}` } }).nodes;
  if (node === undefined) throw new Error('no node');
  const files = texts.map((text, index) => file(text, `/etc/${index}.toml`));
  const facts = { main: '/etc/0.toml', files, missing: [], unreadable: [] };
  return configurationOf({
    node,
    facts: {
      ...facts,
      registries: [],
      folders: [],
      list: '',
      units: [],
      variables: [],
      sockets: true,
      listening: [],
      inotify: 1,
    },
  });
}

const LIST = '/etc/containerd/certs.d:/etc/docker/certs.d';

describe('config_path', () => {
  it.each([
    ['1.7.29', ['version = 2\n'], ''],
    ['2.1.9', ['version = 3\n'], ''],
    ['2.2.7', ['version = 3\n'], LIST],
    ['2.4.2', [''], LIST],
    ['2.2.7', [`version = 3\n[${IMAGES}.registry.mirrors.x]\nendpoint = []\n`], ''],
  ])('unset is empty before containerd 2.2, and a list since: %s', (version, texts, value) => {
    expect(inForce(version, ...texts)).toMatchObject({ configPath: value, configPathFile: undefined });
  });

  it.each([
    ['2.2.0', [`version = 3\n${path(IMAGES, '')}`], ''],
    ['2.2.1', [`version = 3\n${path(IMAGES, '')}`], ''],
    ['2.2.1', ['version = 3\n'], LIST],
    ['2.2.0', [`version = 2\n${path(CRI, '')}`], LIST],
    ['2.2.2', [`version = 3\n${path(IMAGES, '')}`], LIST],
    ['2.2.10', [`version = 3\n${path(IMAGES, '')}`], LIST],
  ])('that a file empties stays empty for containerd 2.2.0 and 2.2.1 alone: %s %j', (version, texts, value) => {
    expect(inForce(version, ...texts)).toMatchObject({ configPath: value, configPathFile: undefined });
  });

  it('may stand beside a table with a name that JavaScript uses', () => {
    const odd = (line: string) => `version = 3\n["__proto__".plugins.'io.containerd.cri.v1.images']\n${line}\n`;
    const nested = `version = 3\n[plugins."__proto__"]\n[plugins."__proto__".'io.containerd.cri.v1.images']\ndiscard_unpacked_layers = true\n`;
    const discards = odd('discard_unpacked_layers = true');
    expect(inForce('2.4.2', discards, nested, discards).discardingFile).toBeUndefined();
    expect(inForce('2.1.9', nested, nested).discardingFile).toBeUndefined();
    expect(inForce('1.7.29', nested, nested).discardingFile).toBeUndefined();
  });

  it.each([
    // Each version of a file, alone.
    ['1.7.29', [`${path('plugins.cri', '/a')}`], '/a'],
    ['1.7.29', [`version = 2\n${path(CRI, '/a')}`], '/a'],
    ['1.7.29', [`version = 2\n${path('plugins.cri', '/a')}`], ''],
    ['2.0.9', [`version = 2\n${path(CRI, '/a')}`], '/a'],
    ['2.0.9', [`version = 3\n${path(IMAGES, '/a')}`], '/a'],
    ['2.0.9', [`version = 3\n${path(CRI, '/a')}`], ''],
    ['2.1.9', [path('plugins.cri', '/a')], ''],
    ['2.4.2', [path('plugins.cri', '/a')], '/a'],
    ['2.4.2', [`version = 2\n${path(CRI, '/a')}`], '/a'],
    ['2.4.2', [`version = 3\n${path(CRI, '/a')}`], '/a'],
    ['2.4.2', [`version = 4\n${path(CRI, '/a')}`], LIST],
    ['2.4.2', [`version = 3\n${path(IMAGES, '/new')}${path(CRI, '/old')}`], '/old'],
    // containerd 1 replaces the section of a plugin, containerd 2 merges tables.
    ['1.7.29', [`version = 2\n${path(CRI, '/a')}`, `version = 2\n[${CRI}]\nsandbox_image = ""\n`], ''],
    ['2.4.2', [`version = 2\n${path(CRI, '/a')}`, `version = 2\n[${CRI}]\nsandbox_image = ""\n`], '/a'],
    ['2.4.2', [`version = 3\n${path(IMAGES, '/a')}`, `version = 2\n${path(CRI, '/b')}`], '/b'],
    // containerd 2.0 to 2.2 know one version for all files: that of the last one.
    ['2.1.9', [`version = 2\n${path(CRI, '/a')}`, `version = 3\n${path(IMAGES, '/b')}`], '/b'],
    ['2.1.9', [`version = 2\n${path(CRI, '/a')}`, 'version = 3\n'], ''],
    ['2.1.9', [`version = 3\n${path(IMAGES, '/a')}`, `version = 2\n${path(CRI, '/b')}`], '/b'],
    ['2.1.9', [`version = 2\n${path(CRI, '/a')}`, `${path('plugins.cri', '/b')}`], '/b'],
  ])('of containerd %s with %j is %s', (version, texts, value) => {
    expect(inForce(version, ...texts).configPath).toBe(value);
  });

  it('comes from the last file that sets it', () => {
    const texts = [`version = 3\n${path(IMAGES, '/a')}`, `version = 3\n${path(IMAGES, '/b')}`, 'version = 3\n'];
    expect(inForce('2.4.2', ...texts)).toMatchObject({ configPath: '/b', configPathFile: '/etc/1.toml' });
  });

  it('that does not count is named', () => {
    expect(inForce('2.1.9', `version = 2\n${path(CRI, '/a')}`, 'version = 3\n').stray).toEqual([
      { file: '/etc/0.toml', plugin: 'io.containerd.grpc.v1.cri', value: '/a' },
    ]);
  });
});

describe('discard_unpacked_layers', () => {
  const discard = 'discard_unpacked_layers = true\n';
  it.each([
    ['1.7.29', [`version = 2\n[${CRI}.containerd]\n${discard}`], '/etc/0.toml'],
    ['2.4.2', [`version = 3\n[${IMAGES}]\n${discard}`], '/etc/0.toml'],
    [
      '2.4.2',
      [`version = 3\n[${IMAGES}]\n${discard}`, `version = 3\n[${IMAGES}]\ndiscard_unpacked_layers = false\n`],
      undefined,
    ],
    ['2.4.2', [`version = 2\n[${CRI}.containerd]\n${discard}[${CRI}.containerd.runtimes.runc]\n`], '/etc/0.toml'],
    // containerd's own migration forgets it where the file names no runtime.
    ['2.4.2', [`version = 2\n[${CRI}.containerd]\n${discard}`], undefined],
  ])('of containerd %s with %j is set by %s', (version, texts, path) => {
    expect(inForce(version, ...texts).discardingFile).toBe(path);
  });
});

describe('the way of a pull', () => {
  it.each([
    ['2.0.9', '', 'containerd 2.0.9 has no other way'],
    ['2.1.0', '', undefined],
    ['2.4.2', '', undefined],
    ['2.4.2', 'use_local_image_pull = true', 'use_local_image_pull = true'],
    ['2.4.2', 'disable_snapshot_annotations = false', 'disable_snapshot_annotations = false'],
    ['2.4.2', 'discard_unpacked_layers = true', 'discard_unpacked_layers = true'],
    ['2.4.2', 'max_concurrent_downloads = 5', 'max_concurrent_downloads = 5'],
    ['2.4.2', 'max_concurrent_downloads = 3', undefined],
    ['2.4.2', 'image_pull_with_sync_fs = true', 'image_pull_with_sync_fs = true'],
    ['2.4.2', `[${IMAGES}.registry.configs.x]`, 'registry.configs'],
    ['2.4.2', `[${IMAGES}.registry.auths.x]`, 'registry.auths'],
    ['2.4.2', `[${IMAGES}.registry.configs]`, undefined],
  ])('of containerd %s with %j is local because of %s', (version, line, why) => {
    expect(inForce(version, `version = 3\n[${IMAGES}]\n${line}\n`).localPull).toBe(why);
  });

  it('is also told for the time after layers are kept', () => {
    const discard = `version = 3\n[${IMAGES}]\ndiscard_unpacked_layers = true\n`;
    expect(inForce('2.4.2', discard)).toMatchObject({
      localPull: 'discard_unpacked_layers = true',
      localPullThen: undefined,
    });
    expect(inForce('2.4.2', `${discard}use_local_image_pull = true\n`).localPullThen).toBe(
      'use_local_image_pull = true',
    );
  });
});
