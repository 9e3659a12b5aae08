import type { Rule, RuleGroup } from '../../../imports/monitoring';
import { addDays } from '../../settings/calendar';
import type { ResolvedSharedAccount, ResolvedToken, ResolvedTokens } from '../../tokens/model/resolved';
import { records } from '../records';
import { alertsByRest, LEFT, SECONDS_LEFT } from './alert';

const CREATED = 'secured_mirror_token_created_timestamp_seconds';
const EXPIRES = 'secured_mirror_token_expiry_timestamp_seconds';
const ACCOUNT_ENDS = 'secured_mirror_shared_account_end_timestamp_seconds';

/**
 * Dates of the ledger as metrics, and alerts about what ends. No group without them.
 *
 * @param tokens the cluster's tokens
 */
export function tokenRules({ name: cluster, organizations, tokens }: ResolvedTokens): RuleGroup[] {
  const accounts = organizations.flatMap(({ sharedAccount }) => sharedAccount ?? []).filter(isUsed);
  const rules = [
    ...tokens.flatMap((token) => lifeOf(token, cluster)),
    ...accounts.map(({ organization, registry, user, lastDay }) =>
      // To the end of its last day.
      timestamp(ACCOUNT_ENDS, addDays(lastDay, 1), { cluster, organization, registry, user }),
    ),
  ];
  if (rules.length === 0) return [];
  return [
    {
      name: 'secured-mirror-tokens',
      rules: [
        ...rules,
        { record: records.tokenLeft, expr: `(${EXPIRES} - time()) / (${EXPIRES} - ${CREATED})` },
        { record: records.accountLeft, expr: `${ACCOUNT_ENDS} - time()` },
        ...alertsByRest('SecuredMirrorTokenExpires', records.tokenLeft, LEFT, {
          for: '10m',
          summary: 'The token "{{ $labels.purpose }}" has {{ $value | humanizePercentage }} of its life left.',
          description:
            '{{ $labels.owner }} must make another at {{ $labels.registry }} and write its days to stack.yaml.',
        }),
        ...alertsByRest('SecuredMirrorSharedAccountEnds', records.accountLeft, SECONDS_LEFT, {
          for: '10m',
          summary: 'The shared account {{ $labels.user }} ends in {{ $value | humanizeDuration }}, and is in use.',
          description: 'After its day, the stack refuses to be made with it: move its users to tokens.',
        }),
      ],
    },
  ];
}

/** Both days of a token that expires. Without the day on which it was made, its life is the time between two rotations. */
function lifeOf(token: ResolvedToken, cluster: string): Rule[] {
  const { purpose, kind, organization, registry, owner, expires, rotateEveryDays } = token;
  if (expires === undefined) return [];
  const { created = addDays(expires, -rotateEveryDays) } = token;
  const labels = { cluster, organization, registry, kind, purpose, owner };
  return [timestamp(CREATED, created, labels), timestamp(EXPIRES, expires, labels)];
}

function timestamp(record: string, day: string, labels: { readonly [label: string]: string }): Rule {
  return { record, expr: `vector(${Date.parse(`${day}T00:00:00Z`) / 1000})`, labels };
}

function isUsed({ usedBy, elsewhere }: ResolvedSharedAccount): boolean {
  return [...Object.values(usedBy), elsewhere].some((uses) => uses.length > 0);
}
