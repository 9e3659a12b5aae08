import type { KeyCase } from './key-case';

const bindTo = [{ namespace: 'shop', serviceAccounts: ['backend'] }];
const pull = [{ purpose: 'shop pull', repositories: ['kong/shop'], owner: 'team-shop', bindTo }];

/** Keys about who applies what. */
export const gitopsKeys: readonly KeyCase[] = [
  {
    key: 'serviceAccounts.apply',
    beside: { tokens: [{ organization: 'kong', pull }] },
    value: false,
    changes: [{ kind: 'ServiceAccount', name: 'backend', pointer: '/imagePullSecrets', value: undefined }],
    wrong: [{ value: 'never', message: 'serviceAccounts.apply: got "never"; expected true or false' }],
  },
];
