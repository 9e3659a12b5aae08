import { Client } from '../../../src/cli/registry/client';
import { pushProbe } from '../../../src/cli/registry/push-probe';
import { Repository } from '../../../src/cli/registry/repository';

type Answers = (method: string, url: URL) => Response;

let asked: { line: string; authorization: string | null }[] = [];

/** A repository whose registry answers so. */
function repository(answers: Answers): Repository {
  listen(answers);
  return new Repository(new Client(undefined, async () => {}), 'r.example', 'kong/a', 'Bearer t');
}

function listen(answers: Answers): void {
  asked = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, { method = 'GET', headers } = {}) => {
    asked.push({ line: `${method} ${input}`, authorization: new Headers(headers).get('authorization') });
    return answers(method, new URL(`${input}`));
  });
}

const reply = (status: number, headers = {}, body: string | null = null) => new Response(body, { status, headers });

afterEach(() => jest.restoreAllMocks());

describe('a pull', () => {
  it.each([
    [401, 'refused'],
    [403, 'refused'],
    [404, 'absent'],
  ])('that is answered %d is %s', async (status, outcome) => {
    expect(await repository(() => reply(status)).pull()).toBe(outcome);
    const half = (_: string, { pathname }: URL) =>
      pathname.includes('tags') ? reply(200, {}, '{"tags":["1"]}') : reply(status);
    expect(await repository(half).pull()).toBe(outcome);
  });

  it('reads the manifest of a tag', async () => {
    const tags =
      (list: unknown) =>
      (_: string, { pathname }: URL) =>
        reply(200, {}, pathname.endsWith('/tags/list') ? JSON.stringify({ tags: list }) : '{}');
    expect(await repository(tags(['1.0', '2.0'])).pull()).toBe('pulled');
    expect(asked.map(({ line }) => line)).toEqual([
      'GET https://r.example/v2/kong/a/tags/list?n=1',
      'GET https://r.example/v2/kong/a/manifests/1.0',
    ]);
    for (const list of [null, [], ['../../evil'], ['a?b']]) {
      expect(await repository(tags(list)).pull()).toBe('empty');
      expect(asked).toHaveLength(1);
    }
  });

  it.each(['<html>login</html>', '', '{}', '[]', 'null', '{"tags":"x"}', '{"tags":[1]}', '{"tags":{}}'])(
    'that is answered with %s, which is no list of tags, could not be asked',
    async (body) => {
      await expect(repository(() => reply(200, {}, body)).pull()).rejects.toThrow(
        /^r\.example answers with no list of tags of kong\/a$/,
      );
    },
  );

  it('that is answered with no manifest could not be asked', async () => {
    const page: Answers = (_, { pathname }) =>
      reply(200, {}, pathname.includes('tags') ? '{"tags":["1"]}' : '<html>login</html>');
    await expect(repository(page).pull()).rejects.toThrow(/^r\.example answers with no manifest of kong\/a$/);
  });

  it('that is answered otherwise could not be asked', async () => {
    await expect(repository(() => reply(400, {}, 'planted')).pull()).rejects.toThrow(
      /^r\.example answers 400 to the request for the list of tags of kong\/a$/,
    );
  });
});

describe('an upload', () => {
  it.each(['/v2/kong/a/blobs/uploads/1?_state=s', 'https://r.example/v2/kong/a/blobs/uploads/1?_state=s'])(
    'that is begun at %s is cancelled there',
    async (location) => {
      const answers: Answers = (method) => (method === 'POST' ? reply(202, { location }) : reply(204));
      expect(await repository(answers).tryUpload()).toBe('begun');
      expect(asked).toEqual([
        { line: 'POST https://r.example/v2/kong/a/blobs/uploads/', authorization: 'Bearer t' },
        { line: 'DELETE https://r.example/v2/kong/a/blobs/uploads/1?_state=s', authorization: 'Bearer t' },
      ]);
    },
  );

  it.each(['https://evil.example/', 'http://r.example/', '//evil.example/', '', 'https://['])(
    'that goes on at "%s" is left alone',
    async (location) => {
      const upload = repository(() => reply(202, { location })).tryUpload();
      await expect(upload).rejects.toThrow('r.example begins an upload at another host, where no credential is sent');
      expect(asked).toHaveLength(1);
    },
  );

  it.each([
    [401, 'refused'],
    [403, 'refused'],
    [404, 'absent'],
  ])('that is answered %d is %s', async (status, outcome) => {
    expect(await repository(() => reply(status)).tryUpload()).toBe(outcome);
    expect(await pushProbe(repository(() => reply(status)))).toEqual({ kind: outcome });
  });
});

describe('a probe', () => {
  const location = '/v2/kong/a/blobs/uploads/1';
  const answers =
    (put: number, manifest: number, gone: number): Answers =>
    (method, { pathname }) => {
      if (method === 'POST') return reply(202, { location });
      if (method === 'DELETE') return reply(gone);
      return reply(pathname.includes('manifests') ? manifest : put);
    };

  it.each([
    [201, 201, 202, { kind: 'deleted' }],
    [201, 201, 401, { kind: 'left', may: 'no' }],
    [201, 201, 403, { kind: 'left', may: 'no' }],
    [201, 201, 405, { kind: 'left', may: 'unknown' }],
    [401, 201, 202, { kind: 'refused' }],
    [201, 403, 202, { kind: 'refused' }],
  ])('that is answered %d, %d, %d', async (put, manifest, gone, outcome) => {
    expect(await pushProbe(repository(answers(put, manifest, gone)))).toMatchObject(outcome);
  });

  it('deletes by digest, so that no tag of others can go with it', async () => {
    await pushProbe(repository(answers(201, 201, 202)));
    expect(asked.map(({ line }) => line.replace(/^(\S+) https:..r.example.v2.kong.a./, '$1 '))).toEqual([
      'POST blobs/uploads/',
      expect.stringMatching(
        /^PUT blobs\/uploads\/1\?digest=sha256%3A44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a$/,
      ),
      expect.stringMatching(/^PUT manifests\/secure-mirror-probe-[0-9a-f]{12}$/),
      expect.stringMatching(/^DELETE manifests\/sha256:[0-9a-f]{64}$/),
    ]);
    const first = asked.at(-1)?.line;
    await pushProbe(repository(answers(201, 201, 202)));
    expect(asked.at(-1)?.line).not.toBe(first);
  });

  it('that is answered otherwise could not be asked', async () => {
    const probe = pushProbe(repository(answers(201, 400, 202)));
    await expect(probe).rejects.toThrow('the registry answers 400 to the manifest of a push to kong/a');
  });
});
