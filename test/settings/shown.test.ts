import { nearest } from '../../src/settings/nearest';
import { formatPath } from '../../src/settings/path';
import { isSecretName, secretKind } from '../../src/settings/secrets';
import { shown } from '../../src/settings/shown';

const TOKEN = `glpat${'-'}0123456789abcdef`;

it.each<[unknown, string]>([
  ['docker.io', '"docker.io"'],
  ['two\nlines', '"two\\nlines"'],
  ['a'.repeat(80), `"${'a'.repeat(80)}"`],
  ['a'.repeat(81), `"${'a'.repeat(79)}…"`],
  [30020, '30020'],
  [false, 'false'],
  [null, 'nothing'],
  [undefined, 'nothing'],
  [[], 'an empty list'],
  [[TOKEN], 'a list'],
  [{}, 'an empty mapping'],
  [{ password: TOKEN }, 'a mapping'],
  [TOKEN, '(hidden)'],
  [`my ${TOKEN} is in here`, '(hidden)'],
])('shows %j as %s', (value, text) => {
  expect(shown(value)).toBe(text);
});

it.each<[(string | number)[], string]>([
  [[], ''],
  [['clusters', 0, 'entry'], 'clusters[0].entry'],
  [['nodeSelector', 'kubernetes.io/os'], 'nodeSelector["kubernetes.io/os"]'],
  [['a-b', ''], 'a-b[""]'],
  [['clusters', TOKEN, 'x'], 'clusters.(hidden).x'],
  [[TOKEN], '(hidden)'],
])('writes the path %j as %s', (path, text) => {
  expect(formatPath(path)).toBe(text);
});

it.each<[string, string | undefined]>([
  ['sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', undefined],
  ['https://registry.example.com/path@sha256:00', undefined],
  ['spiffe://example.com/ns/mirror/peer', undefined],
  ['/var/lib/containerd/io.containerd.content.v1.content', undefined],
  [Buffer.from('{\n  "auths" : {}}').toString('base64'), 'registry credentials (dockerconfigjson)'],
  [Buffer.from('-----BEGIN PRIVATE KEY-----').toString('base64'), 'a key or certificate (PEM)'],
  ['ssh://:word@host', 'a URL with a password'],
])('takes %s for %s', (text, kind) => {
  expect(secretKind(text)).toBe(kind);
});

it.each([
  'password',
  'Password',
  'registry_password',
  'passwd',
  'token',
  'accessToken',
  'secretKey',
  'private-key',
  'tls.key',
  'auth',
  '.dockerconfigjson',
])('takes the key %s for the name of a secret', (key) => {
  expect(isSecretName(key)).toBe(true);
});

it.each(['authentication', 'caSecret', 'imagePullSecrets', 'key', 'passive'])(
  'does not take the key %s for the name of a secret',
  (key) => {
    expect(isSecretName(key)).toBe(false);
  },
);

it.each<[string, string[], string | undefined]>([
  ['platfrom', ['platform', 'name'], 'platform'],
  ['trust_domain', ['trustDomain', 'issuer'], 'trustDomain'],
  ['registry', ['registries', 'entry'], 'registries'],
  ['port', ['loopback', 'clusterIp'], undefined],
  ['x', [], undefined],
])('thinks that %s of %j is %s', (word, words, meant) => {
  expect(nearest(word, words)).toBe(meant);
});
