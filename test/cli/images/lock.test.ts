import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withKubectl } from '../secure-mirror';
import { clusterText, inFolderOfItsOwn } from '../working-folder';
import { digestOf, FakeRegistries, indexOf, MANIFEST } from './fake-registries';

// Nobody waits for a fake registry.
jest.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));

const PREFIX = '\n    images: {registryPrefix: r.example/mirror}';
const BOTH = ['linux/amd64', 'linux/arm64'];
const NAMES = ['spegel-org/spegel:v0.7.3', 'envoyproxy/envoy:v1.40.0', 'build-image/distroless-iptables:v0.8.7'];
const [SPEGEL = '', ENVOY = '', IPTABLES = ''] = NAMES.map((name) => `r.example/mirror/${name}`);

inFolderOfItsOwn();

let registries: FakeRegistries;
let home: string | undefined;

beforeEach(() => {
  home = process.env.DOCKER_CONFIG;
  process.env.DOCKER_CONFIG = join(process.cwd(), 'docker');
});

afterEach(() => {
  if (home === undefined) delete process.env.DOCKER_CONFIG;
  else process.env.DOCKER_CONFIG = home;
});

/** A stack, and a registry with its images. */
function stack(text = `clusters:${clusterText('one', PREFIX)}\n`): string {
  registries = new FakeRegistries();
  for (const image of [SPEGEL, ENVOY, IPTABLES]) registries.push(image, indexOf([...BOTH, 'unknown/unknown'], image));
  writeFileSync('stack.yaml', text);
  return text;
}

/** Runs the command; no run shows a secret. */
async function images(...args: string[]) {
  registries.install();
  const outcome = await withKubectl('kubectl', 'images', ...args);
  expect(outcome.stdout + outcome.stderr).not.toMatch(/planted|cGxhbnRlZ/);
  return { ...outcome, asked: registries.asked };
}

const written = () => readFileSync('stack.yaml', 'utf8');

/** The stack without digests. */
const stackAgain = () => writeFileSync('stack.yaml', `clusters:${clusterText('one', PREFIX)}\n`);

