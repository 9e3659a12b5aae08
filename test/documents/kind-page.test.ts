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
  const commands = blocks('sh').join('');
  const [, platform = '', name = ''] = /^npm run .* init --platform (\S+) --name (\S+)$/m.exec(commands) ?? [];
  const stack = stackText(settingsOf({ platform, name }));

  it('patches the cluster as the page about platforms says', () => {
    const { containerdConfigPatches } = parse(platformSettings('kind').steps[0]?.text ?? '');
    expect(containerdConfigPatches).toHaveLength(1);
    expect(parse(cluster)).toMatchObject({ containerdConfigPatches, nodes: { length: 3 } });
  });

  it('has a stack.yaml that makes manifests without a warning, in the folder and file that it names', () => {
    const { clusters } = parseStackFile(stack, 'kind.yaml', DAY);
    const [made] = [...makeClusters(clusters, DAY, 'kind.yaml')];
    expect(made?.warnings).toEqual([]);
    expect(clusters.map(({ name, platform }) => [name, platform])).toEqual([['kind', 'kind']]);
    for (const path of commands.match(/dist\/manifests\/\S+/g) ?? []) {
      expect(
        Object.keys(made?.manifests ?? {})
          .map((file) => `dist/manifests/kind/${file}`)
          .join(' '),
      ).toContain(path);
    }
  });

  it('makes the Secret that its stack.yaml names, in the namespace of the mirror', () => {
    expect(commands).toMatch(/^kubectl -n secured-mirror create secret tls mirror-ca --cert=ca.crt --key=ca.key$/m);
    expect(stack).toContain('caSecret: mirror-ca');
  });

  it('pulls an image of a registry that it mirrors, under the same name both times', () => {
    const images = commands.match(/--image[= ](\S+)/g)?.map((option) => option.replace(/^--image[= ]/, ''));
    expect(new Set(images).size).toBe(1);
    expect(images?.[0]).toMatch(/^docker\.io\//);
    expect(images).toHaveLength(2);
  });
});
