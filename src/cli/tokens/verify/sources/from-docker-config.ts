import { configKeys, DOCKER_HUB, DOCKER_HUB_KEY, hostsOf } from '../../../../config/tokens/registries';
import { AskError } from '../../../ask-error';
import { askHelper } from '../../credential-helper';
import type { Subject } from '../subjects';
import { type DockerConfig, dockerConfigIn } from './docker-config';
import { readPrivate } from './private-file';
import { distinct, type Found, type Search, type Source } from './source';

/** Credentials of a docker configuration: by repository, or by host where only one token is asked for there. */
export class FromDockerConfig implements Source {
  public readonly hasPrevious = false;
  private readonly config: DockerConfig;

  /**
   * @param file the configuration
   * @param subjects all that will be looked for
   * @throws AskError when it cannot be read
   */
  public constructor(
    private readonly file: string,
    private readonly subjects: readonly Subject[],
  ) {
    const text = readPrivate(file);
    if (text === undefined) throw new AskError('configuration', `--docker-config: there is no file ${file}`);
    const config = dockerConfigIn(text);
    if (config === undefined) throw new AskError('configuration', `${file}: it is no docker configuration (JSON)`);
    this.config = config;
  }

  public async find(subject: Subject): Promise<Search> {
    const byPath = configKeys(subject.registry, [...subject.own]).flatMap((key) => this.at(key));
    if (byPath.length > 0) return { found: distinct(byPath), missing: [] };
    if (subject.kind === 'previous')
      return { found: [], missing: [`${this.file} has no second token for a repository`] };
    const byHost = await this.byHost(subject.registry);
    const rivals = this.subjects.filter(({ registry, kind }) => registry === subject.registry && kind === 'current');
    if (byHost === undefined) {
      return { found: [], missing: [`${this.file} has none for ${subject.own.join(', ')} or ${subject.registry}`] };
    }
    const whose = subject.kind === 'shared' ? byHost.credential.user === subject.user : rivals.length === 1;
    const ambiguous = `${this.file} has one for all of ${subject.registry}, which does not say whose: name one --purpose`;
    return whose ? { found: [byHost], missing: [] } : { found: [], missing: [ambiguous] };
  }

  private async byHost(registry: string): Promise<Found | undefined> {
    const keys = [...(registry === DOCKER_HUB ? [DOCKER_HUB_KEY] : []), ...hostsOf(registry)];
    for (const key of keys) {
      const helper = this.config.helpers.get(key) ?? this.config.store;
      const credential = helper === undefined ? undefined : await askHelper(helper, key);
      if (credential) return { credential, where: `docker-credential-${helper}` };
    }
    return [...keys, ...keys.map((key) => `https://${key}`)].flatMap((key) => this.at(key))[0];
  }

  private at(key: string): Found[] {
    const credential = this.config.auths.get(key);
    return credential === undefined ? [] : [{ credential, where: `${this.file}: ${key}` }];
  }
}
