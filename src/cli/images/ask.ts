import { DOCKER_HUB } from '../../kubernetes/docker-hub';
import { apiHostOf, resolveDriver, resolveRegistry } from '../../tokens/model/registries';
import type { DockerConfig } from '../docker-config/config';
import { repositoryCredential } from '../docker-config/credential';
import type { Client } from '../registry/client';
import type { Credential } from '../registry/credential';
import { CouldNotAsk } from '../registry/failure';
import type { Manifest } from '../registry/manifest';
import { Registry } from '../registry/registry';
import type { Refusal } from '../registry/repository';

/** What a registry answered about an image. */
export type Answered =
  | { readonly kind: 'found'; readonly manifest: Manifest }
  /** `user`: as whom it was asked; nobody when left out. */
  | { readonly kind: Refusal; readonly host: string; readonly user?: string }
  | { readonly kind: 'could not be asked'; readonly reason: string };

/** A docker configuration, and its name. */
export interface NamedConfig {
  readonly file: string;
  readonly config: DockerConfig;
}

/** Asks registries for images: with the credential of a docker configuration, and where it has none or that one is refused, as everybody. */
export class ImageRegistries {
  private readonly registries = new Map<string, Registry>();

  /**
   * @param client asks
   * @param docker credentials
   */
  public constructor(
    private readonly client: Client,
    private readonly docker?: NamedConfig,
  ) {}

  /**
   * Asks for an image.
   *
   * @param image its name with its registry
   * @param reference its tag or digest
   * @throws CliError when a credential helper fails
   */
  public async ask(image: string, reference: string): Promise<Answered> {
    const slash = image.indexOf('/');
    const registry = resolveRegistry({ registry: image.slice(0, slash) });
    const path = image.slice(slash + 1);
    const repository = registry === DOCKER_HUB && !path.includes('/') ? `library/${path}` : path;
    try {
      return await this.askAt(registry, repository, reference);
    } catch (error) {
      if (!(error instanceof CouldNotAsk)) throw error;
      return { kind: 'could not be asked', reason: error.message };
    }
  }

  private async askAt(registry: string, repository: string, reference: string): Promise<Answered> {
    const known = this.registryOf(registry);
    const { host } = known;
    const isOpen = (await known.authScheme()).kind === 'open';
    const credential = isOpen ? undefined : await this.credentialFor(registry, repository);
    const answer = credential && (await pull(known, repository, reference, credential));
    if (answer !== undefined && answer !== 'refused') return answered(answer, host, credential);
    // Docker Hub refuses an organisation's token even at public repositories.
    return answered(await pull(known, repository, reference), host, credential);
  }

  private async credentialFor(registry: string, repository: string): Promise<Credential | undefined> {
    if (this.docker === undefined) return undefined;
    const { config, file } = this.docker;
    return (await repositoryCredential(config, file, registry, repository))?.credential;
  }

  private registryOf(name: string): Registry {
    const known = this.registries.get(name);
    const registry = known ?? new Registry(this.client, apiHostOf(name), resolveDriver({ registry: name }));
    this.registries.set(name, registry);
    return registry;
  }
}

async function pull(
  registry: Registry,
  repository: string,
  reference: string,
  credential?: Credential,
): Promise<Manifest | Refusal> {
  const grant = await registry.grant(repository, ['pull'], credential);
  if (grant.kind === 'denied') return 'refused';
  if (grant.kind === 'unusable')
    throw new CouldNotAsk(
      `the token service of ${registry.host} gives a token that no registry may take: ${grant.reason}`,
    );
  return registry.repository(repository, grant.authorization).manifest(reference);
}

function answered(answer: Manifest | Refusal, host: string, credential?: Credential): Answered {
  if (typeof answer === 'object') return { kind: 'found', manifest: answer };
  return { kind: answer, host, ...(credential === undefined ? {} : { user: credential.user }) };
}
