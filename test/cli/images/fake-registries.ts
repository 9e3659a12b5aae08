import { createHash } from 'node:crypto';

/** An answer of a registry. */
export interface Reply {
  readonly status: number;
  readonly body?: string;
  readonly headers?: { readonly [name: string]: string };
}

/** A request that was made. */
export interface Request {
  readonly url: string;
  readonly authorization: string;
}

/** Answers as registries would, all of them open unless a test says otherwise. */
export class FakeRegistries {
  /** Requests since `install`. */
  public asked: Request[] = [];
  /** Bodies of manifests, by `host/repository:tag`. */
  private readonly images = new Map<string, string>();
  private readonly replies: { readonly pattern: RegExp; readonly reply: (request: Request) => Reply | undefined }[] =
    [];

  /** Replaces fetch, until mocks are restored. */
  public install(): void {
    this.asked = [];
    jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      const request = { url: `${input}`, authorization: new Headers(init?.headers).get('authorization') ?? '' };
      this.asked.push(request);
      const { status, body = '', headers } = this.answer(request);
      return new Response(body, { status, headers });
    });
  }

  /** Puts an image there, and returns its digest. */
  public push(image: string, body: string): string {
    const digest = digestOf(body);
    this.images.set(image, body);
    this.images.set(`${image.slice(0, image.lastIndexOf(':'))}@${digest}`, body);
    return digest;
  }

  /** Takes a digest away. */
  public remove(image: string): void {
    this.images.delete(image);
  }

  /** Answers otherwise where a URL fits; the last rule wins. */
  public rule(pattern: RegExp, reply: (request: Request) => Reply | undefined): void {
    this.replies.unshift({ pattern, reply });
  }

  private answer(request: Request): Reply {
    for (const { pattern, reply } of this.replies) {
      const answer = pattern.test(request.url) ? reply(request) : undefined;
      if (answer !== undefined) return answer;
    }
    const [, host, path = ''] = /^https:\/\/([^/]+)\/v2\/(.*)$/.exec(request.url) ?? [];
    if (path === '') return { status: 200 };
    const [, repository, reference = ''] = /^(.+)\/manifests\/(.+)$/.exec(path) ?? [];
    const name = `${host}/${repository}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`;
    const body = this.images.get(name);
    return body === undefined
      ? { status: 404 }
      : { status: 200, body, headers: { 'docker-content-digest': digestOf(body) } };
  }
}

/** An index for some platforms; the note makes it another one. */
export function indexOf(platforms: readonly string[], note = ''): string {
  const manifests = platforms.map((platform) => {
    const [os, architecture, variant] = platform.split('/');
    return { digest: digestOf(platform), platform: { os, architecture, variant } };
  });
  return JSON.stringify({ schemaVersion: 2, note, manifests });
}

/** The manifest of one platform. */
export const MANIFEST = JSON.stringify({ schemaVersion: 2, config: {}, layers: [] });

export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
