import { findsPeer } from '../../src/mirror/envoy/direct-path';
import { runLua, type Scenario } from './harness/lua';
import { blob } from './harness/registry-requests';

const POD = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
const MARKER = 'application/vnd.secured-mirror.peer;';
const [program] = Object.values(findsPeer() ?? {});
const context = (program as unknown as { filter_context: { [name: string]: string } }).filter_context;
const headers = {
  ':method': 'GET',
  ':path': blob,
  ':authority': '127.0.0.1:30020',
  ':scheme': 'https',
  'x-forwarded-proto': 'https',
  accept: 'application/vnd.oci.image.layer.v1.tar+gzip, */*',
};
const CALL = `call spegel HEAD ${blob} 127.0.0.1:30020 nil 4000`;

const run = (change: Partial<Scenario> = {}, variables: object = { MIRROR_POD_UID: POD }) =>
  runLua('find-peer.lua', 'envoy_on_request', { headers, context, ...change }, variables);
const marked = (address: string, more = {}) => ({
  answer: { ':status': '200', 'content-type': `${MARKER}${POD};${address}`, ...more },
});

describe('a layer that a peer has', () => {
  it.each([
    ['10.0.0.1:5443', '10.0.0.1'],
    ['255.255.255.255:65535', '255.255.255.255'],
    ['[fd00::1]:5443', 'fd00::1'],
    ['[::1]:1', '::1'],
    ['[fd00:1:2:3:4:5:6:7]:5443', 'fd00:1:2:3:4:5:6:7'],
  ])('is at %s', (address, host) => {
    const set = (key: string, value: string) => `set secured-mirror ${key} ${value}`;
    expect(run(marked(address)).done).toEqual([CALL, set('peer', host), set('address', address), 'cleared']);
  });

  it('is asked for without what else the client sent', () => {
    const sent = { ...headers, range: 'bytes=5-', authorization: 'Basic c2VjcmV0', cookie: 'a=b', 'x-anything': '1' };
    expect(run({ headers: sent, ...marked('10.0.0.1:5443') }).headers).toEqual({ ...headers, range: 'bytes=5-' });
  });
});

it('a layer that nobody has is not there', () => {
  expect(run({ answer: { ':status': '404' } })).toMatchObject({ done: [CALL, 'respond 404'], headers });
});

describe('the request goes on to Spegel as it is', () => {
  const sent = { ...headers, range: 'bytes=5-', authorization: 'Basic c2VjcmV0' };

  it.each<[string, Partial<Scenario>]>([
    ['the node has the layer', marked('10.0.0.1:5443', { 'oci-namespace': 'docker.io' })],
    [
      'it has content whose type looks like a marker, and no registry',
      marked('10.0.0.1:5443', { 'oci-namespace': '' }),
    ],
    [
      'the marker has another UID',
      { answer: { ':status': '200', 'content-type': `${MARKER}${POD.replace('0', '1')};10.0.0.1:5443` } },
    ],
    ['the marker has no UID', { answer: { ':status': '200', 'content-type': `${MARKER};10.0.0.1:5443` } }],
    [
      'the marker is of a pod that does not know its UID',
      { answer: { ':status': '200', 'content-type': `${MARKER}-;10.0.0.1:5443` } },
    ],
    [
      'something stands before the marker',
      { answer: { ':status': '200', 'content-type': ` ${MARKER}${POD};10.0.0.1:5443` } },
    ],
    [
      'the type is that of a layer',
      { answer: { ':status': '200', 'content-type': 'application/vnd.oci.image.layer.v1.tar' } },
    ],
    ['there is no type', { answer: { ':status': '200' } }],
    ...['206', '401', '500', '503', '504'].map((status): [string, Partial<Scenario>] => [
      `Spegel answers ${status}`,
      { answer: { ...marked('10.0.0.1:5443').answer, ':status': status } },
    ]),
    ['there is no answer at all', { answer: {} }],
    ...[
      '',
      '10.0.0.1',
      ':5443',
      '10.0.0.1:',
      '10.0.0.1:5443 ',
      ' 10.0.0.1:5443',
      '10.0.0.1:5443\n',
      '10.0.0.1:5443,10.0.0.2:5443',
      '10.0.0.1:65536',
      '10.0.0.1:005443',
      '10.0.0.256:5443',
      '10.0.0:5443',
      '10.0.0.0.1:5443',
      '10.0..1:5443',
      '0010.0.0.1:5443',
      '0x7f.0.0.1:5443',
      'localhost:5443',
      'peer.example.com:5443',
      'fd00::1:5443',
      '[fd00::1]',
      '[fd00::1%eth0]:5443',
      '[fd00::1]:5443]:1',
      '[10.0.0.1]:5443',
      '[::ffff:10.0.0.1]:5443',
      '[]:5443',
      '[abc]:5443',
      `[${'1:'.repeat(20)}]:5443`,
      '/run/envoy/admin.sock',
      '-',
    ].map((address): [string, Partial<Scenario>] => [`the address is ${JSON.stringify(address)}`, marked(address)]),
  ])('if %s', (_, change) => {
    expect(run({ headers: sent, ...change })).toMatchObject({ done: [CALL], headers: sent });
  });

  it.each([
    'application/vnd.oci.image.config.v1+json, */*',
    'application/vnd.docker.container.image.v1+json, */*',
    '*/*',
  ])('and is not asked about if containerd accepts %s', (accept) => {
    expect(run({ headers: { ...headers, accept } })).toMatchObject({ done: [] });
  });

  it.each<[string, object]>([
    ['does not know its UID', {}],
    ['has an empty UID', { MIRROR_POD_UID: '' }],
  ])('and is not asked about if the pod %s', (_, variables) => {
    expect(run({ headers: sent }, variables)).toMatchObject({ done: [], headers: sent });
  });

  it('if Envoy ends the program', () => {
    const { done, headers: left } = run({ headers: sent, fails: 'broken' });
    expect(done[0]).toBe(CALL);
    expect(done[1]).toMatch(/^error .*broken/);
    expect(left).toEqual(sent);
  });
});

