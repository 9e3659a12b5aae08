import { linksDefaultList, platforms, resolvePaths } from '../../src/mirror/platforms';
import type { Platform } from '../../src/mirror/props/containerd-props';
import { resolveMirror } from '../../src/mirror/resolve';
import { stackSchema } from '../../src/schemas/schemas';
import { checkSecuredStack } from '../../src/stack/check-secured-stack';
import { minimal } from '../support';

const names = Object.keys(platforms) as Platform[];

it('knows every platform of the schema', () => {
  expect(names).toEqual(stackSchema.definitions?.Platform?.enum);
});

it.each(names)('%s has paths that the rules allow, a source and a note', (platform) => {
  const { source, note, configFile, defaultList: _, ...containerd } = platforms[platform];
  const problems = checkSecuredStack({
    name: 'one',
    registries: ['docker.io'],
    authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
    containerd,
  });
  expect(problems).toEqual([]);
  expect(source).toMatch(/https:\/\//);
  expect(note).toMatch(/\.$/);
  expect(configFile).toMatch(/^\/.*\.toml$/);
});

describe('resolvePaths', () => {
  it('is plain containerd when nothing is said', () => {
    expect(resolveMirror(minimal).paths).toEqual({
      socket: '/run/containerd/containerd.sock',
      content: '/var/lib/containerd/io.containerd.content.v1.content',
      registryConfig: '/etc/containerd/certs.d',
    });
  });

  it('takes what is said in place of what the platform has', () => {
    expect(resolvePaths('talos', { socket: '/run/other.sock' })).toEqual({
      socket: '/run/other.sock',
      content: '/var/lib/containerd/io.containerd.content.v1.content',
      registryConfig: '/etc/cri/conf.d/hosts',
    });
  });
});

describe("containerd's default list", () => {
  it.each(names)('is linked on %s only where the platform may have it in force, with its first folder', (platform) => {
    const { defaultList, registryConfig } = platforms[platform];
    expect(linksDefaultList(platform)).toBe(defaultList);
    if (defaultList) expect(registryConfig).toBe('/etc/containerd/certs.d');
    expect(linksDefaultList(platform, { registryConfig: '/etc/certs.d' })).toBe(false);
  });

  it('is linked on these platforms', () => {
    expect(names.filter((platform) => linksDefaultList(platform))).toEqual(['containerd', 'k0s', 'eks', 'kind']);
  });

  it('is linked or not as somebody says', () => {
    expect(linksDefaultList('containerd', { linkDefaultList: false })).toBe(false);
    expect(linksDefaultList('kind', { linkDefaultList: true })).toBe(true);
  });
});
