import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { SHOP, TOKEN_SECRET, testCluster, tokens } from './cluster';
import { manifestsIn, objectsIn } from './manifests';
import { nameOf, Project } from './project';

const RENAMED = join(__dirname, 'renamed');
const OWN = join(__dirname, 'own');

/** The stack that these tests write to files: they need no cluster. */
const cluster = testCluster({ tokens: tokens() });

describe('a stack that is written to files', () => {
  let project: Project;
  let folder: string;

  beforeAll(async () => {
    project = await Project.create();
    folder = join(project.home, 'rendered');
    await project.use(cluster);
    await project.set('renderTo', folder);
    await project.set('kubeconfig', join(project.home, 'there-is-none'));
  });

  afterAll(() => project.remove());

  test('is what synth writes, object by object, and one file is one object', async () => {
    await project.up();
    const stackFile = join(project.home, 'same.yaml');
    writeFileSync(stackFile, stringify({ clusters: [cluster] }));
    const synthesised = await manifestsIn(stackFile, join(project.home, 'manifests'));
    const rendered = objectsIn(folder);
    expect(rendered.map(identity).sort()).toEqual(synthesised.map(identity).sort());
    const named = (one: object) => rendered.find((other) => identity(other) === identity(one));
    for (const object of synthesised) {
      expect(withoutEmpty(named(object))).toEqual(withoutEmpty(object));
    }
    expect(existsSync(join(folder, '1-manifest', 'apps_v1-daemonset-secured-mirror-mirror.yaml'))).toBe(true);
  });

  test('has nothing to change afterwards', async () => {
    expect(await project.preview('--expect-no-changes')).toEqual([]);
  });

  test('is not written with secrets in the clear', async () => {
    await project.setSecret('token.release-pull', 'dckr_pat_not_to_be_written');
    const { code, stdout } = await project.tryUp();
    expect(code).not.toBe(0);
    expect(stdout).toContain('renderTo');
    expect(JSON.stringify(objectsIn(folder))).not.toContain('dckr_pat');
    await project.unset('token.release-pull');
  });

  test('is gone from the folder once it is destroyed', async () => {
    await project.destroy();
    expect(objectsIn(folder)).toEqual([]);
  });
});

describe('a component in a program of its own', () => {
  let project: Project;
  let folder: string;

  beforeAll(async () => {
    project = await Project.create(OWN);
    folder = join(project.home, 'rendered');
    await project.set('renderTo', folder);
  });

  afterAll(() => project.remove());

  test('is not written to files with values of Secrets, not by a preview either', async () => {
    await project.setSecret('token', 'dckr_pat_not_to_be_written');
    for (const { code, stdout } of [await project.tryPreview(), await project.tryUp()]) {
      expect(code).not.toBe(0);
      expect(stdout).toContain(`files would hold these secrets in the clear: secrets for ${SHOP}/${TOKEN_SECRET}`);
    }
    expect(existsSync(folder)).toBe(false);
    await project.unset('token');
  });

  test('is written without them, and once more', async () => {
    await project.preview();
    await project.up();
    expect(objectsIn(folder).length).toBeGreaterThan(1);
    expect(await project.preview('--expect-no-changes')).toEqual([]);
    await project.up();
  });
});

describe('a component under another name', () => {
  let project: Project;

  beforeAll(async () => {
    project = await Project.create(RENAMED);
    await project.set('renderTo', join(project.home, 'rendered'));
    await project.set('name', 'first');
    await project.up();
  });

  afterAll(() => project.remove());

  test('with an alias replaces nothing', async () => {
    await project.set('name', 'second');
    await project.set('alias', 'first');
    expect(await project.preview('--expect-no-changes')).toEqual([]);
    await project.up();
    const names = (await project.resources()).filter(({ type }) => type.startsWith('kubernetes:')).map(nameOf);
    expect(names.filter((name) => !name.startsWith('second:'))).toEqual([]);
    expect(names).toContain(`second:${SHOP}/builder`);
  });

  test('without one would replace everything', async () => {
    await project.set('name', 'third');
    await project.unset('alias');
    const planned = (await project.preview()).map(({ op }) => op);
    expect(planned.filter((op) => op === 'create').length).toBe(planned.filter((op) => op === 'delete').length);
    expect(planned).toContain('delete');
  });
});

// biome-ignore lint/suspicious/noExplicitAny: an object of the API
function identity({ kind, metadata: { namespace, name } }: any): string {
  return `${kind} ${namespace ?? ''}/${name}`;
}

/** The provider leaves out what is empty in a spec. */
function withoutEmpty(value: unknown): unknown {
  const text = JSON.stringify(value, (_, item) =>
    item === '' || (Array.isArray(item) && item.length === 0) ? undefined : item,
  );
  return JSON.parse(text);
}
