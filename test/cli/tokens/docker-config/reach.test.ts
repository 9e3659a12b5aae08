import { defaultFile } from '../../../../src/cli/docker-config/tool';
import { keysFor, rivalsOf } from '../../../../src/cli/tokens/docker-config/keys';
import { hostNotes, readerOf } from '../../../../src/cli/tokens/docker-config/reach';
import type { RegistryDriver } from '../../../../src/tokens/props/organization-tokens-props';
import { resolveTokens } from '../../../../src/tokens/resolve';
import { example } from '../../../tokens/ledger/ledger-example';

const KEY = 'https://index.docker.io/v1/';
const tokens = resolveTokens(example).tokens;
const token = tokens[1] ?? fail();

function fail(): never {
  throw new Error('no such token');
}

describe('keys', () => {
  it('are the host for docker, and the repository for containers tools', () => {
    expect(keysFor('docker', token)).toEqual([KEY]);
    expect(keysFor('docker', { ...token, registry: 'ghcr.io' })).toEqual(['ghcr.io']);
    expect(keysFor('containers', token)).toEqual(['docker.io/kong/nightly-ingress-controller']);
  });

  it('are shared by all tokens of a host with docker, and by those of a repository with containers tools', () => {
    const purposes = (tool: 'docker' | 'containers') => rivalsOf(tool, token, tokens).map(({ purpose }) => purpose);
    expect(purposes('docker')).toHaveLength(3);
    expect(purposes('containers')).toEqual(['nightly-ingress-controller push']);
  });
});

describe('what is said of other images', () => {
  const said = (reader: string, file: string, registry = 'docker.io', driver: RegistryDriver = 'docker-hub') =>
    hostNotes(reader, file, { ...token, registry, driver }).join('\n');

  it('has the way to keep them where docker looks by itself, and not where the token is in a folder of its own', () => {
    const refused = 'for every image. Docker Hub refuses it for all but kong/nightly-ingress-controller, public images';
    const remedy =
      '"docker logout", and give it a folder of its own: DOCKER_CONFIG=~/.docker-nightly-ingress-controller';
    expect(said('docker', defaultFile('docker', {}))).toContain(refused);
    expect(said('docker', defaultFile('docker', {}))).toContain(remedy);
    expect(said('docker', '/elsewhere/config.json')).toContain(refused);
    expect(said('docker', '/elsewhere/config.json')).not.toContain('docker logout');
  });

  it('claims no more than was seen, at other registries', () => {
    expect(said('docker', '/elsewhere/config.json', 'ghcr.io', 'ghcr')).toContain('ghcr.io may refuse it for all but');
  });

  it('is nothing for those who know repositories', () => {
    const folder = '/b/config/registry-1.docker.io/kong/nightly-ingress-controller/config.json';
    expect(readerOf('docker', folder, token)).toBe('Buildx (0.31.0 or newer)');
    expect(readerOf('docker', '/b/config/registry-1.docker.io/kong/other/config.json', token)).toBe('docker');
    expect(said(readerOf('docker', folder, token), folder)).toBe('');
    expect(said(readerOf('containers', 'auth.json', token), 'auth.json')).toBe('');
  });
});
