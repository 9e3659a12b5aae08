import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { settingsOf } from '../../src/cli/init/settings';
import { stackText } from '../../src/cli/init/stack-text';
import { platformSettings } from '../../src/mirror/platform-settings/platform-settings';
import { parseStackFile } from '../../src/stack/reader';
import { makeClusters } from '../../src/stack/synth';

const page = readFileSync(resolve(__dirname, '../../docs/kind.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text);
const DAY = '2026-01-01';

describe('the page about kind', () => {
  const [cluster = ''] = blocks('yaml');
  const [, platform = ''] = /`npx secure-mirror init --platform (\w+)`/.exec(page) ?? [];
  const stack = stackText(settingsOf({ platform, name: 'default' }));

  it('patches the cluster as the page about platforms says', () => {
    const { containerdConfigPatches } = parse(platformSettings('kind').steps[0]?.text ?? '');
    expect(containerdConfigPatches).toHaveLength(1);
    expect(parse(cluster)).toMatchObject({ containerdConfigPatches, nodes: { length: 3 } });
  });

  it('has a stack.yaml that makes manifests without a warning, in the folder and file that it names', () => {
    const { clusters } = parseStackFile(stack, 'stack.yaml', DAY);
    const [made] = [...makeClusters(clusters, DAY, 'stack.yaml')];
    expect(made?.warnings).toEqual([]);
    expect(clusters.map(({ name, platform }) => [name, platform])).toEqual([['default', 'kind']]);
    const [, file] = / -f out\/default\/(\S+)/.exec(blocks('sh').join('')) ?? [];
    expect(Object.keys(made?.manifests ?? {})).toContain(file);
  });
});
