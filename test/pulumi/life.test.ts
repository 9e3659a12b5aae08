import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { get, kubectl, NAMESPACE } from '../cluster/kubectl';
import { formsOf, heldIn, linesOf } from '../cluster/leaks';
import { type Ca, newCa } from '../cluster/secrets';
import { BUILDER, isThere, podUids, prepare, SHOP, TOKEN_SECRET, testCluster, tidy, tokens } from './cluster';
import { disorder } from './order';
import { nameOf, Project } from './project';

jest.setTimeout(600_000);

describe('a stack with Pulumi, from up to destroy', () => {
  const token = `dckr_pat_${randomBytes(15).toString('hex')}`;
  let project: Project;
  let ca: Ca;
  let secrets: string[];

  beforeAll(async () => {
    await prepare();
    ca = await newCa();
    const kubeconfig = await kubectl(['config', 'view', '--raw', '--flatten', '--minify']);
    const clientKey = Buffer.from(/client-key-data: (\S+)/.exec(kubeconfig)?.[1] ?? '', 'base64').toString();
    secrets = [...formsOf(token, 'acme'), ...linesOf(ca.key), ...linesOf(clientKey)];
    project = await Project.create();
    project.checksTypes = true;
    await project.use(testCluster({ tokens: tokens() }));
    await project.setSecret('kubeconfig', kubeconfig);
    await project.setSecret('caCertificate', ca.certificate);
    await project.setSecret('caKey', ca.key);
    await project.setSecret(`token.${TOKEN_SECRET}`, token);
  });

  afterAll(async () => {
    await project.remove();
    await tidy();
  });

  test('a value of no use fails the preview, and is not shown', async () => {
    await project.setSecret('caKey', ca.certificate);
    const { code, stdout, stderr } = await project.tryPreview();
    project.checksTypes = false;
    await project.setSecret('caKey', ca.key);
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain('secrets.ca.key: must be a private key in PEM');
    expect(heldIn(stdout + stderr, linesOf(ca.certificate))).toEqual([]);
  });

  test('up makes all objects in the order that a cluster needs, and waits for the mirror on every node', async () => {
    const steps = await project.up();
    const { status, metadata } = await get('-n', NAMESPACE, 'daemonset', 'mirror');
    expect(status).toMatchObject({
      numberReady: status.desiredNumberScheduled,
      observedGeneration: metadata.generation,
    });
    expect(status.desiredNumberScheduled).toBeGreaterThan(0);
    expect(disorder(steps)).toEqual([]);
    expect(new Set(steps.map(({ op }) => op))).toEqual(new Set(['create']));
    expect(steps.filter(({ type }) => type.startsWith('kubernetes:')).length).toBeGreaterThan(15);
  });

  test('certificates are signed by the CA of the settings', async () => {
    const { data } = await get('-n', NAMESPACE, 'secret', 'mirror-peer');
    expect(Buffer.from(data['ca.crt'], 'base64').toString().trim()).toBe(ca.certificate.trim());
  });

  test('every object is a child of the component, and is called after itself', async () => {
    const resources = await project.resources();
    const component = resources.find(({ type }) => type === 'secure-mirror:index:SecuredStack');
    const children = resources.filter(({ type }) => type.startsWith('kubernetes:'));
    expect(children.filter(({ parent }) => parent !== component?.urn)).toEqual([]);
    expect(children.filter((child) => nameOf(child) !== `secured-mirror:${child.id}`)).toEqual([]);
    expect(component?.outputs).toMatchObject({
      namespace: NAMESPACE,
      entry: 'https://127.0.0.1:30020',
      trustDomain: 'test',
    });
  });

  test("the workload's ServiceAccount keeps what is its own, and gets the pull secret", async () => {
    const { metadata, imagePullSecrets } = await get('-n', SHOP, 'serviceaccount', BUILDER);
    expect(metadata.labels).toEqual({ team: 'shop' });
    expect(imagePullSecrets).toEqual([{ name: TOKEN_SECRET }]);
  });

  test('a second preview finds nothing to change', async () => {
    expect(await project.preview('--expect-no-changes')).toEqual([]);
  });

  test('no secret is in the state, the output or the differences', async () => {
    const exported = JSON.stringify(await project.resources());
    const shown = JSON.stringify(await project.resources('--show-secrets'));
    // Without `--debug` and `-v`: with them Pulumi's own code writes down the values that it hands on.
    await project.succeedIn('preview', '--diff');
    const files = readdirSync(project.home, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile() && !file.name.startsWith('pulumi-'))
      .map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'));
    expect(heldIn(exported, secrets)).toEqual([]);
    expect(heldIn(files.join('\n'), secrets)).toEqual([]);
    expect(heldIn(project.printed, secrets)).toEqual([]);
    // The search finds what is there to be found.
    expect(heldIn(shown, [token, ...linesOf(ca.key)])).toEqual([token, ...linesOf(ca.key)]);
    expect(project.printed).toContain(TOKEN_SECRET);
  });

  test('another token changes its Secret alone, in place, and is not shown', async () => {
    const next = `dckr_pat_${randomBytes(15).toString('hex')}`;
    secrets.push(...formsOf(next, 'acme'));
    await project.setSecret(`token.${TOKEN_SECRET}`, next);
    const text = await project.succeedIn('preview', '--diff');
    const steps = await project.up();
    expect(heldIn(text + project.printed, secrets)).toEqual([]);
    expect(steps.map((step) => `${step.op} ${nameOf(step)}`)).toEqual([
      `update secured-mirror:${SHOP}/${TOKEN_SECRET}`,
    ]);
    const { data } = await get('-n', SHOP, 'secret', TOKEN_SECRET);
    expect(Buffer.from(data['.dockerconfigjson'], 'base64').toString()).toContain(next);
  });

  test('another limit changes the objects that hold it, and no other', async () => {
    await project.use(testCluster({ tokens: tokens(), limits: { connectionsPerSource: 40 } }));
    const changed = ['secured-mirror:secured-mirror/mirror-redirect', 'secured-mirror:secured-mirror/mirror'];
    const planned = await project.preview();
    expect(planned.map((step) => `${step.op} ${nameOf(step)}`)).toEqual(changed.map((name) => `update ${name}`));
    const before = await podUids();
    const steps = await project.up();
    expect(steps.map((step) => `${step.op} ${nameOf(step)}`)).toEqual(changed.map((name) => `update ${name}`));
    expect((await podUids()).filter((uid) => before.includes(uid))).toEqual([]);
    expect(await project.preview('--expect-no-changes')).toEqual([]);
  });

  test('what the API server refuses fails the update in its words, before the mirror is touched', async () => {
    const before = await podUids();
    await project.use(testCluster({ tokens: tokens('nowhere'), limits: { connectionsPerSource: 41 } }));
    const { code, stdout } = await project.tryUp();
    expect(code).not.toBe(0);
    expect(stdout).toContain('namespaces "nowhere" not found');
    expect(await podUids()).toEqual(before);
    await project.use(testCluster({ tokens: tokens(), limits: { connectionsPerSource: 40 } }));
    await project.up();
    expect(await podUids()).toEqual(before);
  });

  test('destroy takes all away in reverse, but the ServiceAccount of the workload', async () => {
    const steps = await project.destroy();
    expect(disorder([...steps].reverse())).toEqual([]);
    expect(new Set(steps.map(({ op }) => op))).toEqual(new Set(['delete']));
    expect(await isThere('namespace', NAMESPACE)).toBe(false);
    expect(await isThere('-n', SHOP, 'secret', TOKEN_SECRET)).toBe(false);
    const { metadata, imagePullSecrets } = await get('-n', SHOP, 'serviceaccount', BUILDER);
    expect(metadata.labels).toEqual({ team: 'shop' });
    expect(imagePullSecrets).toBeUndefined();
    expect(heldIn(project.printed, secrets)).toEqual([]);
  });
});
