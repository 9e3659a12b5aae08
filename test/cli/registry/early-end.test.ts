import { Client } from '../../../src/cli/registry/client';
import { pushProbe } from '../../../src/cli/registry/push-probe';
import { Repository } from '../../../src/cli/registry/repository';
import { CliError } from '../../../src/cli/shared/cli-error';

const reason = new CliError('timeout', 'not finished');
const upload = 'https://r.example/v2/kong/a/blobs/uploads/1';

let end: AbortController;
let asked: string[];

/** A registry that takes all, and whose answers are as good as never where the command ends early; the end comes with one request. */
function registry(endsAt: string): Repository {
  end = new AbortController();
  asked = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, { method = 'GET', signal } = {}) => {
    asked.push(`${method} ${new URL(`${input}`).pathname.split('/').at(4)}`);
    if (asked.at(-1) === endsAt) end.abort(reason);
    signal?.throwIfAborted();
    if (method === 'POST') return new Response(null, { status: 202, headers: { location: upload } });
    return new Response(method === 'GET' ? '{}' : null, { status: method === 'DELETE' ? 202 : 201 });
  });
  return new Repository(new Client(end.signal), 'r.example', 'kong/a', 'Bearer t');
}

afterEach(() => jest.restoreAllMocks());

describe('at an early end', () => {
  it('an upload that has begun is cancelled', async () => {
    expect(await registry('POST blobs').tryUpload()).toBe('begun');
    expect(asked).toEqual(['POST blobs', 'DELETE blobs']);
  });

  it.each(['POST blobs', 'PUT blobs', 'PUT manifests'])('a push is finished and taken back: %s', async (endsAt) => {
    expect(await pushProbe(registry(endsAt))).toMatchObject({ kind: 'deleted' });
    expect(asked).toEqual(['POST blobs', 'PUT blobs', 'PUT manifests', 'DELETE manifests']);
  });

  it('a question is given up, and no other begins', async () => {
    const repository = registry('GET tags');
    await expect(repository.pull()).rejects.toBe(reason);
    await expect(repository.pull()).rejects.toBe(reason);
    expect(asked).toEqual(['GET tags']);
  });

  it('a wait that the registry demands is given up', async () => {
    const repository = registry('none');
    jest.spyOn(globalThis, 'fetch').mockImplementation(async () => {
      setTimeout(() => end.abort(reason));
      return new Response(null, { status: 429, headers: { 'retry-after': '50' } });
    });
    await expect(repository.pull()).rejects.toBe(reason);
  });
});
