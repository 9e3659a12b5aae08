import { assert, asyncProperty, string } from 'fast-check';
import { ports } from '../../src/mirror/contract/ports';
import { Authentication } from '../../src/mirror/props/authentication-props';
import { prepare } from './harness/agent';
import { authorization, type User } from './harness/dynamic-files';
import { Pair } from './harness/pair';
import { blob } from './harness/registry-requests';
import { ask } from './harness/request';
import { until } from './harness/until';

const unused: User = { name: 'nobody', password: 'nothing' };
let pair: Pair;

beforeAll(async () => {
  const basic = { credential: { secret: 'mirror-credential' } };
  pair = await Pair.start(Authentication.basic(basic), { user: unused });
});

afterAll(() => pair.stop());

/** From the user's Secret by the real node agent to the real proxies of two nodes, and from one to the other. */
async function passes(username: string, password: string): Promise<void> {
  const { code, log, dynamicFiles, user } = prepare({ username, password });
  expect({ code, log }).toMatchObject({ code: 0 });
  // What is this long is there by no chance.
  expect(password.length > 6 && log.includes(password)).toBe(false);
  expect(user).toEqual({ name: expect.stringMatching(/[.][0-9a-f]{8}$/), password });
  expect(user?.name.slice(0, -9)).toBe(username);
  for (const { envoy } of [pair.near, pair.far]) {
    envoy.write(dynamicFiles);
  }
  const entry = (shown: User) =>
    ask({ port: pair.far.port(ports.listeners.entry) }, blob, { headers: { authorization: authorization(shown) } });
  const shown = user ?? unused;
  await until('the entry takes it', async () => (await entry(shown)).status === 200);
  await until('the peer takes it', async () => {
    return (await ask({ port: pair.near.port(ports.egress.registry) }, blob)).status === 200;
  });
  expect((await entry({ ...shown, password: `${password}x` })).status).toBe(404);
  expect((await entry({ ...shown, name: username })).status).toBe(404);
}

it.each([
  ['one character', 'mirror', 'x'],
  ['200 characters', 'mirror', 'p'.repeat(200)],
  ['quotes', `mi"rr'or`, `"'"'\`$(x)\${y}`],
  ['spaces', 'two words', ' a b '],
  ['colons and slashes', 'a/b\\c', '::a:b//c\\d:'],
  ['UTF-8', 'spiegel-ß-鏡', 'pässwörd-密码-🔑'],
  ['what shells and formats read as more', '-n%s', '-e %s %b \\x41 \\n'],
])('a credential with %s passes', async (_, username, password) => {
  await passes(username, password);
});

it('any password passes', async () => {
  const password = string({ unit: 'binary', minLength: 1, maxLength: 200 }).filter(
    (text) => !text.includes('\0') && !text.endsWith('\n') && Buffer.from(text).toString() === text,
  );
  await assert(
    asyncProperty(password, (text) => passes('mirror', text)),
    { numRuns: process.env.CI ? 25 : 8 },
  );
});

it.each([
  [
    'a colon in the user name',
    { username: 'a:b', password: 'x' },
    /the user name of the credential holds a colon, which basic/,
  ],
  [
    'a line break in the user name',
    { username: 'a\nb', password: 'x' },
    /the user name of the credential holds a control/,
  ],
  ['an empty password', { username: 'a', password: '' }, /the user name or the password is empty/],
  ['no password', { username: 'a' }, /the Secret holds no username and password/],
])('a credential with %s is refused clearly', (_, secret, message) => {
  const { code, log } = prepare(secret);
  expect(code).toBe(1);
  expect(log).toMatch(/waiting for the credential: /);
  expect(log).toMatch(message);
});
