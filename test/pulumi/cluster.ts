import type { SecuredStackProps } from '../../src';
import { get, kubectl, NAMESPACE, tryKubectl } from '../cluster/kubectl';

/** Namespace of the workload that a token is bound to. */
export const SHOP = 'pulumi-shop';
/** Its ServiceAccount, which is not the stack's. */
export const BUILDER = 'builder';
/** Secret of the token. */
export const TOKEN_SECRET = 'release-pull';

/** The cluster of a test's stack file. */
export function testCluster(changes: Partial<SecuredStackProps> = {}): SecuredStackProps {
  return {
    name: 'test',
    registries: ['without-settings.example.com'],
    authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
    ...changes,
  };
}

/** A token that pods of the shop pull with. */
export function tokens(namespace = SHOP): NonNullable<SecuredStackProps['tokens']> {
  const bindTo = [{ namespace, serviceAccounts: [BUILDER] }];
  const pull = [{ purpose: 'release pull', repositories: ['acme/app'], owner: 'team', bindTo }];
  return [{ organization: 'acme', pull }];
}

/** Takes away what a run before may have left, and makes the shop, whose ServiceAccount has a label of its own. */
export async function prepare(): Promise<void> {
  await kubectl(['delete', 'namespace', NAMESPACE, SHOP, '--ignore-not-found'], { timeout: 180_000 });
  await kubectl(['create', 'namespace', SHOP]);
  await kubectl(['-n', SHOP, 'create', 'serviceaccount', BUILDER]);
  await kubectl(['-n', SHOP, 'label', 'serviceaccount', BUILDER, 'team=shop']);
}

/** Takes the shop away. */
export async function tidy(): Promise<void> {
  await kubectl(['delete', 'namespace', NAMESPACE, SHOP, '--ignore-not-found'], { timeout: 180_000 });
}

/** Uids of the mirror's pods, sorted. */
export async function podUids(): Promise<string[]> {
  const { items } = await get('-n', NAMESPACE, 'pods', '-l', 'app.kubernetes.io/component=mirror');
  return items.map((pod: { metadata: { uid: string } }) => pod.metadata.uid).sort();
}

/** Whether an object is in the cluster. */
export async function isThere(...args: string[]): Promise<boolean> {
  const { code, stderr } = await tryKubectl(['get', ...args]);
  if (code !== 0 && !stderr.includes('NotFound')) {
    throw new Error(stderr);
  }
  return code === 0;
}
