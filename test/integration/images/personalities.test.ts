import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { digestOf } from '../../../src/cli/registry/manifest';
import { Authority } from '../harness/certificates';
import { CommandSession } from '../tokens/harness/command-session';
import { Compiled } from '../tokens/harness/compiled';
import { PERSONALITIES } from '../tokens/harness/personalities';
import type { Personality } from '../tokens/harness/personality';
import { PlayedRegistry } from '../tokens/harness/played-registry';
import { Signer } from '../tokens/harness/signer';
import { type Account, newToken } from '../tokens/harness/token-service';

const REPOSITORY = 'site/image';
const folder = mkdtempSync(join(tmpdir(), 'images-'));
const authority = new Authority();
const signer = new Signer(authority);
const compiled = new Compiled();
writeFileSync(join(folder, 'ca.crt'), authority.certificate);
const session = new CommandSession(join(dirname(compiled.main), 'program.js'), join(folder, 'ca.crt'));

afterAll(() => {
  session.end();
  compiled.remove();
  rmSync(folder, { recursive: true });
});

/** Locks the images of a registry, whose account may be shown with another token. */
async function lock(personality: Personality, shown: Partial<Account> | undefined, open = false) {
  const registry = await PlayedRegistry.start(personality, authority, signer);
  const account = { user: 'site', token: newToken(), rights: { [REPOSITORY]: ['pull'] } };
  registry.accounts = [account];
  registry.shelf.repositories.add(REPOSITORY);
  if (open) (registry.shelf.open as Set<string>).add(REPOSITORY);
  const image = `${registry.host}/${REPOSITORY}:v1`;
  const stack = join(folder, 'stack.yaml');
  const images = { spegel: image, envoy: image, iptables: image };
  const authentication = { mutualTls: { issuer: { caSecret: 'mirror-ca' } } };
  writeFileSync(stack, stringify({ clusters: [{ name: 'c', registries: ['docker.io'], authentication, images }] }));
  const before = readFileSync(stack, 'utf8');
  const { user, token } = { ...account, ...shown };
  const auths = { [registry.host]: { auth: Buffer.from(`${user}:${token}`).toString('base64') } };
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify(shown === undefined ? {} : { auths }), { mode: 0o600 });
  const run = await session.run(['images', 'lock', '-f', stack, '--docker-config', config, '--json']);
  registry.stop();
  expect(run.stderr).toBe('');
  expect(run.stdout).not.toMatch(/dckr_oat_|eyJ[\w-]{10}|opaque\w|planted/);
  const codes = new Set(JSON.parse(run.stdout).findings.map(({ code }: { code: string }) => code));
  const written = readFileSync(stack, 'utf8');
  const digest = digestOf('{"schemaVersion":2}');
  expect(written).toBe(run.code === 0 ? before.replaceAll(image, `${image}@${digest}`) : before);
  return { code: run.code, codes: [...codes] };
}

describe.each(PERSONALITIES)('images lock at $name', (personality) => {
  it('pulls with a credential that may', async () => {
    expect((await lock(personality, {})).code).toBe(0);
  });

  it('is refused with a dead one, and without any', async () => {
    for (const shown of [{ token: newToken() }, undefined]) {
      const { code, codes } = await lock(personality, shown);
      expect({ code, codes }).toEqual({ code: 1, codes: [expect.stringMatching(/^(refused|absent)$/)] });
    }
  });

  it('pulls a public image as everybody, where its credential is dead', async () => {
    const { code } = await lock(personality, { token: newToken() }, true);
    // The played ACR gives nobody a token without a credential.
    expect(code).toBe(personality.name.startsWith('ACR') ? 1 : 0);
  });
});
