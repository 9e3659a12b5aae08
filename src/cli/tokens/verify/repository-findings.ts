import type { Action } from '../../../tokens/model/resolved';
import { type Check, checkOf } from './checks';
import type { CredentialFacts, RepositoryFacts } from './facts';
import type { VerifyFinding } from './finding';

const AT: { readonly [action in Action]: string } = { pull: 'pull from', push: 'push to', delete: 'delete in' };

const WHY_UNKNOWN: { readonly [why in NonNullable<RepositoryFacts['whyUnknown']>]: string } = {
  opaque: "the registry's tokens do not say",
  'no such right': 'the registry has no such right of its own',
  creates: 'it was not asked, as asking would make the repository',
  absent: 'the repository does not exist, or is hidden',
};

/** A finding before it is known whose it is. */
type Said = Omit<VerifyFinding, 'subject' | 'repository'>;

/** Findings about a credential at a repository. */
export function repositoryFindings(credential: CredentialFacts, facts: RepositoryFacts): VerifyFinding[] {
  const check = checkOf(credential, facts);
  const { label, repository } = check;
  return saidOf(check, facts, credential.subject.organization).map((said) => ({ ...said, subject: label, repository }));
}

function saidOf(check: Check, facts: RepositoryFacts, organization: string): Said[] {
  const { repository, outcome } = check;
  if (facts.outcome.kind === 'could not be asked') {
    return [{ level: 'unknown', code: 'no-answer', message: `could not be asked: ${facts.outcome.reason}` }];
  }
  if (outcome !== 'asked') return [];
  const refused = check.refused.map((action): Said => {
    const message = `is granted to ${AT[action]} ${repository}, but the registry refuses it when it is done`;
    return { level: 'problem', code: 'refused-right', message };
  });
  return [...differences(check, organization), ...refused, ...notes(check, facts)];
}

function differences({ repository, wanted, granted, surplus, missing }: Check, organization: string): Said[] {
  const nothing =
    `is granted nothing at ${repository}, but stack.yaml declares that it may ${phrase(wanted)} it: its scopes name other ` +
    `repositories, or it is another organisation's than ${organization}`;
  const lacks = `may not ${phrase(missing)} ${repository}, but stack.yaml declares it`;
  const exceeds = `may ${phrase(surplus)} ${repository}, but stack.yaml does not declare it`;
  const problem = (code: Said['code'], message: string, fix: string) => [
    { level: 'problem', code, message, fix: `${fix} its scopes at the registry` } as const,
  ];
  return [
    ...(surplus.length > 0 ? problem('surplus', exceeds, 'narrow') : []),
    ...(missing.length === 0
      ? []
      : granted.length > 0
        ? problem('missing', lacks, 'widen')
        : [{ level: 'problem', code: 'missing', message: nothing } as const]),
  ];
}

function notes(
  { repository, own, notProvable }: Check,
  { pull, isPublic, probe, whyUnknown }: RepositoryFacts,
): Said[] {
  const note = (code: Said['code'], message: string) => ({ level: 'note', code, message }) as const;
  const unproved = notProvable.filter((action) => action !== 'pull');
  const hidden = `${repository} does not exist, or is hidden`;
  return [
    ...(isPublic ? [note('public', `${repository} is public: everybody may pull from it`)] : []),
    ...(own && pull === 'empty' ? [note('empty', `${repository} has no image that could be pulled`)] : []),
    ...(own && pull === 'absent' ? [note('absent', `${hidden}: nothing was pulled`)] : []),
    ...((own || unproved.includes('push')) && unproved.length > 0 && whyUnknown !== undefined
      ? [
          note(
            'not-provable',
            `whether it may ${phrase(unproved)} ${repository} is not provable: ${WHY_UNKNOWN[whyUnknown]}`,
          ),
        ]
      : []),
    ...(probe?.kind === 'absent' ? [note('absent', `${hidden}: nothing was pushed`)] : []),
    ...(probe?.kind === 'deleted' ? [note('pushed', `pushed ${repository}:${probe.tag} and deleted it again`)] : []),
    ...(probe?.kind === 'left'
      ? [
          {
            ...note('pushed', `pushed ${repository}:${probe.tag}, which it may not delete`),
            fix: 'delete it at the registry',
          },
        ]
      : []),
  ];
}

/** Actions in a sentence: "pull from, push to". */
function phrase(actions: readonly Action[]): string {
  return actions.map((action) => AT[action]).join(' and ');
}
