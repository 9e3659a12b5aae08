import type { Action } from '../../../tokens/model/resolved';
import type { Credential } from '../../registry/credential';
import { CouldNotAsk } from '../../registry/failure';
import { type Probe, pushProbe } from '../../registry/push-probe';
import type { Registry } from '../../registry/registry';
import type { Pull, Repository } from '../../registry/repository';
import { type Rights, UNKNOWN } from '../../registry/scope';
import type { Grant } from '../../registry/token-service';
import { reached } from './checks';
import type { Outcome, RepositoryFacts } from './facts';
import { deleting, type Grants, grantedIn, rightsFrom, seen } from './rights';
import type { Subject } from './subjects';

/** A credential, and a repository that it is asked about. */
export interface Question {
  readonly registry: Registry;
  readonly subject: Subject;
  readonly credential: Credential;
  readonly repository: string;
}

/** What a login and a pull came to. */
export type Beginning =
  | { readonly kind: 'ended'; readonly outcome: Outcome }
  | { readonly kind: 'pulled'; readonly grant: Grant; readonly pull: Pull };

/**
 * Asks what can do no harm: whether the credential logs in, and whether it pulls.
 *
 * @param question what is asked
 */
export async function begin({ registry, credential, repository }: Question): Promise<Beginning> {
  const ended = (outcome: Outcome) => ({ kind: 'ended', outcome }) as const;
  const scheme = await registry.authScheme();
  if (scheme.kind === 'open') return ended({ kind: 'open' });
  if (!(await registry.login(credential))) return ended({ kind: 'refused' });
  const grant = await registry.grant(repository, [(await registry.dialect()).actionOf('pull')], credential);
  if (grant.kind === 'unusable') return ended(grant);
  // Without what was granted a pull would show what everybody may do.
  const pull = grant.kind === 'denied' ? 'refused' : await registry.repository(repository, grant.authorization).pull();
  return { kind: 'pulled', grant, pull };
}

/**
 * Asks for the other rights, each alone, and tries what the registry's tokens do not say.
 *
 * @param question what is asked
 * @param beginning what a pull came to
 * @param exists whether anybody is known to have pulled from the repository
 * @param push whether push tokens push and delete something
 */
export async function goOn(
  question: Question,
  { grant, pull: pulled }: Extract<Beginning, { kind: 'pulled' }>,
  exists: boolean,
  push: boolean,
): Promise<RepositoryFacts> {
  const { registry, subject, repository } = question;
  const { createsOnGrant, hidesDelete } = await registry.dialect();
  const pull = seen(pulled, exists);
  const creates = createsOnGrant && !exists;
  const grants = creates ? { pull: grant } : await grantsOf(question, grant);
  const unusable = Object.values(grants).find((one) => one.kind === 'unusable');
  if (unusable?.kind === 'unusable') return withoutRights(repository, unusable);
  const upload = async () => seen(await (await together(question, grants)).tryUpload(), exists);
  const known = await rightsFrom(grants, pull, upload);
  const tried = push && !creates ? await tryPush(question, grants, known, exists) : {};
  const settled: Rights = { ...known, push: tried.surprise ? 'yes' : known.push };
  const hidden = hidesDelete && settled.delete === 'no' && settled.push === 'yes';
  const rights: Rights = { ...settled, delete: deleting(hidden ? 'unknown' : settled.delete, tried.probe) };
  const reaches = rights.pull === 'yes' || reached({ pull });
  return {
    repository,
    outcome: { kind: 'asked' },
    rights,
    whyUnknown: creates ? 'creates' : hidden ? 'no such right' : rights.push === 'unknown' ? 'absent' : 'opaque',
    pull,
    isPublic: reaches && subject.others.includes(repository) && (await registry.isPublic(repository)),
    probe: tried.probe,
  };
}

/** A question that came to something else than rights. */
export function withoutRights(repository: string, outcome: Outcome): RepositoryFacts {
  return { repository, outcome, rights: UNKNOWN, isPublic: false };
}

async function grantsOf({ registry, credential, repository }: Question, pull: Grant): Promise<Grants> {
  const { actionOf } = await registry.dialect();
  const ask = (right: Action) => registry.grant(repository, [actionOf(right)], credential);
  return { pull, push: await ask('push'), delete: await ask('delete') };
}

/** The repository, asked with all that was granted: to push, a registry wants more than the right to push. */
async function together({ registry, credential, repository }: Question, grants: Grants): Promise<Repository> {
  const may = grantedIn(grants);
  const all = await registry.grant(repository, may.map((await registry.dialect()).actionOf), credential);
  if (all.kind === 'granted') return registry.repository(repository, all.authorization);
  throw new CouldNotAsk(`${registry.host} grants ${may.join(' and ')} each alone, and not together`);
}

/** Pushes with a token that should push; with any other begins an upload that the registry must refuse. */
async function tryPush(
  question: Question,
  grants: Grants,
  known: Rights,
  exists: boolean,
): Promise<{ readonly probe?: Probe; readonly surprise?: boolean }> {
  const { subject, repository } = question;
  if (grantedIn(grants).length === 0) return {};
  if (subject.own.includes(repository) && subject.actions.includes('push')) {
    const probe = await pushProbe(await together(question, grants));
    return { probe: probe.kind === 'absent' ? { kind: seen(probe.kind, exists) } : probe };
  }
  return { surprise: known.push === 'no' && (await (await together(question, grants)).tryUpload()) === 'begun' };
}
