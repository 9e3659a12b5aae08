import { apiHostOf } from '../../../config/tokens/registries';
import { inParallel, Progress } from '../../parallel';
import { Client } from '../registry/client';
import { CouldNotAsk } from '../registry/could-not-ask';
import type { Credential } from '../registry/credential';
import { type Probe, pushProbe } from '../registry/push-probe';
import { Registry } from '../registry/registry';
import type { Repository } from '../registry/repository';
import { given, type Rights, UNKNOWN } from '../registry/scope';
import type { CredentialFacts, Outcome, RepositoryFacts } from './facts';
import type { Subject } from './subjects';

/** A credential that was found, and what is declared of it. */
export interface Held {
  readonly subject: Subject;
  readonly label: string;
  readonly credential: Credential;
}

const AT_ONCE = 4;

/**
 * Asks registries about credentials.
 *
 * @param held the credentials
 * @param push whether push tokens push and delete something
 * @param client asks
 */
export async function gather(held: Held[], push: boolean, client = new Client()): Promise<CredentialFacts[]> {
  const registries = new Map<string, Registry>();
  const registryOf = (host: string) => {
    const registry = registries.get(host) ?? new Registry(client, host);
    registries.set(host, registry);
    return registry;
  };
  const questions = held.flatMap((one) =>
    [...one.subject.own, ...one.subject.others].map((repository) => ({ one, repository })),
  );
  const progress = new Progress('asking the registry', questions.length);
  try {
    const answers = await inParallel(questions, AT_ONCE, async ({ one, repository }) => {
      const facts = await factsOf(registryOf(apiHostOf(one.subject.registry)), one, repository, push);
      progress.step();
      return { one, facts };
    });
    return held.map((one) => ({
      subject: one.subject,
      label: one.label,
      user: one.credential.user,
      repositories: answers.filter((answer) => answer.one === one).map(({ facts }) => facts),
    }));
  } finally {
    progress.end();
  }
}

async function factsOf(registry: Registry, held: Held, name: string, push: boolean): Promise<RepositoryFacts> {
  try {
    return await ask(registry, held, name, push);
  } catch (error) {
    if (!(error instanceof CouldNotAsk)) throw error;
    return nothing(name, { kind: 'could not be asked', reason: error.message });
  }
}

async function ask(
  registry: Registry,
  { subject, credential }: Held,
  name: string,
  push: boolean,
): Promise<RepositoryFacts> {
  const door = await registry.door();
  if (door.kind === 'open') return nothing(name, { kind: 'open' });
  const grant = await registry.grant(name, credential);
  if (grant.kind !== 'granted') return nothing(name, grant);
  const repository = registry.repository(name, grant.authorization);
  const pull = await repository.pull();
  const granted = grant.rights ?? (await triedRights(repository, pull));
  const pushes = push && subject.own.includes(name) && subject.actions.includes('push');
  const probe = pushes ? await pushProbe(repository) : undefined;
  const surprise = push && !pushes && granted.push === 'no' && (await repository.beginsUpload());
  const rights: Rights = { ...granted, push: surprise ? 'yes' : granted.push, delete: deleting(granted.delete, probe) };
  const reaches = given(rights).includes('pull') || pull === 'pulled' || pull === 'empty';
  return {
    repository: name,
    outcome: { kind: 'asked' },
    rights,
    by: grant.rights === undefined ? 'trial' : 'claim',
    pull,
    isPublic: reaches && subject.others.includes(name) && (await registry.isPublic(name)),
    probe,
  };
}

/** Rights where the token says nothing: deleting cannot be tried without doing it. */
async function triedRights(repository: Repository, pull: RepositoryFacts['pull']): Promise<Rights> {
  const mayPull = pull === 'refused' ? 'no' : pull === 'absent' ? 'unknown' : 'yes';
  return { pull: mayPull, push: (await repository.beginsUpload()) ? 'yes' : 'no', delete: 'unknown' };
}

/** What a probe showed counts: it did it. */
function deleting(granted: Rights['delete'], probe?: Probe): Rights['delete'] {
  if (probe?.kind === 'deleted') return 'yes';
  return granted === 'unknown' && probe?.kind === 'left' ? probe.may : granted;
}

function nothing(repository: string, outcome: Outcome): RepositoryFacts {
  return { repository, outcome, rights: UNKNOWN, by: 'trial', isPublic: false };
}
