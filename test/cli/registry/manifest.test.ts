import { digestOf, manifestIn } from '../../../src/cli/registry/manifest';

const read = (body: string, told?: string, reference = 'v1') =>
  manifestIn(
    { status: 200, body, headers: new Headers(told === undefined ? {} : { 'docker-content-digest': told }) },
    'r.example',
    reference,
  );

describe('a manifest', () => {
  const index = (...platforms: unknown[]) =>
    JSON.stringify({ schemaVersion: 2, manifests: platforms.map((platform) => ({ platform })) });

  it('has the digest of its bytes, and the platforms of an index', () => {
    const body = index(
      { os: 'linux', architecture: 'amd64' },
      { os: 'linux', architecture: 'arm', variant: 'v7' },
      { os: 'linux', architecture: 'amd64', 'os.version': '1' },
      { os: 'unknown', architecture: 'unknown' },
      { os: 'linux', architecture: 1 },
      undefined,
    );
    const digest = digestOf(body);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    for (const told of [undefined, digest]) {
      expect(read(body, told)).toEqual({ digest, platforms: ['linux/amd64', 'linux/arm/v7'] });
    }
    expect(read(body, digest, digest)).toEqual(read(body));
  });

  it('may be one of a single platform', () => {
    const body = '{"schemaVersion":2,"config":{}}';
    expect(read(body)).toEqual({ digest: digestOf(body) });
  });

  it('is none other than it says, or than the one that was asked for', () => {
    const body = index();
    const other = digestOf('other');
    expect(() => read(body, other)).toThrow('r.example sends another content than the one with the digest');
    expect(() => read(body, `sha512:${'0'.repeat(128)}`)).toThrow('another content');
    expect(() => read(body, undefined, other)).toThrow('another content');
    expect(() => read(body, digestOf(body), other)).toThrow('another content');
  });

  it.each(['', '<html>', '[]', 'null', '{}', '{"schemaVersion":1,"manifests":[]}'])('is not %j', (body) => {
    expect(() => read(body)).toThrow(/^r.example answers with no manifest$/);
  });
});
