import type { Client } from './client';
import type { Credential } from './credential';
import { type Door, doorOf } from './door';
import { Repository } from './repository';
import { given } from './scope';
import { askForAll, type Grant } from './token-service';

/** A registry. How it wants to be asked, and what everybody may pull, is asked once. */
export class Registry {
  private doorway?: Promise<Door>;
  private readonly open = new Map<string, Promise<boolean>>();

  /**
   * @param client asks
   * @param host where its API is
   */
  public constructor(
    private readonly client: Client,
    public readonly host: string,
  ) {}

  /** How it wants to be asked. */
  public door(): Promise<Door> {
    this.doorway ??= doorOf(this.client, this.host);
    return this.doorway;
  }

  /**
   * What a credential gets for a repository.
   *
   * @param name the repository, without the registry
   * @param credential whose rights; nobody's when left out
   */
  public async grant(name: string, credential?: Credential): Promise<Grant> {
    const door = await this.door();
    if (door.kind === 'bearer') return askForAll(this.client, door, name, credential);
    const authorization = credential?.basic ?? '';
    if (credential === undefined || door.kind === 'open') return { kind: 'granted', authorization };
    const { status } = await this.client.ask(new URL(`https://${this.host}/v2/`), { headers: { authorization } });
    return status === 401 || status === 403 ? { kind: 'refused' } : { kind: 'granted', authorization };
  }

  /** A repository, asked with what was granted. */
  public repository(name: string, authorization: string): Repository {
    return new Repository(this.client, this.host, name, authorization);
  }

  /** Whether everybody may pull from a repository, without a token. */
  public isPublic(name: string): Promise<boolean> {
    const known = this.open.get(name) ?? this.askPublic(name);
    this.open.set(name, known);
    return known;
  }

  private async askPublic(name: string): Promise<boolean> {
    const grant = await this.grant(name);
    if (grant.kind !== 'granted') return false;
    if (grant.rights !== undefined) return given(grant.rights).includes('pull');
    const pull = await this.repository(name, grant.authorization).pull();
    return pull === 'pulled' || pull === 'empty';
  }
}
