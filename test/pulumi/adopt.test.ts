import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { kubectl, NAMESPACE } from '../cluster/kubectl';
import { giveCa, newCa } from '../cluster/secrets';
import { isThere, podUids, prepare, SHOP, TOKEN_SECRET, testCluster, tidy, tokens } from './cluster';
import { manifestsIn } from './manifests';
import { nameOf, Project } from './project';

jest.setTimeout(600_000);

/** Under which docs/getting-started.md has manifests applied. */
const MANAGER = 'secure-mirror';

describe('a stack that was applied as manifests before', () => {
  const cluster = testCluster({ tokens: tokens() });
  const changed = testCluster({ tokens: tokens(), limits: { connectionsPerSource: 42 } });
  // biome-ignore lint/suspicious/noExplicitAny: objects of the API, of every kind
  let objects: any[];
  let project: Project;
  let pods: string[];

  const apply = (items: object[], ...options: string[]) =>
    kubectl(['apply', '--server-side', `--field-manager=${MANAGER}`, ...options, '-f', '-'], {
      input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    });

  beforeAll(async () => {
    await prepare();
    project = await Project.create();
    await project.use(cluster);
    const stackFile = join(project.home, 'applied.yaml');
    writeFileSync(stackFile, stringify({ clusters: [cluster] }));
    objects = await manifestsIn(stackFile, join(project.home, 'manifests'));
    await apply(objects);
    // The CA stays the user's own.
    await giveCa(await newCa());
    await kubectl(['-n', NAMESPACE, 'rollout', 'status', 'daemonset/mirror', '--timeout=240s'], { timeout: 250_000 });
    pods = await podUids();
  });

  afterAll(async () => {
    await project.remove();
    await tidy();
  });

  test('is not touched by an update that is not told to adopt it', async () => {
    const { code, stdout } = await project.tryUp();
    expect(code).not.toBe(0);
    expect(stdout).toContain('namespaces "secured-mirror" already exists');
    expect(await podUids()).toEqual(pods);
  });

  test('is taken over whole by one that is, and no pod is replaced', async () => {
    await project.set('adopt', 'true');
    const steps = await project.up();
    const names = steps.filter(({ op }) => op === 'create').map(nameOf);
    const wanted = objects.map(({ metadata: { namespace, name } }) => [namespace, name].filter(Boolean).join('/'));
    expect(names).toEqual(expect.arrayContaining(wanted.map((name) => `secured-mirror:${name}`)));
    expect(steps.filter(({ op }) => /delete|replace/.test(op))).toEqual([]);
    expect(await podUids()).toEqual(pods);
    expect(await project.preview('--expect-no-changes')).toEqual([]);
  });

  test('is changed once who applied it has given it up, and an error names him before', async () => {
    await project.unset('adopt');
    await project.up();
    expect(await project.preview('--expect-no-changes')).toEqual([]);
    await project.use(changed);
    const { code, stdout } = await project.tryUp();
    expect(code).not.toBe(0);
    expect(stdout).toContain(`conflict with "${MANAGER}": .data.redirect.rules`);
    const names = objects.map(({ apiVersion, kind, metadata: { namespace, name } }) => ({
      apiVersion,
      kind,
      metadata: { namespace, name },
    }));
    await apply(names, '--validate=false');
    expect(await podUids()).toEqual(pods);
    const steps = await project.up();
    expect(steps.map((step) => `${step.op} ${nameOf(step)}`)).toEqual([
      'update secured-mirror:secured-mirror/mirror-redirect',
      'update secured-mirror:secured-mirror/mirror',
    ]);
    expect(await podUids()).not.toEqual(pods);
  });

  test('is destroyed as any other', async () => {
    await project.destroy();
    expect(await isThere('namespace', NAMESPACE)).toBe(false);
    const accounts = await kubectl(['-n', SHOP, 'get', 'serviceaccounts', '-o', 'json']);
    expect(accounts).not.toContain(TOKEN_SECRET);
  });
});
