import { isObject, parsed } from '../shared/json';
import type { Answer, Asked, Client } from './client';
import { CouldNotAsk } from './failure';
import { type Manifest, manifestIn } from './manifest';

/** The result of a pull: a manifest, a repository without tags, or a refusal. */
export type Pull = 'pulled' | 'empty' | Refusal;

/** A registry's refusal: the repository does not exist, or the token lacks the right. */
export type Refusal = 'absent' | 'refused';

/** The result of an upload. */
export type Upload = 'begun' | Refusal;

const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** A repository, for requests with an authorisation. */
export class Repository {
  private readonly root: URL;

  /**
   * @param client asks
   * @param host the host of the registry's API
   * @param name the repository, without the registry
   * @param authorization the header; empty for requests without it
   */
  public constructor(
    private readonly client: Client,
    private readonly host: string,
    public readonly name: string,
    private readonly authorization: string,
  ) {
    this.root = new URL(`https://${host}/v2/${name}/`);
  }

  /** Pulls the manifest of a tag. */
  public async pull(): Promise<Pull> {
    const list = await this.ask('tags/list?n=1');
    if (list.status !== 200) return this.refusal(list, 'the list of tags');
    const tags = tagsIn(list.body);
    if (tags === undefined) throw new CouldNotAsk(`${this.host} answers with no list of tags of ${this.name}`);
    const [tag = ''] = tags;
    if (!/^\w[\w.-]{0,127}$/.test(tag)) return 'empty';
    const manifest = await this.ask(`manifests/${encodeURIComponent(tag)}`, { headers: { accept: MANIFESTS } });
    if (manifest.status !== 200) return this.refusal(manifest, 'a manifest');
    if (isObject(parsed(manifest.body))) return 'pulled';
    throw new CouldNotAsk(`${this.host} answers with no manifest of ${this.name}`);
  }

  /**
   * Reads a manifest, or the index of an image for several platforms; another host may answer, which gets no credential.
   *
   * @param reference its tag or digest
   */
  public async manifest(reference: string): Promise<Manifest | Refusal> {
    const answer = await this.ask(`manifests/${reference}`, { headers: { accept: MANIFESTS }, elsewhere: true });
    if (answer.status !== 200) return this.refusal(answer, 'a manifest');
    return manifestIn(answer, this.host, reference);
  }

  /** Tries whether the registry begins an upload, and cancels it at once. */
  public async tryUpload(): Promise<Upload> {
    const upload = await this.upload();
    if (!(upload instanceof URL)) return upload;
    await this.askAt(upload, { method: 'DELETE', finishes: true });
    return 'begun';
  }

  /** Begins an upload: the URL for its content, or the refusal. */
  public async upload(): Promise<URL | Refusal> {
    const answer = await this.ask('blobs/uploads/', { method: 'POST', finishes: true });
    if (answer.status !== 202) return this.refusal(answer, 'an upload');
    const location = answer.headers.get('location') ?? '';
    const url = URL.canParse(location, this.root.href) ? new URL(location, this.root) : undefined;
    if (location === '' || url?.origin !== this.root.origin) {
      throw new CouldNotAsk(`${this.host} begins an upload at another host, where no credential is sent`);
    }
    return url;
  }

  /** Asks for something below the repository. */
  public ask(path: string, asked: Asked = {}): Promise<Answer> {
    return this.askAt(new URL(path, this.root), asked);
  }

  /** Asks for something at the same host. */
  public askAt(url: URL, asked: Asked): Promise<Answer> {
    const authorization: { [name: string]: string } =
      this.authorization === '' ? {} : { authorization: this.authorization };
    return this.client.ask(url, { ...asked, headers: { ...asked.headers, ...authorization } });
  }

  /** The meaning of a status that is no success. */
  private refusal({ status }: Answer, what: string): Refusal {
    if (status === 404) return 'absent';
    if (status === 401 || status === 403) return 'refused';
    throw new CouldNotAsk(`${this.host} answers ${status} to the request for ${what} of ${this.name}`);
  }
}

/** The tags of a list; nothing when the text is no list, such as the page of a login. Some registries say null in place of an empty list. */
function tagsIn(body: string): string[] | undefined {
  const list = parsed(body);
  if (!isObject(list)) return undefined;
  const { tags } = list;
  if (tags === null) return [];
  return Array.isArray(tags) && tags.every((tag) => typeof tag === 'string') ? tags : undefined;
}
