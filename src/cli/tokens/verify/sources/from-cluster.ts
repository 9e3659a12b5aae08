import { configKeys } from '../../../../tokens/model/registries';
import { type DockerConfig, parseDockerConfig } from '../../../docker-config/config';
import { parseKey, registriesFor } from '../../../docker-config/key';
import type { Kubectl } from '../../../kubectl/kubectl';
import { type Credential, isSameUser } from '../../../registry/credential';
import { CliError } from '../../../shared/cli-error';
import { inParallel } from '../../../shared/parallel';
import type { Subject } from '../subjects';
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
    // Only where each namespace says that it has no such Secret, a shared account is gone from the cluster.
    const gone = kind === 'shared' && missing.length === 0;
    return { found, missing, excused: gone ? `no Secret ${secret} holds it` : undefined };
  }

  private async inNamespace(subject: Subject, namespace: string): Promise<Search> {
    const { secret, registry, own, kind } = subject;
    const isShared = kind === 'shared';
    const where = `namespace ${namespace}`;
    const text = await this.read(secret, namespace);
    if (text instanceof CliError) return { found: [], missing: [text.message] };
    // A shared account should go: where its Secret is gone, nothing is missing.
    if (text === undefined) {
      return { found: [], missing: isShared ? [] : [`there is no Secret ${secret} in the ${where}`] };
    }
    const config = parseDockerConfig(text);
    if (config === undefined) {
      return { found: [], missing: [`the Secret ${secret} in the ${where} holds no ${KEY} that can be read`] };
    }
    const credentials = isShared
      ? sharedIn(config, subject)
      : configKeys(registry, [...own]).map((key) => config.entries?.get(key)?.credential);
    const found = credentials.flatMap((credential): Found[] =>
      credential === undefined ? [] : [{ credential, where }],
    );
    const wanted = isShared ? registry : `${registry}/${own[0]} (keys carry the repository)`;
    const none = `the Secret ${secret} in the ${where} has no entry for ${wanted}`;
    return { found, missing: found.length > 0 ? [] : [none] };
  }

  /** The content of a Secret. A Secret that the user may not read does not keep the command from the others. */
  private async read(secret: string, namespace: string): Promise<string | CliError | undefined> {
    try {
      return (await this.kubectl.secret(secret, [KEY], namespace))?.[0];
    } catch (error) {
      if (error instanceof CliError && error.kind === 'forbidden') return error;
      throw error;
    }
  }
}

/** A shared account's credentials, under any key of the registry; other users' credentials only where it has no such one. */
function sharedIn({ entries }: DockerConfig, { registry, user }: Subject): Credential[] {
  const all = [...(entries ?? [])].flatMap(([text, { credential }]) => {
    const key = parseKey(text);
    return key !== undefined && credential !== undefined && registriesFor(key, [registry]).length > 0
      ? [credential]
      : [];
  });
  const own = all.filter((credential) => isSameUser(credential.user, user));
  return own.length > 0 ? own : all;
}
