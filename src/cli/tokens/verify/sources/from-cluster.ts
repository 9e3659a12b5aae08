import { configKeys, DOCKER_HUB, DOCKER_HUB_KEY, hostsOf } from '../../../../config/tokens/registries';
import { AskError } from '../../../ask-error';
import type { Kubectl } from '../../../kubectl';
import { inParallel } from '../../../parallel';
import type { Subject } from '../subjects';
import { dockerConfigIn } from './docker-config';
import { distinct, type Found, type Search, type Source } from './source';

const AT_ONCE = 8;
const KEY = '.dockerconfigjson';

/** Credentials of the cluster's Secrets. */
export class FromCluster implements Source {
  public readonly hasPrevious = true;

  /** @param kubectl how the cluster is asked */
  public constructor(private readonly kubectl: Kubectl) {}

  public async find(subject: Subject): Promise<Search> {
    const { secret, namespaces, kind, actions } = subject;
    if (namespaces.length === 0) {
      const why = actions.includes('push')
        ? 'not in the cluster (CI only)'
        : 'not in the cluster: nothing is bound to it';
      return { found: [], missing: [], excused: why };
    }
    // The first question may lead to a login.
    const [first = '', ...others] = namespaces;
    const search = (namespace: string) => this.inNamespace(subject, namespace);
    const searches = [await search(first), ...(await inParallel(others, AT_ONCE, search))];
    const found = distinct(searches.flatMap((search) => search.found));
    const missing = searches.flatMap((search) => search.missing);
    // A shared account is to go: where it is gone, nothing is missing.
    return kind === 'shared' ? { found, missing: [], excused: `no Secret ${secret} holds it` } : { found, missing };
  }

  private async inNamespace(subject: Subject, namespace: string): Promise<Search> {
    const { secret, registry, own, kind } = subject;
    const where = `namespace ${namespace}`;
    const text = await this.read(secret, namespace);
    if (text instanceof AskError) return { found: [], missing: [text.message] };
    if (text === undefined) return { found: [], missing: [`there is no Secret ${secret} in the ${where}`] };
    const config = dockerConfigIn(text);
    if (config === undefined) {
      return { found: [], missing: [`the Secret ${secret} in the ${where} holds no ${KEY} that can be read`] };
    }
    const hosts = hostsOf(registry).flatMap((host) => [host, `https://${host}`]);
    const hub = registry === DOCKER_HUB ? [DOCKER_HUB_KEY] : [];
    const keys = [...configKeys(registry, [...own]), ...(kind === 'shared' ? [...hub, ...hosts] : [])];
    const found = keys.flatMap((key): Found[] => {
      const credential = config.auths.get(key);
      return credential === undefined ? [] : [{ credential, where }];
    });
    const none = `the Secret ${secret} in the ${where} has no entry for ${registry}/${own[0]} (keys carry the repository)`;
    return { found, missing: found.length > 0 ? [] : [none] };
  }

  /** What a Secret holds. Those that one has no right to read do not keep others from being asked about. */
  private async read(secret: string, namespace: string): Promise<string | AskError | undefined> {
    try {
      return (await this.kubectl.secret(secret, [KEY], namespace))?.[0];
    } catch (error) {
      if (error instanceof AskError && error.kind === 'forbidden') return error;
      throw error;
    }
  }
}
