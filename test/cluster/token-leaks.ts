import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { get, kubectl } from './kubectl';
import { formsOf, heldIn } from './leaks';
import type { Token } from './token-registry';

/** Each token that a text holds, in any form, by its name. */
export function tokensIn(text: string, tokens: Token[]): string[] {
  const forms = tokens.map((token) => ({ token, forms: formsOf(token.value, token.user) }));
  const held = new Set(
    heldIn(
      text,
      forms.flatMap((one) => one.forms),
    ),
  );
  return forms.filter((one) => one.forms.some((form) => held.has(form))).map(({ token }) => token.name);
}

/** All objects of the API: Secrets with docker configurations, and all others. */
export async function allObjects(): Promise<{ dockerConfigs: string; others: string }> {
  const kinds = await kubectl(['api-resources', '--verbs=list', '-o', 'name']);
  const wanted = kinds
    .trim()
    .split('\n')
    .filter((kind) => !kind.endsWith('metrics.k8s.io'));
  const { items } = await get('--all-namespaces', wanted.join(','));
  const isPlace = ({ kind, type }: { kind: string; type?: string }) =>
    kind === 'Secret' && type === 'kubernetes.io/dockerconfigjson';
  const text = (these: boolean) => JSON.stringify(items.filter((item: { kind: string }) => isPlace(item) === these));
  return { dockerConfigs: text(true), others: text(false) };
}

/** The logs of the nodes' containerd, and all that lie beside them: empty where the tests cannot read them. */
export function nodeLogs(): string {
  const files = (process.env.CLUSTER_CONTAINERD_LOGS ?? '').split(',').filter((file) => file !== '');
  const folders = [...new Set(files.map(dirname))];
  const logs = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  return logs
    .filter((file) => file.endsWith('.log'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}
