import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kind, type Manifest, minimal, objectsOf, podOf, variants } from '../support';

const agentOf = (props: typeof minimal) =>
  podOf(objectsOf(props)).containers.find((container: Manifest) => container.name === 'node-agent');
const variable = (props: typeof minimal, name: string) =>
  agentOf(props).env.find((entry: Manifest) => entry.name === name).value;

describe('the node agent', () => {
  it('is this container', () => {
    expect(agentOf(minimal)).toMatchSnapshot();
  });

  it('runs the script as it stands in its file', () => {
    const [config] = kind(objectsOf(minimal), 'ConfigMap').filter((o) => o.metadata.name === 'mirror-node-agent');
    for (const [file, text] of Object.entries(config.data)) {
      expect(text).toBe(readFileSync(join(__dirname, '../../src/node-agent', file), 'utf8'));
    }
  });

  it('lets tags be resolved only at registries with public repositories', () => {
    expect(variable(minimal, 'MIRROR_RESOLVE_REGISTRIES')).toBe('');
    expect(variable({ ...minimal, publicRepositories: ['ghcr.io/a/b'] }, 'MIRROR_RESOLVE_REGISTRIES')).toBe('ghcr.io');
    expect(variable(variants.allRegistries ?? minimal, 'MIRROR_RESOLVE_REGISTRIES')).toBe('_default');
  });

  it('sends containerd to the entry that the user chose', () => {
    expect(variable(minimal, 'MIRROR_ENTRY')).toBe('https://127.0.0.1:30020');
    expect(variable(variants.everything ?? minimal, 'MIRROR_ENTRY')).toBe('https://127.0.0.1:31000');
    expect(variable(variants.clusterIp ?? minimal, 'MIRROR_ENTRY')).toBe('https://10.96.77.77:30020');
  });
});
