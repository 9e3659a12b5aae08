import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractFile } from '../../../src/mirror/node-agent/contract-file';
import type { Platform } from '../../../src/mirror/props/containerd-props';
import type { SecuredStackProps } from '../../../src/stack/secured-stack-props';
import { kind, type Manifest, minimal, objectsOf, podOf, variants } from '../../support';

const agentOf = (props: typeof minimal) =>
  podOf(objectsOf(props)).containers.find((container: Manifest) => container.name === 'node-agent');
const configOf = (props: typeof minimal): { [file: string]: string } =>
  kind(objectsOf(props), 'ConfigMap').find((object) => object.metadata.name === 'mirror-node-agent').data;
const settingOf = (props: typeof minimal, key: string) =>
  new RegExp(`^${key}=(.*)$`, 'm').exec(configOf(props).settings ?? '')?.[1];

describe('the node agent', () => {
  it('is this container', () => {
    expect(agentOf(minimal)).toMatchSnapshot();
  });

  it('runs the scripts as they stand in their files', () => {
    const { settings, contract, ...scripts } = configOf(minimal);
    expect(contract).toBe(contractFile());
    expect(Object.keys(scripts)).toContain('agent.sh');
    for (const [file, text] of Object.entries(scripts)) {
      expect(text).toBe(readFileSync(join(__dirname, '../../../src/mirror/node-agent', file), 'utf8'));
    }
  });

  it('prepares what the proxy starts with, with the same settings and fewer folders', () => {
    const [prepare] = podOf(objectsOf(minimal)).initContainers.filter((one: Manifest) => one.name === 'prepare');
    const { command, env, volumeMounts } = agentOf(minimal);
    expect(prepare.command).toEqual([...command, 'prepare']);
    expect(prepare.env).toEqual(env);
    const own = ['registry-config', 'containerd-content', 'default-list'];
    expect(prepare.volumeMounts).toEqual(volumeMounts.filter(({ name }: Manifest) => !own.includes(name)));
  });

  it("sees the folder of containerd's default list where it is to link that, and nowhere else", () => {
    const seen = (containerd: SecuredStackProps['containerd'], platform?: Platform) => {
      const pod = podOf(objectsOf({ ...minimal, platform, containerd }));
      const { env, volumeMounts } = pod.containers.find(({ name }: Manifest) => name === 'node-agent');
      return {
        path: pod.volumes.find(({ name }: Manifest) => name === 'default-list')?.hostPath.path,
        mountPath: volumeMounts.find(({ name }: Manifest) => name === 'default-list')?.mountPath,
        variable: env.find(({ name }: Manifest) => name === 'MIRROR_LIST_FOLDER')?.value,
      };
    };
    const folder = '/run/default-list';
    const linked = { path: '/etc/containerd/certs.d:', mountPath: folder, variable: folder };
    expect(seen({})).toEqual(linked);
    expect(seen({ linkDefaultList: true }, 'aks')).toEqual(linked);
    for (const unlinked of [
      seen({ linkDefaultList: false }),
      seen({}, 'aks'),
      seen({ registryConfig: '/etc/certs.d' }),
    ])
      expect(unlinked).toEqual({});
  });

  it('gets a new pod for new scripts, but not for settings that it reads while it runs', () => {
    const hash = (props: typeof minimal) =>
      kind(objectsOf(props), 'DaemonSet')[0].spec.template.metadata.annotations['secured-mirror/config-hash'];
    const other = variants.bothPresentingMutualTls ?? minimal;
    expect(configOf(other).settings).not.toBe(configOf(minimal).settings);
    expect(hash(other)).toBe(hash(minimal));
  });

  it('lets tags be resolved only at registries with public repositories', () => {
    expect(settingOf(minimal, 'resolve')).toBe('');
    expect(settingOf({ ...minimal, publicRepositories: ['ghcr.io/a/b'] }, 'resolve')).toBe('ghcr.io');
    expect(settingOf(variants.allRegistries ?? minimal, 'resolve')).toBe('_default');
    const listed = { ...minimal, registries: ['_default', 'docker.io', 'ghcr.io'] };
    expect(settingOf({ ...listed, publicRepositories: ['docker.io/a/b'] }, 'resolve')).toBe('docker.io');
    expect(settingOf({ ...listed, publicRepositories: ['quay.io/a/b'] }, 'resolve')).toBe('_default');
  });

  it('sends containerd to the entry that the user chose', () => {
    expect(settingOf(minimal, 'entry')).toBe('https://127.0.0.1:30020');
    expect(settingOf(variants.everything ?? minimal, 'entry')).toBe('https://127.0.0.1:31000');
    expect(settingOf(variants.clusterIp ?? minimal, 'entry')).toBe('https://10.96.77.77:30020');
    expect(settingOf(variants.basic ?? minimal, 'entry')).toBe('http://127.0.0.1:30020');
  });
});
