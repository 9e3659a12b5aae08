import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { withKubectl } from '../secure-mirror';
import { inFolderOfItsOwn } from '../working-folder';

inFolderOfItsOwn();

const ROOT = resolve(__dirname, '../../..');
const init = (...args: string[]) => withKubectl('kubectl', 'init', ...args);
const read = (file: string) => readFileSync(file, 'utf8');

/** The package, as npm installs it, as far as the command looks for it. */
function install(folder: string) {
  const schemas = join(folder, 'node_modules/secure-mirror/src/schemas');
  mkdirSync(schemas, { recursive: true });
  writeFileSync(join(schemas, 'stack.schema.json'), '{}');
}

describe('init', () => {
  it('writes stack.yaml, from which synth makes manifests without a word', async () => {
    expect(await init('--platform', 'k3s', '--registries', 'docker.io', 'ghcr.io,quay.io')).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(parse(read('stack.yaml')).clusters).toEqual([
      {
        name: 'default',
        platform: 'k3s',
        registries: ['docker.io', 'ghcr.io', 'quay.io'],
        authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
      },
    ]);
    expect(await withKubectl('kubectl', 'synth', '-o', 'out')).toMatchObject({ code: 0, stderr: '' });
  });

  it('says what to type next, about this file and cluster', async () => {
    const { stdout } = await init('--file', 'my stack.yaml', '--name', 'east', '--tokens', 'kong');
    const npm = `npm --prefix ${ROOT} run`;
    expect(
      stdout
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .slice(1),
    ).toEqual([
      'kubectl create namespace secured-mirror',
      'kubectl -n secured-mirror create secret tls mirror-ca --cert=ca.crt --key=ca.key',
      expect.stringMatching(/ secure-mirror -- tokens plan --file 'my stack.yaml'$/),
      expect.stringMatching(/ secure-mirror -- check --pre --file 'my stack.yaml'$/),
      expect.stringContaining("STACK='my stack.yaml' npm"),
      expect.stringMatching(
        /^kubectl apply --server-side --field-manager=secure-mirror -f \S*dist\/manifests\/east\/$/,
      ),
      expect.stringMatching(/ secure-mirror -- check --wait 5m --file 'my stack.yaml'$/),
    ]);
    expect(stdout).not.toContain(`${npm} init`);
    expect((await init('--file', 'other.yaml')).stdout).not.toContain('tokens');
  });

  it('prints the file alone with --file -, and writes nothing', async () => {
    const { code, stdout } = await init('--file', '-', '--platform', 'gke');
    expect({ code, platform: parse(stdout).clusters[0].platform }).toEqual({ code: 0, platform: 'gke' });
    expect(stdout).toContain('gke-cloud-dns');
    await expect(async () => read('stack.yaml')).rejects.toThrow('ENOENT');
  });

  it('leads the editor to the schema of the installed package, from any folder of the project', async () => {
    install('.');
    mkdirSync('deploy');
    await init();
    await init('--file', 'deploy/stack.yaml');
    const first = (file: string) => read(file).split('\n')[0];
    const schema = 'node_modules/secure-mirror/src/schemas/stack.schema.json';
    expect(first('stack.yaml')).toBe(`# yaml-language-server: $schema=./${schema}`);
    expect(first('deploy/stack.yaml')).toBe(`# yaml-language-server: $schema=../${schema}`);
    expect(read('stack.yaml')).toContain('docs/stack-yaml.md in node_modules/secure-mirror.');
  });

  it('names no schema where there is none, and the one of a clone in it', async () => {
    await init();
    expect(read('stack.yaml')).not.toContain('$schema');
    process.chdir(ROOT);
    expect((await init('--file', '-')).stdout).toMatch(
      /^# yaml-language-server: \$schema=[.]\/src\/schemas\/stack[.]schema[.]json\n/,
    );
  });

  it('overwrites no file', async () => {
    writeFileSync('stack.yaml', 'mine');
    expect(await init()).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /stack[.]yaml: it exists, and is not overwritten: remove it; or name another file with --file\n$/,
      ),
    });
    expect(read('stack.yaml')).toBe('mine');
  });

  it.each(['there', 'nowhere'])('writes through no link, as to a file that is %s', async (target) => {
    writeFileSync('there', 'mine');
    symlinkSync(target, 'stack.yaml');
    const { code, stderr } = await init();
    expect([code, stderr]).toEqual([2, expect.stringContaining('stack.yaml: it exists, and is not overwritten')]);
    expect([read('there'), existsSync('nowhere')]).toEqual(['mine', false]);
  });

  it.each([
    ['no/stack.yaml', /no\/stack[.]yaml: its folder does not exist; or name another file with --file/],
    ['folder', /folder: it exists, and is not overwritten/],
    ['file/stack.yaml', /file\/stack[.]yaml: a file is in the way; or name another file/],
    ['', /--file: got ""; expected a file/],
  ])('cannot write %j', async (file, message) => {
    mkdirSync('folder');
    writeFileSync('file', '');
    const { code, stdout, stderr } = await init('--file', file);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('cannot write into a folder that may not be written', async () => {
    // Root may write everywhere but where the system lets nobody.
    mkdirSync('locked', { mode: 0o500 });
    const folder = process.getuid?.() === 0 ? '/sys' : 'locked';
    const { code, stderr } = await init('--file', `${folder}/stack.yaml`);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /stack[.]yaml: (you may not write there|the file system is read-only); or name another file with --file/,
    );
  });

  it.each([
    [
      ['--platform', 'esk'],
      '--platform: got "esk"; expected one of containerd, k3s, rke2, k0s, microk8s, talos, eks, gke, aks, kind: did you mean eks?; for kubeadm and packages of distributions: containerd',
    ],
    [['--platform', ''], /--platform: got ""; expected one of containerd/],
    [
      ['--platform', 'openshift'],
      /--platform: got "openshift"; the mirror cannot work with CRI-O, such as on OpenShift[.] CRI-O knows no hosts[.]toml.* Organisation tokens need no mirror: docs\/tokens[.]md/,
    ],
    [['--platform', 'Bottlerocket'], /the mirror cannot work with Bottlerocket[.] .* Use nodes of Amazon Linux 2023/],
    [
      ['--platform', 'docker'],
      /the mirror cannot work with Docker Engine with cri-dockerd[.] .* Run the nodes with containerd/,
    ],
    [
      ['--registries', 'localhost:5000'],
      '--registries: got "localhost:5000"; a registry with a port cannot be mirrored: containerd labels content by host name alone',
    ],
    [
      ['--registries', 'https://ghcr.io/kong', '*'],
      /--registries: got "https:\/\/ghcr[.]io\/kong"; .*: write ghcr[.]io\n.*--registries: got "[*]"; to mirror every registry, write _default/,
    ],
    [['--registries', 'hub.docker.com'], /--registries: got "hub[.]docker[.]com"; .*write docker[.]io/],
    [['--registries', ','], /--registries: got ","; expected host names, such as docker[.]io/],
    [['--name', 'Production: 1'], /--name: got "Production: 1"; expected a DNS label/],
    [
      ['--tokens', 'kong/app'],
      '--tokens: got "kong/app"; expected the name of an organisation at Docker Hub, such as kong; a token never belongs here',
    ],
    [['--tokens', ''], /--tokens: got ""; expected the name of an organisation/],
    [['--tokens', 'ko\nng: x'], /--tokens: got "ko\\nng: x"; expected the name/],
    [['--name', 'X', '--registries', 'a b', '--tokens', 'a b'], /--name: .*\n.*--registries: .*\n.*--tokens: /],
  ])('refuses %j before anything is written', async (args, message) => {
    const { code, stdout, stderr } = await init(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    if (typeof message === 'string') expect(stderr).toContain(`${message}\n`);
    else expect(stderr).toMatch(message);
    await expect(async () => read('stack.yaml')).rejects.toThrow('ENOENT');
  });

  it('shows no token that somebody takes for an organisation', async () => {
    const { code, stderr } = await init('--tokens', 'dckr_oat_planted0123456789');
    expect(code).toBe(2);
    expect(stderr).toMatch(/--tokens: got [(]hidden[)]; .*a token never belongs here/);
    expect(stderr).not.toContain('planted');
  });
});
