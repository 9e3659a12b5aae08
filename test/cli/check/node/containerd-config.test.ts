import { containerdConfig } from '../../../../src/cli/check/node/containerd-config';
import { file, saidOf } from './probed';

const IMAGES = "plugins.'io.containerd.cri.v1.images'";
const LIST = '/etc/containerd/certs.d:/etc/docker/certs.d';
const setting = (value: string, more = '') =>
  file(`version = 3\n[${IMAGES}]\n${more}\n[${IMAGES}.registry]\nconfig_path = '${value}'\n`);
const said = (value: string, settings = {}, more = '') =>
  saidOf(containerdConfig, { facts: { files: [setting(value, more)] } }, settings);
const NO_LINK = { containerd: { linkDefaultList: false } };

describe('config_path', () => {
  it.each(['/etc/containerd/certs.d', '/etc/containerd/certs.d/', '/etc/containerd//certs.d'])(
    'is well as %s',
    async (value) => {
      expect(await said(value)).toMatchObject([
        { level: 'ok', message: expect.stringContaining(`sets config_path = '${value}'`) },
      ]);
    },
  );

  it('is wrong as another folder, with two ways out that both work', async () => {
    const [finding] = await said('/opt/hosts');
    expect(finding).toMatchObject({
      level: 'problem',
      message:
        "/etc/containerd/config.toml sets config_path = '/opt/hosts', and the mirror writes its settings into /etc/containerd/certs.d",
      fix: expect.stringContaining('registryConfig: /opt/hosts'),
    });
    expect(finding?.fix).toContain('config_path = "/etc/containerd/certs.d"');
    expect(await said('/opt/hosts', { containerd: { registryConfig: '/opt/hosts' } })).toMatchObject([{ level: 'ok' }]);
  });

  it('is wrong where nobody sets it before containerd 2.2, and well after the lines of the message', async () => {
    const of = (toml: string) =>
      saidOf(containerdConfig, { runtime: 'containerd://1.7.29', facts: { files: [file(toml)] } });
    const [finding] = await of('version = 2\n');
    expect(finding).toMatchObject({
      level: 'problem',
      message: expect.stringContaining('sets no config_path: containerd 1.7.29 reads no hosts.toml'),
    });
    const lines = finding?.fix?.split('\n').filter((line) => /^\s+(\[|\w+ = )/.test(line)) ?? [];
    expect(lines.join('\n')).toContain('config_path');
    expect(await of(`version = 2\n${lines.join('\n')}\n`)).toMatchObject([{ level: 'ok' }]);
  });

  it('is looked for where this containerd does not look', async () => {
    const old = `version = 3\n[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "/etc/containerd/certs.d"\n`;
    expect(
      await saidOf(containerdConfig, { runtime: 'containerd://2.1.9', facts: { files: [file(old)] } }),
    ).toMatchObject([
      {
        level: 'problem',
        message: expect.stringContaining(
          "has '/etc/containerd/certs.d' for the plugin io.containerd.grpc.v1.cri, where this containerd does not look",
        ),
      },
    ]);
  });

  it('is wrong beside registry.mirrors', async () => {
    const mirrors = `version = 3\n[${IMAGES}.registry.mirrors."docker.io"]\nendpoint = []\n`;
    expect(await saidOf(containerdConfig, { facts: { files: [file(mirrors)] } })).toMatchObject([
      {
        level: 'problem',
        message: expect.stringContaining('registry.mirrors'),
        fix: expect.stringContaining('hosts.toml'),
      },
    ]);
  });
});

describe('the list that is the default', () => {
  it.each([
    ['as nobody sets another value', () => saidOf(containerdConfig, {}, NO_LINK), 'sets no config_path, so'],
    ['as a file sets it', () => said(LIST, NO_LINK), `/etc/containerd/config.toml sets config_path = '${LIST}'`],
  ])('is wrong without the link, %s', async (_, run, words) => {
    expect(await run()).toMatchObject([
      {
        level: 'problem',
        message: expect.stringContaining(words),
        fix: expect.stringContaining('config_path = "/etc/containerd/certs.d"'),
      },
    ]);
  });

  it('is worth a note where the agent will make the link, and well once it has', async () => {
    expect(await said(LIST)).toMatchObject([{ level: 'note', fix: expect.stringContaining('Nothing has to be done') }]);
    expect(await saidOf(containerdConfig, { facts: { list: 'leads' } })).toMatchObject([{ level: 'ok' }]);
  });

  it("is wrong where somebody has something in the link's place", async () => {
    const [finding] = await saidOf(containerdConfig, { facts: { list: 'foreign' } });
    expect(finding).toMatchObject({ level: 'problem', fix: expect.stringContaining('config_path') });
  });

  it('is wrong as another list, which no link serves', async () => {
    expect(await said('/etc/containerd/certs.d:/opt')).toMatchObject([{ level: 'problem' }]);
  });

  it("is well where containerd pulls by CRI's own code, and the mirror's folder comes first", async () => {
    expect(await said(LIST, NO_LINK, 'use_local_image_pull = true')).toMatchObject([{ level: 'ok' }]);
    expect(await said('/opt:/etc/containerd/certs.d', NO_LINK, 'use_local_image_pull = true')).toMatchObject([
      { level: 'warning', message: expect.stringContaining('/opt hides') },
    ]);
  });

  it('is wrong where only the layers that are deleted keep the transfer service away', async () => {
    expect(await said(LIST, NO_LINK, 'discard_unpacked_layers = true')).toMatchObject([{ level: 'problem' }]);
  });
});

it('warns of files that changed after containerd started', async () => {
  const changed = { ...setting('/etc/containerd/certs.d'), changed: 1001 };
  expect(await saidOf(containerdConfig, { facts: { files: [changed] } })).toMatchObject([
    { level: 'ok' },
    {
      level: 'warning',
      message: expect.stringContaining('/etc/containerd/config.toml changed'),
      fix: expect.stringContaining('restart'),
    },
  ]);
  expect(await saidOf(containerdConfig, { facts: { files: [changed], started: undefined } })).toMatchObject([
    { level: 'ok' },
  ]);
});