it.each([
  'application/vnd.oci.image.layer.v1.tar+zstd',
  'application/vnd.docker.image.rootfs.diff.tar.gzip',
  'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
])('%s is a layer', (accept) =>
  expect(run({ headers: { ...headers, accept }, answer: { ':status': '404' } }).done).toContain(CALL),
);

describe('what a peer answers', () => {
  const answer = (status: string, more = {}) =>
    runLua('peer-answer.lua', 'envoy_on_response', {
      headers: {
        ':status': status,
        'content-length': '7',
        'content-type': 'application/octet-stream',
        'www-authenticate': 'Basic',
        location: 'https://example.com/',
        'content-encoding': 'gzip',
        'set-cookie': 'a=b',
        'oci-namespace': 'docker.io',
        ...more,
      },
      body: ['one', 'more'],
    });

  it.each(['200', '206'])('reaches containerd with %s and without other headers', (status) => {
    const shown = {
      'content-range': 'bytes 0-6/9',
      'accept-ranges': 'bytes',
      'docker-content-digest': 'sha256:0',
      date: 'now',
    };
    const length = status === '200' ? { 'content-length': '7' } : {};
    expect(answer(status, shown)).toEqual({
      done: [],
      headers: { ':status': status, ...length, 'content-type': 'application/octet-stream', ...shown },
      body: ['one', 'more'],
    });
  });

  it.each([
    ['101', '404'],
    ['204', '404'],
    ['301', '404'],
    ['307', '404'],
    ['400', '404'],
    ['401', '404'],
    ['403', '404'],
    ['404', '404'],
    ['408', '404'],
    ['429', '404'],
    ['416', '416'],
    ['500', '500'],
    ['503', '503'],
  ])('%s is a bare %s', (status, seen) => {
    const bare = { headers: { ':status': seen, 'content-length': '0' }, body: ['', ''] };
    expect(answer(status)).toEqual({ done: ['closes'], ...bare });
    expect(answer(status, { 'content-length': '0' })).toEqual({ done: [], ...bare });
  });
});

it.each(['200', '404', '416'])('what Spegel answers with %s has its length', (status) => {
  const headers = { ':status': status, 'content-length': '7' };
  expect(runLua('find-peer.lua', 'envoy_on_response', { headers }).headers).toEqual(headers);
});

it('a part of a layer from Spegel has none', () => {
  const { headers } = runLua('find-peer.lua', 'envoy_on_response', {
    headers: { ':status': '206', 'content-length': '7', 'content-range': 'bytes 2-8/9' },
  });
  expect(headers).toEqual({ ':status': '206', 'content-range': 'bytes 2-8/9' });
});
