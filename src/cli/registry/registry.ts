import type { RegistryDriver } from '../../tokens/props/organization-tokens-props';
import { type AuthScheme, askAuthScheme } from './auth-scheme';
import type { Answer, Client } from './client';
import type { Credential } from './credential';
import { type Dialect, dialectOf, isDead } from './dialect';
import { CouldNotAsk } from './failure';
import { Repository } from './repository';
import { askFor, type Grant, logIn } from './token-service';

/** A registry. It is asked once for its auth scheme, for each login, and for each repository that everybody may pull from. */
export class Registry {
  private scheme?: Promise<AuthScheme>;
  private readonly logins = new Map<Credential, Promise<boolean>>();
  private readonly open = new Map<string, Promise<boolean>>();

  /**
   * @param client asks
   * @param host the host of its API
   * @param driver the kind of registry
   */
  public constructor(
    private readonly client: Client,
    public readonly host: string,
    private readonly driver: RegistryDriver,
  ) {}

  /** Its auth scheme. */
  public authScheme(): Promise<AuthScheme> {
    this.scheme ??= askAuthScheme(this.client, this.host);
    return this.scheme;
  }

  /** How it differs from others. */
  public async dialect(): Promise<Dialect> {
    const scheme = await this.authScheme();
    return dialectOf(this.driver, scheme.kind === 'bearer' ? scheme.realm : undefined);
  }

  /** Whether a user name and a token go together. Nothing else tells a dead credential from one without a right. */
  public login(credential: Credential): Promise<boolean> {
    const known = this.logins.get(credential) ?? this.askLogin(credential);
    this.logins.set(credential, known);
    return known;
  }

  /**
   * The grant to a credential for a repository. Without a token service it is the same for all actions.
   *
   * @param name the repository, without the registry
   * @param actions the actions
   * @param credential whose rights, after it logged in; nobody's when left out
   */
  public async grant(name: string, actions: readonly string[], credential?: Credential): Promise<Grant> {
    const scheme = await this.authScheme();
    if (scheme.kind === 'bearer') return askFor(this.client, scheme, name, actions, credential);
    return { kind: 'granted', authorization: credential?.basic ?? '' };
  }

  /** A repository, for requests with a grant. */
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
    const scheme = await this.authScheme();
    if (scheme.kind === 'bearer') return logIn(this.client, scheme, credential);
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
