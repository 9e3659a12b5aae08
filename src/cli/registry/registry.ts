import type { RegistryDriver } from '../../tokens/props/organization-tokens-props';
import type { Answer, Client } from './client';
import { CouldNotAsk } from './could-not-ask';
import type { Credential } from './credential';
import { type Dialect, dialectOf, isDead } from './dialect';
import { type Door, doorOf } from './door';
import { Repository } from './repository';
import { askFor, type Grant, logIn } from './token-service';

/** A registry. How it wants to be asked, whether a credential logs in, and what everybody may pull, is asked once. */
export class Registry {
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
    private readonly driver: RegistryDriver,
  ) {}

  /** How it wants to be asked. */
  public door(): Promise<Door> {
    this.doorway ??= doorOf(this.client, this.host);
    return this.doorway;
  }

  /** How it differs from others. */
  public async dialect(): Promise<Dialect> {
    const door = await this.door();
    return dialectOf(this.driver, door.kind === 'bearer' ? door.realm : undefined);
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
    const answer = await this.answerToLogin(credential);
    if (answer.status === 200) return true;
    if (isDead(await this.dialect(), answer)) return false;
    throw new CouldNotAsk(
      `${this.host} answers ${answer.status} to a login, which does not say whether the credential lives`,
    );
  }

  private async answerToLogin(credential: Credential): Promise<Answer> {
    const door = await this.door();
    if (door.kind === 'bearer') return logIn(this.client, door, credential);
    const headers = { authorization: credential.basic };
    return this.client.ask(new URL(`https://${this.host}/v2/`), { headers });
  }

  private async askPublic(name: string): Promise<boolean> {
    const grant = await this.grant(name, ['pull']);
    if (grant.kind !== 'granted') return false;
    if (grant.rights !== undefined) return grant.rights.pull === 'yes';
    const pull = await this.repository(name, grant.authorization).pull();
    return pull === 'pulled' || pull === 'empty';
  }
}
