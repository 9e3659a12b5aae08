import { counted } from '../../settings/counted';
import { markdownList, markdownTable, plain } from './markdown';
import type { Ledger, LedgerAccount, LedgerServiceAccount, LedgerStore, LedgerToken } from './types';
import { accountNames, holdersText, rightsOf, secretText, sourceText, usersText } from './words';

const HEAD = ['Purpose', 'May', 'Repositories', 'Owner', 'Used by', 'Expires', 'Next rotation', 'Last verified'];

/**
 * The ledger for people, in Markdown. Whatever the settings hold is shown as text.
 *
 * @param ledger the ledger
 */
export function ledgerPage(ledger: Ledger): string {
  return [
    `# Tokens of the cluster ${plain(ledger.cluster)}`,
    '',
    'From the settings of the stack; no token is in here. Days are in UTC.',
    '',
    ...markdownTable(HEAD, ledger.tokens.map(row)),
    ...ledger.tokens.flatMap(section),
    ...ledger.sharedAccounts.flatMap(account),
    ...accountsOfOthers(ledger.accountsOfOthers),
    ...stores(ledger.stores),
    '',
  ].join('\n');
}

function row(token: LedgerToken): string[] {
  const { purpose, actions, repositories, owner, expires, nextRotation, lastVerified } = token;
  return [
    ...[purpose, rightsOf(actions), repositories.join(', '), owner, usersText(token)],
    ...[expires ?? 'does not', nextRotation ?? 'not known', lastVerified ?? 'never'],
  ];
}

function section(token: LedgerToken): string[] {
  return [
    '',
    `## ${plain(token.purpose)}`,
    '',
    ...markdownList([
      ['Organisation', `${token.organization} at ${token.registry}`],
      ['User', token.user],
      ['May', `${rightsOf(token.actions)} on ${token.repositories.join(', ')}; nothing on others`],
      ['Owner', token.owner],
      ['Source', sourceText(token.source)],
      ['Secret', secretText(token)],
      ['Secret of the token before it', token.previousSecretRef?.name],
      ['Who may read the Secret', secretText(token) && holdersText(token)],
      ['ServiceAccounts', accountNames(token.usedBy.serviceAccounts).join(', ')],
      ["The mirror's own pods", token.usedBy.mirror ? 'pull with it' : undefined],
      ['Build workload', workload(token)],
      ['CI workflows', token.usedBy.workflows.join(', ')],
      ['Developers', token.usedBy.developers.join(', ')],
      ['Made', token.created ?? 'not known'],
      ['Expires', token.expires ?? 'it does not'],
      ['Next rotation', `${token.nextRotation ?? 'not known'}, every ${counted(token.rotateEveryDays, 'day')}`],
      ['Last verified', token.lastVerified ?? 'never'],
    ]),
  ];
}

function workload({ usedBy: { workload } }: LedgerToken): string | undefined {
  return workload && `ServiceAccount ${workload.namespace}/${workload.serviceAccount}`;
}

function account({ usedBy, extension, ...account }: LedgerAccount): string[] {
  return [
    '',
    `## The shared account ${plain(account.user)}`,
    '',
    ...markdownList([
      ['Organisation', `${account.organization} at ${account.registry}`],
      ['Secrets', account.secretRef.name],
      ['Retired by', account.retireBy],
      ['Extended', extension && `until ${extension.until}: ${extension.reason}`],
      ['State', account.retired ? 'retired: nothing uses it' : 'still in use'],
      ['ServiceAccounts', accountNames(usedBy.serviceAccounts).join(', ')],
      ['CI workflows', usedBy.workflows.join(', ')],
      ['Developers', usedBy.developers.join(', ')],
    ]),
  ];
}

function accountsOfOthers(all: LedgerServiceAccount[]): string[] {
  if (all.length === 0) return [];
  return [
    '',
    '## ServiceAccounts that others make',
    '',
    'The manifests leave them alone: add these imagePullSecrets where they are made, first and in this order. `secure-mirror tokens drift` finds missing ones.',
    '',
    ...markdownTable(
      ['ServiceAccount', 'imagePullSecrets'],
      all.map(({ namespace, name, imagePullSecrets }) => [`${namespace}/${name}`, imagePullSecrets.join(', ')]),
    ),
  ];
}

function stores(all: LedgerStore[]): string[] {
  if (all.length === 0) return [];
  const place = ({ storeKind, store, namespace }: LedgerStore) =>
    `${storeKind} ${store}${namespace === undefined ? '' : ` in ${namespace}`}`;
  return [
    '',
    '## External stores',
    '',
    'The account of each store must read these paths and no others.',
    '',
    ...markdownTable(
      ['Store', 'Paths'],
      all.map((store) => [place(store), store.paths.join(', ')]),
    ),
  ];
}
