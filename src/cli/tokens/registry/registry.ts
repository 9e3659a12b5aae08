import type { RegistryDriver } from '../../../config/organization-tokens-props';
import type { Client } from './client';
import { CouldNotAsk } from './could-not-ask';
import type { Credential } from './credential';
import { type Dialect, dialectOf } from './dialect';
import { type Door, doorOf } from './door';
import { Repository } from './repository';
import { askFor, type Grant, logIn } from './token-service';

/** A registry. How it wants to be asked, whether a credential logs in, and what everybody may pull, is asked once. */
export class Registry {
  public readonly dialect: Dialect;
  private doorway?: Promise<Door>;
  private readonly logins = new Map<Credential, Promise<boolean>>();
  private readonly open = new Map<string, Promise<boolean>>();

  /**
   * @param client asks
   * @param host where its API is
   * @param driver what kind of registry it is
   */
  public constructor(
    private readonly client: Client,
    public readonly host: string,
    driver: RegistryDriver,
  ) {
    this.dialect = dialectOf(driver);
  }

  /** How it wants to be asked. */
  public door(): Promise<Door> {
    this.doorway ??= doorOf(this.client, this.host);
    return this.doorway;
  }

  /** Whether a user name and a token go together. Nothing else tells a dead credential from one without a right. */
  public login(credential: Credential): Promise<boolean> {
    const known = this.logins.get(credential) ?? this.askLogin(credential);
    this.logins.set(credential, known);
    return known;
  }

  /**
   * What a credential gets for a repository. Without a token service that is the same for all actions.
   *
   * @param name the repository, without the registry
   * @param actions what is to be done with it
   * @param credential whose rights, after it logged in; nobody's when left out
   */
  public async grant(name: string, actions: readonly string[], credential?: Credential): Promise<Grant> {
    const door = await this.door();
    if (door.kind === 'bearer') return askFor(this.client, door, name, actions, credential);
    return { kind: 'granted', authorization: credential?.basic ?? '' };
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

  private async askLogin(credential: Credential): Promise<boolean> {
    const status = await this.loginStatus(credential);
    if (status === 200) return true;
    if (this.dialect.deadLogins.includes(status)) return false;
    throw new CouldNotAsk(`${this.host} answers ${status} to a login, which does not say whether the credential lives`);
  }

  private async loginStatus(credential: Credential): Promise<number> {
    const door = await this.door();
    if (door.kind === 'bearer') return logIn(this.client, door, credential);
    const headers = { authorization: credential.basic };
    return (await this.client.ask(new URL(`https://${this.host}/v2/`), { headers })).status;
  }

  private async askPublic(name: string): Promise<boolean> {
    const grant = await this.grant(name, ['pull']);
    if (grant.kind !== 'granted') return false;
    if (grant.rights !== undefined) return grant.rights.pull === 'yes';
    const pull = await this.repository(name, grant.authorization).pull();
    return pull === 'pulled' || pull === 'empty';
  }
}
