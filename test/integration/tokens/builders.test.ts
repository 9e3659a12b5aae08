import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStackFile } from '../../../src/stack/reader';
import { kind, objectsOf } from '../../support';
import { Builders } from './harness/builders';
import { runCommand } from './harness/command';
import { Compiled } from './harness/compiled';
import { NIGHTLY, RELEASE } from './harness/declared';
import { ExternalSecrets } from './harness/external-secrets';
import { newToken } from './harness/token-service';
import { World } from './harness/world';

const PUSH = 'nightly-ingress-controller-push';
const PURPOSE = 'nightly-ingress-controller push';
const GOLANG = 'library/golang';

let world: World;
let compiled: Compiled;
let operator: ExternalSecrets;
let builders: Builders;

beforeAll(async () => {
  world = await World.start();
  compiled = new Compiled();
  operator = new ExternalSecrets();
  const certificates = world.newFolder();
  writeFileSync(join(certificates, 'ca.crt'), world.authority.certificate);
  builders = new Builders(world.newFolder(), certificates);
  await builders.build('scratch', 'built');
});

afterEach(() => world.reset());

afterAll(async () => {
  operator.remove();
  compiled.remove();
  await world.stop();
});

/** A stack in which a workload builds with the token, which comes from a store or by hand. */
function stack(source: object = {}): string {
  const workload = { namespace: 'ci', serviceAccount: 'builder' };
  const push = [{ purpose: PURPOSE, repositories: [NIGHTLY], owner: 'team', mayDelete: true, workload, ...source }];
  return world.stack({ organization: { push } });
}

/** What External Secrets makes of the token in the store. */
function fromStore(): string {
  const file = stack({ externalSecret: { store: 'vault', key: 'registry/nightly-push' } });
  const [cluster] = readStackFile(file, '2025-01-01').clusters;
  if (cluster === undefined) throw new Error('no cluster');
  const [secret, ...others] = kind(objectsOf(cluster), 'ExternalSecret');
  expect(others).toEqual([]);
  const { target, data } = secret.spec;
  expect(data).toMatchObject([{ secretKey: 'token', remoteRef: { key: 'registry/nightly-push' } }]);
  return operator.render(target.template.data, { token: world.tokens[PUSH] })['.dockerconfigjson'] ?? '';
}

/** What the command writes for a Secret that is made by hand. */
async function fromCommand(): Promise<string> {
  const output = join(world.newFolder(), 'config.json');
  const args = ['tokens', 'docker-config', '--file', stack(), '--purpose', PURPOSE, '--output', output];
  const run = await runCommand(compiled.main, args, { ca: world.ca, input: world.tokens[PUSH] });
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  return readFileSync(output, 'utf8');
}

const sources = [
  { source: 'External Secrets', read: async () => fromStore() },
  { source: 'docker-config --output', read: fromCommand },
];

/** The Secret as a builder has it: a file. */
async function mounted(read: () => Promise<string>): Promise<string> {
  const file = join(world.newFolder(), 'config.json');
  writeFileSync(file, await read(), { mode: 0o600 });
  return file;
}

describe.each(sources)('the Secret of a token that pushes, from $source', ({ source, read }) => {
  const tag = source.split(' ')[0]?.toLowerCase() ?? '';

  it('pushes with buildah, to its own repository alone', async () => {
    const file = await mounted(read);
    expect(await builders.pushWithBuildah('built', `${world.host}/${NIGHTLY}:${tag}-buildah`, file)).toBe(true);
    expect(await builders.pushWithBuildah('built', `${world.host}/${RELEASE}:${tag}-buildah`, file)).toBe(false);
    expect(await world.asAdministrator().tags(NIGHTLY)).toContain(`${tag}-buildah`);
    expect(await world.asAdministrator().tags(RELEASE)).not.toContain(`${tag}-buildah`);
  });

  it('pushes with skopeo, to its own repository alone', async () => {
    const file = await mounted(read);
    expect(await builders.pushWithSkopeo('built', `${world.host}/${NIGHTLY}:${tag}-skopeo`, file)).toBe(true);
    expect(await builders.pushWithSkopeo('built', `${world.host}/${RELEASE}:${tag}-skopeo`, file)).toBe(false);
    expect(await world.asAdministrator().tags(NIGHTLY)).toContain(`${tag}-skopeo`);
    expect(await world.asAdministrator().tags(RELEASE)).not.toContain(`${tag}-skopeo`);
  });

  it('is found by who looks for the host alone', async () => {
    expect(await builders.userFor(world.host, await mounted(read))).toBe('kong');
  });
});

describe('a public base image at the same host, at a registry that refuses the token there as Docker Hub does', () => {
  let base: string;

  beforeEach(async () => {
    const publisher = { user: 'publisher', token: newToken(), rights: { [GOLANG]: ['pull', 'push'] } };
    world.service.accounts.push(publisher);
    world.service.everybody = { [GOLANG]: ['pull'] };
    await world.as(publisher).push(GOLANG, '1');
    world.service.spoil = ({ token, repository }) =>
      token === world.tokens[PUSH] && repository === GOLANG ? { status: 401 } : undefined;
    base = `${world.host}/${GOLANG}:1`;
  });

  it('cannot be built on while the Secret is there for the build', async () => {
    expect(await builders.build(base, 'on-golang', await mounted(async () => fromStore()))).toBe(false);
  });

  it('is built on without the Secret, and pushed with it', async () => {
    const file = await mounted(async () => fromStore());
    expect(await builders.build(base, 'on-golang')).toBe(true);
    expect(await builders.pushWithBuildah('on-golang', `${world.host}/${NIGHTLY}:on-golang`, file)).toBe(true);
  });
});
