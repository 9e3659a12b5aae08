import { Client } from '../../../src/cli/registry/client';
import { secondsOf } from '../../../src/cli/registry/failure';

type Reply = Response | Error;

const URL_OF_IT = new URL('https://r.example/v2/');
const busy = (after?: string) => new Response('', { status: 429, headers: after ? { 'retry-after': after } : {} });

let asked: { url: string; init: RequestInit }[] = [];

/** Has fetch answer one after the other; the last one again and again. */
function replies(...all: Reply[]): void {
  asked = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init = {}) => {
    const reply = all[Math.min(asked.length, all.length - 1)] as Reply;
    asked.push({ url: `${url}`, init });
    if (reply instanceof Error) throw reply;
    return reply.clone();
  });
}

function client(): { client: Client; pauses: number[] } {
  const pauses: number[] = [];
  return { client: new Client(undefined, async (milliseconds) => pauses.push(milliseconds)), pauses };
}

function networkError(code: string): Error {
  return new TypeError('planted', { cause: Object.assign(new Error('planted'), { code }) });
}

afterEach(() => jest.restoreAllMocks());

describe('a client of registries', () => {
  it('waits as long as it is told to', async () => {
    replies(busy('2'), busy(), new Response('fine'));
    const { client: it, pauses } = client();
    expect(await it.ask(URL_OF_IT)).toMatchObject({ status: 200, body: 'fine' });
    expect(pauses).toEqual([2000, 2000]);
  });

  it('waits three times at most, and then asks that host no more', async () => {
    replies(busy('60'));
    const { client: it, pauses } = client();
    await expect(it.ask(URL_OF_IT)).rejects.toThrow('r.example is asked too often (429): ask again in 60 s');
    expect(pauses).toEqual([60_000, 60_000, 60_000]);
    await expect(it.ask(URL_OF_IT)).rejects.toThrow('asked too often');
    expect(asked).toHaveLength(4);
  });

  it('does not wait for longer than a minute', async () => {
    replies(busy('61'));
    const { client: it, pauses } = client();
    await expect(it.ask(URL_OF_IT)).rejects.toThrow('ask again in 61 s');
    expect(pauses).toEqual([]);
  });

  it('asks again after trouble, three times in all', async () => {
    const trouble = new Response('planted', { status: 502 });
    replies(trouble, networkError('ECONNRESET'), new Response('fine'));
    expect(await client().client.ask(URL_OF_IT)).toMatchObject({ status: 200 });
    replies(trouble);
    await expect(client().client.ask(URL_OF_IT)).rejects.toThrow(/^r\.example is in trouble: it answers 502$/);
    expect(asked).toHaveLength(3);
  });

  it.each([
    [networkError('ECONNREFUSED'), 'r.example cannot be reached (ECONNREFUSED)'],
    [networkError('SELF_SIGNED_CERT_IN_CHAIN'), /not trusted \(SELF_SIGNED_CERT_IN_CHAIN\): NODE_EXTRA_CA_CERTS names/],
    [networkError('planted secret'), /^r\.example cannot be reached$/],
    [Object.assign(new Error('planted'), { name: 'TimeoutError' }), /^r\.example does not answer in time$/],
    [new Error('planted', { cause: 'planted' }), /^r\.example cannot be reached$/],
  ])('repeats of a failure its code alone', async (error, message) => {
    replies(error);
    await expect(client().client.ask(URL_OF_IT)).rejects.toThrow(message);
    await expect(client().client.ask(URL_OF_IT)).rejects.not.toThrow('planted');
  });

  it('follows a redirect to another host without the credential, where another may answer', async () => {
    const to = (location: string) => new Response('', { status: 307, headers: { location } });
    const request = { headers: { authorization: 'x', accept: 'y' }, elsewhere: true };
    replies(to('https://other.example/a'), to('https://r.example/b'), new Response('fine'));
    expect(await client().client.ask(URL_OF_IT, request)).toMatchObject({ status: 200, body: 'fine' });
    expect(asked.map(({ url, init }) => [url, init.headers])).toEqual([
      ['https://r.example/v2/', { authorization: 'x', accept: 'y' }],
      ['https://other.example/a', { accept: 'y' }],
      ['https://r.example/b', { accept: 'y' }],
    ]);
    for (const location of ['http://other.example/', 'https://user@other.example/', 'https://:p@other.example/']) {
      replies(to(location), new Response('fine'));
      await expect(client().client.ask(URL_OF_IT, request)).rejects.toThrow('redirects to another host');
    }
  });

  it('follows a redirect to the same host alone', async () => {
    const to = (location: string) => new Response('', { status: 307, headers: { location } });
    replies(to('/v2/there'), new Response('fine'));
    expect(await client().client.ask(URL_OF_IT, { headers: { authorization: 'x' } })).toMatchObject({ status: 200 });
    expect(asked.map(({ url }) => url)).toEqual(['https://r.example/v2/', 'https://r.example/v2/there']);
    for (const location of [
      'https://other.example/',
      'http://r.example/',
      'https://r.example:444/',
      '//other',
      'https://[',
    ]) {
      replies(to(location));
      await expect(client().client.ask(URL_OF_IT)).rejects.toThrow(
        'redirects to another host, where no credential is sent',
      );
      expect(asked).toHaveLength(1);
    }
    replies(to('/v2/'));
    await expect(client().client.ask(URL_OF_IT)).rejects.toThrow('redirects more than 3 times');
  });

  it('leaves redirects to itself, and has a limit on time', async () => {
    replies(new Response('fine'));
    await client().client.ask(URL_OF_IT);
    expect(asked[0]?.init).toMatchObject({ redirect: 'manual', signal: expect.any(AbortSignal) });
  });

  it('reads no more than it can bear', async () => {
    const endless = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(1024 * 1024)) });
    jest.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(endless));
    await expect(client().client.ask(URL_OF_IT)).rejects.toThrow('answers with more than 16 MiB');
  });
});

it.each([
  ['5', 5],
  [' 0 ', 0],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['soon', undefined],
  [null, undefined],
])('Retry-After %s', (header, wanted) => {
  expect(secondsOf(header, new Date('2026-01-01T00:00:00Z'))).toBe(wanted);
});
