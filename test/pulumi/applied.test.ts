import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { kubectl, NAMESPACE } from '../cluster/kubectl';
import { type Ca, newCa } from '../cluster/secrets';
import { prepare, testCluster, tidy, tokens } from './cluster';
import { Project } from './project';

jest.setTimeout(600_000);

const OWN = join(__dirname, 'own');

/** The uid of every object in a cluster that a stack's state holds: `get` fails if one of them is gone. */
async function uids(project: Project): Promise<string[]> {
  const objects = (await project.resources()).filter(({ type }) => type.startsWith('kubernetes:'));
  const named = objects.map(
    ({
      outputs: {
        apiVersion,
        kind,
        metadata: { namespace, name },
      },
    }) => ({
      apiVersion,
      kind,
      metadata: { namespace, name },
    }),
  );
  expect(named.length).toBeGreaterThan(1);
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: named });
  const shown = await kubectl(['get', '-f', '-', '-o', 'jsonpath={.items[*].metadata.uid}'], { input });
  return shown.split(' ').sort();
}

describe('a stack that was applied by the program', () => {
  let project: Project;
  let folder: string;
  let ca: Ca;
  let before: string[];
  const giveCa = async () => {
    await project.setSecret('caCertificate', ca.certificate);
    await project.setSecret('caKey', ca.key);
  };

  beforeAll(async () => {
    await prepare();
    ca = await newCa();
    project = await Project.create();
    folder = join(project.home, 'rendered');
    await project.use(testCluster({ tokens: tokens() }));
    await giveCa();
    await project.up();
    before = await uids(project);
    await project.unset('caCertificate');
    await project.unset('caKey');
    await project.set('renderTo', folder);
  });

  afterAll(async () => {
    await project.remove();
    await tidy();
  });

  test.each<['tryPreview' | 'tryUp', string]>([
    ['tryPreview', 'a preview'],
    ['tryUp', 'an update'],
  ])('is not written to files: %s', async (attempt) => {
    const { code, stdout } = await project[attempt]();
    expect(code).not.toBe(0);
    expect(stdout).toMatch(
      /this stack (was applied to a cluster|has objects in a cluster), (and|which) Pulumi would delete/,
    );
    expect(existsSync(folder)).toBe(false);
    expect(await uids(project)).toEqual(before);
  });

  test('goes on as it was once the setting is taken out', async () => {
    await project.unset('renderTo');
    await giveCa();
    expect(await project.preview('--expect-no-changes')).toEqual([]);
    expect(await uids(project)).toEqual(before);
  });
});

describe('a component that was applied by a program of its own', () => {
  let project: Project;
  let folder: string;
  let before: string[];

  beforeAll(async () => {
    await prepare();
    await kubectl(['create', 'namespace', NAMESPACE]);
    project = await Project.create(OWN);
    folder = join(project.home, 'rendered');
    await project.up();
    before = await uids(project);
  });

  afterAll(async () => {
    await project.remove();
    await tidy();
  });

  test.each([['another'], ['cluster']])('is not written to files by the provider "%s"', async (provider) => {
    await project.set('provider', provider);
    await project.set('renderTo', folder);
    const { code, stdout } = await project.tryUp();
    expect(code).not.toBe(0);
    expect(stdout).toContain('this stack has objects in a cluster, which Pulumi would delete');
    expect(existsSync(folder)).toBe(false);
    expect(await uids(project)).toEqual(before);
    await project.unset('renderTo');
    await project.set('provider', 'cluster');
  });
});
