import { configKeys } from '../../../../tokens/model/registries';
import { type DockerConfig, parseDockerConfig } from '../../../docker-config/config';
import { credentialAt, hostCredential } from '../../../docker-config/credential';
import { isSameUser } from '../../../registry/credential';
import { CliError } from '../../../shared/cli-error';
import { readPrivate } from '../../../shared/private-file';
import type { Subject } from '../subjects';
import { distinct, type Found, type Search, type Source } from './source';

/** Credentials of a docker configuration: by repository, or by host where only one token is asked for there. */
export class FromDockerConfig implements Source {
  public readonly hasPrevious = false;
  private readonly config: DockerConfig;

  /**
   * @param file the configuration
   * @param subjects all that will be looked for
   * @throws CliError when it cannot be read
   */
  public constructor(
    private readonly file: string,
    private readonly subjects: readonly Subject[],
  ) {
    const text = readPrivate(file);
    if (text === undefined) throw new CliError('configuration', `--docker-config: there is no file ${file}`);
    const config = parseDockerConfig(text);
    if (config === undefined) throw new CliError('configuration', `${file}: it is no docker configuration (JSON)`);
    this.config = config;
  }

  public async find(subject: Subject): Promise<Search> {
    // An entry of a repository belongs to its token.
    if (subject.kind === 'previous')
      return { found: [], missing: [`${this.file} has no second token for a repository`] };
    const byPath = configKeys(subject.registry, [...subject.own]).flatMap((key) =>
      credentialAt(this.config, this.file, key),
    );
    const rivals = this.subjects.filter(({ registry, kind }) => registry === subject.registry && kind === 'current');
    if (subject.kind === 'shared') return this.sharedAccount(subject, byPath, rivals);
    if (byPath.length > 0) return { found: distinct(byPath), missing: [] };
    const byHost = await this.byHost(subject.registry);
    if (byHost === undefined) {
      return { found: [], missing: [`${this.file} has none for ${subject.own.join(', ')} or ${subject.registry}`] };
    }
    const ambiguous = `${this.file} has one for all of ${subject.registry}, which does not say whose: name one --purpose`;
    return rivals.length === 1 ? { found: [byHost], missing: [] } : { found: [], missing: [ambiguous] };
  }

  /** Only its user name distinguishes a shared account from tokens, so one with a token's user name is never found. */
  private async sharedAccount({ registry, user }: Subject, byPath: Found[], rivals: Subject[]): Promise<Search> {
    const none = { found: [], missing: [`${this.file} has none of ${user} for ${registry} that could not be a token`] };
    if (rivals.some((token) => isSameUser(token.user, user))) return none;
    const byHost = await this.byHost(registry);
    const all = [...byPath, ...(byHost ? [byHost] : [])];
    const found = distinct(all.filter(({ credential }) => isSameUser(credential.user, user)));
    return found.length > 0 ? { found, missing: [] } : none;
  }

  private async byHost(registry: string): Promise<Found | undefined> {
    return hostCredential(this.config, this.file, registry);
  }
}