/** A docker configuration. */
function login(entries: { readonly [key: string]: string }, file = 'docker/config.json'): void {
  mkdirSync('docker', { recursive: true });
  const auths = Object.entries(entries).map(([key, text]) => [key, { auth: Buffer.from(text).toString('base64') }]);
  writeFileSync(file, JSON.stringify({ auths: Object.fromEntries(auths) }));
  chmodSync(file, 0o600);
}

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const CHALLENGE = { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' }, body: 'planted' };

describe('images list', () => {
  it('has each image once, as pods name it, and its parts as JSON', async () => {
    stack(`clusters:${clusterText('one', PREFIX)}${clusterText('two')}${clusterText('three', PREFIX)}\n`);
    const { code, stdout, stderr, asked } = await images('list');
    expect({ code, stderr, asked }).toEqual({ code: 0, stderr: '', asked: [] });
    expect(stdout.trim().split('\n')).toEqual([
      SPEGEL,
      ENVOY,
      IPTABLES,
      'ghcr.io/spegel-org/spegel:v0.7.3',
      'docker.io/envoyproxy/envoy:v1.40.0',
      'registry.k8s.io/build-image/distroless-iptables:v0.8.7',
    ]);
    const json = JSON.parse((await images('list', '--json', '--cluster', 'three')).stdout);
    expect(json.clusters.map(({ name }: { name: string }) => name)).toEqual(['three']);
    expect(json.clusters[0].images[1]).toEqual({
      image: 'envoy',
      reference: ENVOY,
      repository: 'r.example/mirror/envoyproxy/envoy',
      tag: 'v1.40.0',
      official: 'docker.io/envoyproxy/envoy:v1.40.0',
    });
  });
});

describe('images lock', () => {
  it('writes the digests, and finds them again', async () => {
    const text = stack();
    const first = await images('lock');
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    const spegel = digestOf(indexOf([...BOTH, 'unknown/unknown'], SPEGEL));
    expect(first.stdout.split('\n')[0]).toBe(`ok       ${SPEGEL}: is ${spegel} (linux/amd64, linux/arm64)`);
    expect(first.stdout).toContain('\nok       stack.yaml: 3 new digests written; now make the manifests\n');
    expect(written()).toContain(`spegel: { tag: v0.7.3, digest: ${spegel} }`);
    expect(written().startsWith(text.slice(0, text.indexOf('mirror}')))).toBe(true);
    const after = written();
    const again = await images('lock');
    expect(again.stdout).toContain(`ok       ${SPEGEL}: is still ${spegel}`);
    expect(again.stdout).toContain('ok       stack.yaml: it has all digests already');
    expect((await images('lock', '--check')).code).toBe(0);
    expect(written()).toBe(after);
    expect((await images('list')).stdout).toContain(`${SPEGEL}@${spegel}\n`);
  });

  it('writes the file behind a link, which stays', async () => {
    stack();
    renameSync('stack.yaml', 'real.yaml');
    symlinkSync('real.yaml', 'stack.yaml');
    expect((await images('lock')).code).toBe(0);
    expect(lstatSync('stack.yaml').isSymbolicLink()).toBe(true);
    expect(readFileSync('real.yaml', 'utf8')).toContain('digest: sha256:');
  });

  it('keeps a mark of byte order', async () => {
    stack(`\ufeffclusters:${clusterText('one', PREFIX)}\n`);
    expect((await images('lock')).code).toBe(0);
    expect(written().startsWith('\ufeffclusters:\n')).toBe(true);
    expect(written()).toContain('digest: ');
  });

  it('asks once for what several clusters deploy', async () => {
    stack(`clusters:${clusterText('one', PREFIX)}${clusterText('two', PREFIX)}\n`);
    const { asked } = await images('lock');
    expect(asked.map(({ url }) => url)).toHaveLength(4);
    expect(written().match(/digest: /g)).toHaveLength(6);
  });

  it('says what it would write', async () => {
    const text = stack();
    const { code, stdout } = await images('lock', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('stack.yaml: 3 new digests to write; nothing was written');
    expect(written()).toBe(text);
    const both = await images('lock', '--dry-run', '--check');
    expect(both.code).toBe(2);
    expect(both.stderr).toContain("'--dry-run' cannot be used with option '--check'");
  });

  it('says with --check what has moved, and what has no digest', async () => {
    stack();
    const open = await images('lock', '--check', '--json');
    expect(open.code).toBe(1);
    expect(JSON.parse(open.stdout).findings.map(({ code }: { code: string }) => code)).toEqual([
      'not-locked',
      'not-locked',
      'not-locked',
    ]);
    await images('lock');
    const locked = written();
    const before = digestOf(indexOf([...BOTH, 'unknown/unknown'], ENVOY));
    const now = registries.push(ENVOY, indexOf(['linux/amd64'], 'moved'));
    const moved = await images('lock', '--check');
    expect(moved.code).toBe(1);
    expect(moved.stdout).toContain(`problem  ${ENVOY}: has moved: ${before} → ${now} (linux/amd64)\n`);
    expect(moved.stdout).toMatch(/fix: find out who moved it, and why; then .* images lock\n/);
    expect(moved.stdout).toContain(`warning  ${ENVOY}: is no longer for linux/arm64\n`);
    expect(written()).toBe(locked);
    registries.remove(`r.example/mirror/envoyproxy/envoy@${before}`);
    const gone = await images('lock');
    expect(gone.code).toBe(0);
    expect(gone.stdout).toContain(`warning  ${ENVOY}: has moved: ${before} → ${now} (linux/amd64)\n`);
    expect(gone.stdout).toContain(`its registry no longer has ${before}: new nodes cannot pull it`);
    expect(written()).toBe(locked.replace(before, now));
  });

  it('knows an image for one platform, one that others made, and one without a tag', async () => {
    stack();
    registries.push(SPEGEL, MANIFEST);
    const digest = registries.push('r.example/mirror/own/envoy:v9', indexOf(BOTH));
    writeFileSync(
      'stack.yaml',
      `clusters:${clusterText('one', `\n    images: {spegel: "${SPEGEL}", envoy: "r.example/mirror/own/envoy@${digest}", iptables: "${IPTABLES}-1"}`)}\n`,
    );
    registries.push(`${IPTABLES}-1`, indexOf(BOTH));
    const { code, stdout } = await images('lock');
    expect(code).toBe(0);
    expect(stdout).toContain(`warning  ${SPEGEL}: is for one platform alone\n`);
    expect(stdout).toContain(`note     r.example/mirror/own/envoy@${digest}: has a digest and no tag`);
    expect(stdout).toContain(`note     ${IPTABLES}-1: is not v0.8.7, which this package is tested with\n`);
    expect(written()).toContain(`envoy: "r.example/mirror/own/envoy@${digest}"`);
    expect(written()).toContain(`spegel: "${SPEGEL}@${digestOf(MANIFEST)}"`);
  });

  it.each<[string, RegExp, () => object, number, RegExp]>([
    ['absent', /envoy/, () => ({ status: 404 }), 1, /problem {2}.*: r.example has no such image\n/],
    [
      'refused',
      /envoy/,
      () => ({ status: 403, body: 'planted' }),
      1,
      /problem {2}.*: r.example refuses it to everybody, or has no such image\n +fix: log in to r.example by docker login/,
    ],
    ['in trouble', /envoy/, () => ({ status: 502 }), 2, /unknown {2}.*: could not be asked: r.example is in trouble/],
    ['no registry', /v2.$/, () => ({ status: 404 }), 2, /unknown {2}.*where a registry asks for a credential/],
    ['a page', /envoy/, () => ({ status: 200, body: '<p>planted' }), 2, /r.example answers with no manifest/],
    [
      'a manifest of version 1',
      /envoy/,
      () => ({ status: 200, body: '{"schemaVersion":1}' }),
      2,
      /r.example answers with no manifest/,
    ],
    [
      'other content',
      /envoy/,
      () => ({ status: 200, body: MANIFEST, headers: { 'docker-content-digest': digestOf('planted') } }),
      2,
      /r.example sends another content than the one with the digest that it names/,
    ],
  ])('writes nothing where an answer is: %s', async (_, pattern, reply, code, said) => {
    const text = stack();
    registries.rule(pattern, reply as never);
    const outcome = await images('lock');
    expect(outcome.code).toBe(code);
    expect(outcome.stdout).toMatch(said);
    expect(outcome.stdout).toContain('note     stack.yaml: nothing was written\n');
    expect(written()).toBe(text);
  });

  it('says when a digest without a tag leads to other content', async () => {
    stack();
    const digest = digestOf('planted');
    writeFileSync('stack.yaml', `clusters:${clusterText('one', `\n    images: {envoy: "r.example/e@${digest}"}`)}\n`);
    registries.rule(/r.example.*manifests/, () => ({ status: 200, body: MANIFEST }));
    const { code, stdout } = await images('lock', '--check');
    expect(code).toBe(1);
    expect(stdout).toContain('r.example sends another content than the one with the digest that it names');
  });

  it('overwrites nothing that somebody changed meanwhile', async () => {
    stack();
    registries.rule(/envoy/, () => {
      writeFileSync('stack.yaml', 'another text');
      return undefined;
    });
    const { code, stderr } = await images('lock');
    expect({ code, text: written() }).toEqual({ code: 2, text: 'another text' });
    expect(stderr).toMatch(/^secure-mirror: stack.yaml: somebody else changed it meanwhile/);
  });
});

describe('credentials of images lock', () => {
  const guarded =
    (known: string) =>
    ({ authorization }: { authorization: string }) =>
      authorization === basic(known) ? undefined : CHALLENGE;

  it('are of the longest path that an image is under', async () => {
    stack();
    login({ 'r.example': 'host:planted', 'r.example/mirror': 'mirror:planted', 'r.example/mirro': 'other:planted' });
    registries.rule(/r.example/, guarded('mirror:planted'));
    expect((await images('lock')).code).toBe(0);
    login({ 'r.example/mirro': 'mirror:planted' });
    expect((await images('lock')).code).toBe(1);
    login({ 'r.example': 'mirror:planted', 'other.example/mirror': 'other:planted' });
    expect((await images('lock')).code).toBe(0);
  });

  it('give way to none where they are refused, as at Docker Hub', async () => {
    stack();
    login({ 'r.example': 'mirror:planted' });
    registries.rule(/envoy/, ({ authorization }) => (authorization === '' ? undefined : CHALLENGE));
    registries.rule(/v2.$/, () => CHALLENGE);
    const { code, asked } = await images('lock');
    expect(code).toBe(0);
    expect(asked.filter(({ url }) => url.includes('envoy')).map(({ authorization }) => authorization)).toEqual([
      basic('mirror:planted'),
      '',
    ]);
    registries.rule(/envoy/, () => CHALLENGE);
    expect((await images('lock')).stdout).toContain('r.example refuses it to "mirror" and to everybody');
  });

  it('go to no registry that asks for none, and to no other host', async () => {
    stack();
    login({ 'r.example': 'mirror:planted' });
    const open = await images('lock');
    expect(open.asked.filter(({ authorization }) => authorization !== '')).toEqual([]);
    registries.rule(/r.example/, guarded('mirror:planted'));
    registries.rule(/r.example.*envoy/, ({ authorization }) => {
      return authorization === ''
        ? CHALLENGE
        : { status: 307, headers: { location: 'https://cdn.example/v2/e/manifests/1' } };
    });
    stackAgain();
    const digest = registries.push('cdn.example/e:1', indexOf(BOTH, 'there'));
    const { code, asked } = await images('lock');
    expect(code).toBe(0);
    expect(asked.filter(({ url }) => url.includes('cdn.example'))).toEqual([
      { url: 'https://cdn.example/v2/e/manifests/1', authorization: '' },
    ]);
    expect(written()).toContain(digest);
  });

  it('are in a file that the user names, and that nobody else reads', async () => {
    stack();
    login({ 'r.example': 'mirror:planted' }, 'auth.json');
    registries.rule(/r.example/, guarded('mirror:planted'));
    expect((await images('lock')).code).toBe(1);
    expect((await images('lock', '--docker-config', 'auth.json')).code).toBe(0);
    chmodSync('auth.json', 0o644);
    const open = await images('lock', '--docker-config', 'auth.json');
    expect(open).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('auth.json: others may read it (mode 644)'),
    });
    const missing = await images('lock', '--docker-config', 'missing.json');
    expect(missing.stderr).toBe('secure-mirror: --docker-config: there is no file missing.json\n');
  });
});
