/** The file of a cluster with the stack itself. */
export const MIRROR_FILE = 'mirror.k8s.yaml';

/** The file with the ServiceAccounts of workloads, which stay when the stack is deleted by its file. */
export const ACCOUNTS_FILE = 'service-accounts.k8s.yaml';
