import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { Authentication, CertificateIssuer, IngressControllerTokens, PodsOf, SecuredStack } from '../../src';
import { compileWithJsii, makeWheel } from './jsii';
import { ROOT } from './library-copy';
import { run } from './run';

jest.setTimeout(600_000);

const scratch = mkdtempSync(join(tmpdir(), 'secure-mirror-python-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const python = join(scratch, 'venv/bin/python');
const QUIET = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1', JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1' };

beforeAll(() => {
  const copy = join(scratch, 'copy');
  compileWithJsii(copy);
  makeWheel(copy, join(scratch, 'wheel'));
  const [wheel = ''] = readdirSync(join(scratch, 'wheel/python')).filter((file) => file.endsWith('.whl'));
  run(['python3', '-m', 'venv', 'venv'], scratch);
  const pip = [python, '-m', 'pip', '--disable-pip-version-check', 'install', '--quiet'];
  run([...pip, '-r', join(ROOT, 'examples/python/requirements.txt')], scratch);
  run([...pip, '--no-deps', join(scratch, 'wheel/python', wheel)], scratch);
});

/** The objects of a folder of manifests, by their files. */
function manifests(folder: string) {
  const files = readdirSync(folder).sort();
  return files.map((file) => {
    const documents = parseAllDocuments(readFileSync(join(folder, file), 'utf8'));
    return [file, documents.map((document) => document.toJS())];
  });
}

describe('the Python example', () => {
  it('makes what the same app in TypeScript makes, object by object', () => {
    const made = run([python, join(ROOT, 'examples/python/main.py')], scratch, QUIET);
    expect(made).toBe('');
    const app = new App({ outdir: join(scratch, 'typescript') });
    new SecuredStack(new Chart(app, 'secured-mirror'), 'stack', {
      name: 'production',
      registries: ['docker.io', 'ghcr.io'],
      authentication: Authentication.mutualTls({ issuer: CertificateIssuer.fromCaSecretName('mirror-ca') }),
      tokens: [
        IngressControllerTokens.of({
          owner: 'team-kubernetes',
          releasePods: PodsOf.fromNames('kong', ['kong-controller']),
          quota: { plan: 'team' },
        }),
      ],
    });
    app.synth();
    const same = manifests(join(scratch, 'typescript'));
    expect(same.flat(2).length).toBeGreaterThan(20);
    expect(manifests(join(scratch, 'dist'))).toEqual(same);
  });

  it('takes references to objects of the app, and tells mistakes in our own words', () => {
    const said = run([python, join(__dirname, 'references.py')], scratch, QUIET);
    expect(JSON.parse(said)).toEqual({
      caSecret: 'mirror-ca',
      credential: 'credential',
      issuer: ['ours', 'Issuer', 'cert-manager.io'],
      pods: [['secured-mirror', ['controller']]],
      elsewhere: expect.stringContaining(
        "Secret credential: it is in the namespace secured-mirror, and it must be in the mirror's",
      ),
      wrong: expect.stringContaining('registries[0]: got "docker.io:443"; a registry is a host name'),
    });
  });
});
