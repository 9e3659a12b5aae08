import type { Action } from '../../../tokens/model/resolved';
import { type Check, checkOf } from './checks';
import type { CredentialFacts, RepositoryFacts } from './facts';
import type { Finding } from './finding';

const AT: { readonly [action in Action]: string } = { pull: 'pull from', push: 'push to', delete: 'delete in' };

const WHY_UNKNOWN: { readonly [why in NonNullable<RepositoryFacts['whyUnknown']>]: string } = {
  opaque: "the registry's tokens do not say",
  'no such right': 'the registry has no such right of its own',
  creates: 'it was not asked, as asking would make the repository',
  absent: 'the repository is not there, or is hidden',
};

/** What is to be said of a credential at a repository. */
export function repositoryFindings(credential: CredentialFacts, facts: RepositoryFacts): Finding[] {
  const check = checkOf(credential, facts);
  const { label, repository, outcome } = check;
  const at = (level: Finding['level'], text: string): Finding => ({ level, label, repository, text });
  if (facts.outcome.kind === 'could not be asked')
    return [at('unknown', `could not be asked: ${facts.outcome.reason}`)];
  if (outcome !== 'asked') return [];
  return [
    ...differences(check, credential.subject.organization).map((text) => at('problem', text)),
    ...check.refused.map((action) =>
      at('problem', `is granted to ${AT[action]} ${repository}, but the registry refuses it when it is done`),
    ),
    ...notes(check, facts).map((text) => at('note', text)),
  ];
}

function differences({ repository, wanted, granted, surplus, missing }: Check, organization: string): string[] {
  const surplusText = `may ${phrase(surplus)} ${repository}, and is not to: narrow its scopes at the registry`;
  const nothing =
    `is granted nothing at ${repository}, and is to ${phrase(wanted)} it: it is scoped to other repositories, or is ` +
    `another organisation's than ${organization}`;
  const missingText = `may not ${phrase(missing)} ${repository}, and is to: widen its scopes at the registry`;
  return [
    ...(surplus.length > 0 ? [surplusText] : []),
    ...(missing.length > 0 ? [granted.length === 0 ? nothing : missingText] : []),
  ];
}

function notes(
  { repository, own, notProvable }: Check,
  { pull, isPublic, probe, whyUnknown }: RepositoryFacts,
): string[] {
  const unproved = notProvable.filter((action) => action !== 'pull');
  return [
    ...(isPublic ? [`${repository} is public: everybody may pull from it`] : []),
    ...(own && pull === 'empty' ? [`${repository} has no image that could be pulled`] : []),
    ...(own && pull === 'absent' ? [`${repository} is not there, or is hidden: nothing was pulled`] : []),
    ...((own || unproved.includes('push')) && unproved.length > 0 && whyUnknown !== undefined
      ? [`whether it may ${phrase(unproved)} ${repository} is not provable: ${WHY_UNKNOWN[whyUnknown]}`]
      : []),
    ...(probe?.kind === 'absent' ? [`${repository} is not there, or is hidden: nothing was pushed`] : []),
    ...(probe?.kind === 'deleted' ? [`pushed ${repository}:${probe.tag} and deleted it again`] : []),
    ...(probe?.kind === 'left'
      ? [`pushed ${repository}:${probe.tag}, which is still there, as it may not delete: delete it at the registry`]
      : []),
  ];
}

/** Actions in a sentence: "pull from, push to". */
function phrase(actions: readonly Action[]): string {
  return actions.map((action) => AT[action]).join(' and ');
}
