import { isObject, parsed } from '../shared/json';
import type { Answer, Asked, Client } from './client';
import { CouldNotAsk } from './could-not-ask';

/** What a pull came to: a manifest was read, there is no tag to read, or neither. */
export type Pull = 'pulled' | 'empty' | Refusal;

/** What a registry says that does not do what it is asked: there is no such repository, or it was refused. */
export type Refusal = 'absent' | 'refused';

/** What an upload came to. */
export type Upload = 'begun' | Refusal;

const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** A repository, asked with an authorisation. */
export class Repository {
  private readonly root: URL;

  /**
   * @param client asks
   * @param host where the registry's API is
   * @param name the repository, without the registry
   * @param authorization what is shown; nothing when empty
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

  /** Tries whether the registry begins an upload. What it begins is cancelled at once. */
  public async tryUpload(): Promise<Upload> {
    const upload = await this.upload();
    if (!(upload instanceof URL)) return upload;
    await this.askAt(upload, { method: 'DELETE' });
    return 'begun';
  }

  /** Begins an upload: where it goes on, or why it does not begin. */
  public async upload(): Promise<URL | Refusal> {
    const answer = await this.ask('blobs/uploads/', { method: 'POST' });
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

  /** What a status that is no success means. */
  private refusal({ status }: Answer, what: string): Refusal {
    if (status === 404) return 'absent';
    if (status === 401 || status === 403) return 'refused';
    throw new CouldNotAsk(`${this.host} answers ${status} to the request for ${what} of ${this.name}`);
  }
}

/** The tags of a list; nothing when it is none, such as the page of a login. Some registries say null where there is no tag. */
function tagsIn(body: string): string[] | undefined {
  const list = parsed(body);
  if (!isObject(list)) return undefined;
  const { tags } = list;
  if (tags === null) return [];
  return Array.isArray(tags) && tags.every((tag) => typeof tag === 'string') ? tags : undefined;
}
