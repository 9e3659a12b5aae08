import { Agent } from 'node:https';
import fc from 'fast-check';
import { Mirror } from './harness/mirror';
import { blob, digest, publicRepositories } from './harness/registry-requests';
import { ask } from './harness/request';
import { readBySpegel } from './harness/spegel-reads';

let mirror: Mirror;
const agent = new Agent({ keepAlive: true });

beforeAll(async () => {
  mirror = await Mirror.start({ stack: { publicRepositories } });
});

afterAll(async () => {
  agent.destroy();
  await mirror.stop();
});

const names = ['library', 'alpine', 'team', 'app', 'some.one', 'private', 'a--b', 'a__b', 'v2', 'manifests', 'blobs'];
const oddities = ['..', '.', '', '%2e%2e', '%6danifests', 'sha256:0', 'uploads', 'tags', 'list', 'A', '-'];
const name = fc.constantFrom(...names);
const reference = fc.oneof(fc.constant(digest), fc.constantFrom('latest', '3.20', ...oddities), name);
const piece = fc.oneof({ arbitrary: name, weight: 4 }, { arbitrary: reference, weight: 1 });
const path = fc.oneof(
  fc.tuple(fc.array(piece, { minLength: 1, maxLength: 3 }), fc.constantFrom('manifests', 'blobs'), reference),
  fc.tuple(fc.constantFrom(['library', 'alpine'], ['team', 'app']), fc.constantFrom('manifests', 'blobs'), reference),
  fc.tuple(fc.array(piece, { maxLength: 7 })),
);
const registries = ['?ns=docker.io', '?ns=ghcr.io', '?ns=quay.io'];
const queries = [
  '',
  '?ns=',
  '?ns=docker.io&ns=ghcr.io',
  '?n%73=docker.io&ns=ghcr.io',
  '?ns=ghcr.io&n%73=docker.io',
  '?x=y',
];
const query = fc.oneof({ arbitrary: fc.constantFrom(...registries), weight: 4 }, fc.constantFrom(...queries));
const url = fc.tuple(path, query).map(([parts, rest]) => `/v2/${parts.flat().join('/')}${rest}`);

/** Where one reading of a path hides in another. */
const examples: [string][] = [
  [`/v2/x/manifests/latest/blobs/${digest}?ns=docker.io`],
  [`/v2/x/manifests/blobs/${digest}?ns=docker.io`],
  [`/v2/manifests/blobs/${digest}?ns=docker.io`],
  [`/v2/team/blobs/x/manifests/${digest}?ns=ghcr.io`],
  [`/v2/team/v2/private/manifests/latest?ns=ghcr.io`],
  [`/v2/team/x/v2/private/manifests/${'a'.repeat(200)}?ns=ghcr.io`],
  [`/v2/team/x__y/v2/a--b/manifests/latest?ns=ghcr.io`],
];

/** Whether a repository is one of `publicRepositories`, said without a regular expression. */
function isPublic(repository: string): boolean {
  return publicRepositories.some((one) =>
    one.endsWith('/*') ? repository.startsWith(one.slice(0, -1)) : repository === one,
  );
}

it.each(['entry', 'peers'] as const)(
  'whatever path is asked of %s, Spegel reads no private manifest in it',
  async (listener) => {
    const target = { ...mirror.listener(listener), agent };
    let reached = 0;
    await fc.assert(
      fc.asyncProperty(url, async (asked) => {
        mirror.reset();
        const { status, headers } = await ask(target, asked);

        expect([200, 400, 404]).toContain(status);
        expect(headers).not.toHaveProperty('www-authenticate');
        expect(mirror.registry.seen).toHaveLength(status === 200 ? 1 : 0);
        for (const seen of mirror.registry.seen) {
          reached++;
          const read = readBySpegel(seen.url);
          const manifest = read?.kind === 'manifests' ? `${read.registry}/${read.repository}` : undefined;
          expect(manifest === undefined || isPublic(manifest)).toBe(true);
          expect(new URL(seen.url, 'http://spegel').searchParams.getAll('ns')).toHaveLength(1);
        }
      }),
      { seed: 3, numRuns: 500, examples },
    );
    // Else nothing was shown.
    expect(reached).toBeGreaterThan(50);
  },
);

it('reads requests as Spegel does', () => {
  const read = (kind: string, registry: string, repository: string, found: string) => {
    return { kind, registry, repository, reference: found };
  };
  expect(readBySpegel(blob)).toEqual(read('blobs', 'docker.io', 'library/alpine', digest));
  expect(readBySpegel('/v2/a/manifests/1?ns=x.io')).toEqual(read('manifests', 'x.io', 'a', '1'));
  expect(readBySpegel(`/x/v2/a/manifests/${digest}`)).toEqual(read('manifests', '', 'a', digest));
  expect(readBySpegel('/v2/a/manifests/1')).toBeUndefined();
  expect(readBySpegel(`/v2/a/manifests/1/blobs/${digest}`)).toBeUndefined();
});
