import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NIGHTLY, RELEASE, TAG } from './harness/declared';
import { newToken } from './harness/token-service';
import { World } from './harness/world';

const PUSH = 'nightly-ingress-controller-push';
const PURPOSE = 'nightly-ingress-controller push';

let world: World;

beforeAll(async () => {
  world = await World.start();
});

afterEach(() => world.reset());

afterAll(() => world.stop());

describe('--push-probe', () => {
  it('pushes and deletes with each push token, and leaves nothing', async () => {
    await world.asAdministrator().delete(NIGHTLY, TAG);
    const { code, stdout } = await world.verify('--push-probe');
    expect(code).toBe(0);
    for (const [purpose, repository] of [
      ['kubernetes-ingress-controller push', RELEASE],
      ['nightly-ingress-controller push', NIGHTLY],
    ]) {
      const line = `note     ${purpose}: pushed ${repository}:secure-mirror-probe-[0-9a-f]{12} and deleted it again`;
      expect(stdout).toMatch(new RegExp(`^${line}$`, 'm'));
    }
    expect(stdout).toContain(`${NIGHTLY} has no image that could be pulled`);
    const administrator = world.asAdministrator();
    expect(await administrator.tags(RELEASE)).toEqual([TAG]);
    expect(await administrator.tags(NIGHTLY)).toEqual([]);
    await administrator.push(NIGHTLY, TAG);
  });

  it('says what it left where it may not delete', async () => {
    world.change(PUSH, { rights: { [NIGHTLY]: ['pull', 'push'] } });
    const { code, stdout } = await world.verify('--push-probe', '--purpose', PURPOSE);
    expect(code).toBe(1);
    expect(stdout).toContain(`${PURPOSE}: may not delete in ${NIGHTLY}, but stack.yaml declares it`);
    const [, tag = ''] = /pushed \S+:(secure-mirror-probe-\w+), which it may not delete/.exec(stdout) ?? [];
    expect((await world.asAdministrator().tags(NIGHTLY)).sort()).toEqual([TAG, tag]);
    await world.asAdministrator().delete(NIGHTLY, tag);
  });

  it('pushes nothing with a token that may not, and says so', async () => {
    world.change(PUSH, { rights: { [NIGHTLY]: ['pull'] } });
    const { code, stdout } = await world.verify('--push-probe', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout).problems).toEqual([
      `${PURPOSE}: may not push to and delete in ${NIGHTLY}, but stack.yaml declares it; widen its scopes at the registry`,
    ]);
    expect(await world.asAdministrator().tags(NIGHTLY)).toEqual([TAG]);
  });
});

describe('where tokens come from and where the verdict goes', () => {
  it('is stdin, and JUnit', async () => {
    world.change(PUSH, { rights: { [NIGHTLY]: ['pull'] } });
    const file = join(world.newFolder(), 'report.xml');
    const input = JSON.stringify({ ...world.tokens, unknown: newToken() });
    const { code, stderr } = await world.run(['-f', world.stack(), '--stdin', '--junit', file], input);
    const xml = readFileSync(file, 'utf8');
    world.said.push(xml);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(xml.match(/<testcase/g)).toHaveLength(12);
    expect(xml.match(/<failure/g)).toHaveLength(1);
    expect(xml).toContain(`<failure message="${PURPOSE}: may not push to and delete in ${NIGHTLY}`);
  });

  it('is a docker configuration by repository', async () => {
    const entries = Object.entries({
      [RELEASE]: 'kubernetes-ingress-controller-pull',
      [NIGHTLY]: 'nightly-ingress-controller-pull',
    });
    const auths = entries.map(([repository, name]) => {
      const { user, token } = world.declared(name as 'nightly-ingress-controller-pull');
      return [`${world.host}/${repository}`, { auth: Buffer.from(`${user}:${token}`).toString('base64') }];
    });
    const folder = world.tokenFolder({ 'config.json': JSON.stringify({ auths: Object.fromEntries(auths) }) });
    const purposes = ['kubernetes', 'nightly'].flatMap((name) => ['--purpose', `${name}-ingress-controller pull`]);
    const run = await world.run(['-f', world.stack(), '--docker-config', join(folder, 'config.json'), ...purposes]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
  });

  it('is not a file that others may read', async () => {
    const folder = world.tokenFolder({}, 0o640);
    const { code, stderr, stdout } = await world.run(['-f', world.stack(), '--from-dir', folder]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^secure-mirror: \S+-pull: others may read it \(mode 640\): chmod 600 \S+-pull\n$/);
  });

  it('lacks a token that is declared', async () => {
    const { nightly: _, ...some } = { ...world.tokens, nightly: '' };
    const input = JSON.stringify({ ...some, [PUSH]: undefined });
    const { code, stdout } = await world.run(['-f', world.stack(), '--stdin'], input);
    expect(code).toBe(2);
    expect(stdout).toContain(
      `unknown  could not be asked: no token for ${PURPOSE}: stdin has nothing called "${PUSH}" or "${PURPOSE}"`,
    );
  });
});

describe('no token', () => {
  it('is in anything that was said', () => {
    expect(world.said.join('\n')).not.toMatch(/dckr_oat_|eyJ[\w-]{10}/);
  });
});
