import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { signatureOf } from '../../.ci/release/ask';

const ROOT = resolve(__dirname, '../..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** What the stand-in for GitHub and for npm's registry answers, by path; 404 to all else. */
let answers: { [path: string]: unknown };
let seen: { path: string; authorization?: string }[];
let server: Server;
let address: string;
beforeAll((done) => {
  server = createServer(({ url = '', headers: { authorization } }, response) => {
    const path = decodeURIComponent(url);
    seen.push({ path, authorization });
    const answer = answers[path] ?? { error: 'not found' };
    response.writeHead(path in answers ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1', () => {
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    done();
  });
});
afterAll((done) => {
  server.closeAllConnections();
  server.close(done);
});
beforeEach(() => {
  answers = {};
  seen = [];
});

const TAG = '/repos/somebody/secure-mirror/git/ref/tags/v1.2.3';
const OBJECT = '/repos/somebody/secure-mirror/git/tags/abc';

describe('the signature of a tag', () => {
  const ask = () => signatureOf('v1.2.3', `${address}/repos/somebody/secure-mirror`, 'token');

  it('is what GitHub says of the object of the tag', async () => {
    answers[TAG] = { object: { type: 'tag', sha: 'abc' } };
    answers[OBJECT] = { verification: { verified: true, reason: 'valid' } };
    expect(await ask()).toEqual({ verified: true, reason: 'valid' });
    expect(seen).toEqual([TAG, OBJECT].map((path) => ({ path, authorization: 'Bearer token' })));
    answers[OBJECT] = { verification: { verified: false, reason: 'unknown_key' } };
    expect(await ask()).toEqual({ verified: false, reason: 'unknown_key' });
    answers[OBJECT] = {};
    expect(await ask()).toMatchObject({ verified: false });
  });

  it('is none for a tag that is only a name of a commit', async () => {
    answers[TAG] = { object: { type: 'commit', sha: 'abc' } };
    expect(await ask()).toEqual({ verified: false, reason: 'the tag is lightweight' });
  });

  it('is an error where GitHub does not say', async () => {
    await expect(ask()).rejects.toThrow(`${TAG} answers 404`);
  });
});

/** Runs the check beside the stand-in, which a synchronous call would keep from answering. */
function check(environment: NodeJS.ProcessEnv): Promise<{ code: number | null; said: string[] }> {
  const env = { ...process.env, npm_config_registry: `${address}/npm/`, npm_config_fetch_retries: '0', ...environment };
  const child = spawn(process.execPath, ['-r', './src/swc-register.cjs', '.ci/release/check.ts'], { cwd: ROOT, env });
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  return new Promise((done) => child.on('close', (code) => done({ code, said: said.trim().split('\n') })));
}

describe('npm run release:check', () => {
  const workflow = () => ({
    GITHUB_REF_NAME: `v${version}`,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: 'somebody/secure-mirror',
    GITHUB_API_URL: address,
    GITHUB_TOKEN: 'token',
  });
  const signed = () => {
    answers[TAG.replace('1.2.3', version)] = { object: { type: 'tag', sha: 'abc' } };
    answers[OBJECT] = { verification: { verified: true, reason: 'valid' } };
  };

  it('says outside of the workflow what is missing', async () => {
    const { code, said } = await check({ GITHUB_REF_NAME: '', GITHUB_TOKEN: '' });
    expect(code).toBe(1);
    expect(said.join()).toMatch(/^the release workflow sets GITHUB_REF_NAME, .*GITHUB_TOKEN; here nothing does$/);
  });

  it('refuses addresses that are not those of the repository it runs in', async () => {
    signed();
    const { code, said } = await check(workflow());
    expect(code).toBe(1);
    expect(said.filter((line) => line.includes('package.json is')).map((line) => line.split(' in ')[0])).toEqual([
      'repository.url',
      'bugs.url',
      'homepage',
    ]);
    expect(said.join()).not.toMatch(/signature|belongs|npm has/);
    expect(seen.map(({ path }) => path)).toContain('/npm/secure-mirror');
  });

  it('refuses a name that others have on npm', async () => {
    signed();
    answers['/npm/secure-mirror'] = {
      name: 'secure-mirror',
      'dist-tags': { latest: '9.0.0' },
      versions: {
        '9.0.0': {
          name: 'secure-mirror',
          version: '9.0.0',
          repository: { type: 'git', url: 'git+https://others.example/it.git' },
        },
      },
    };
    const { code, said } = await check(workflow());
    expect(code).toBe(1);
    expect(said.join('\n')).toContain('belongs to others: its repository there is git+https://others.example/it.git');
  });

  it('fails when it cannot ask npm', async () => {
    signed();
    const { code, said } = await check({ ...workflow(), npm_config_registry: 'http://127.0.0.1:9/' });
    expect(code).toBe(1);
    expect(said.join()).toMatch(/^npm's registry does not say who has secure-mirror: /);
  });
});
