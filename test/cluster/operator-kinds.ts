import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { kubectl, tryKubectl } from './kubectl';

const MODULE = /^github\.com\/prometheus-operator\/prometheus-operator@/;
const NAMES = ['podmonitors', 'prometheusrules'].map((kind) => `${kind}.monitoring.coreos.com`);

/**
 * Gives the cluster the Prometheus Operator's own definitions of its kinds, in the version by which `.ci/run` checks the manifests. Gives a
 * function that takes away what was not there before.
 */
export async function defineOperatorKinds(): Promise<() => Promise<void>> {
  const there = await Promise.all(NAMES.map(async (name) => (await tryKubectl(['get', 'crd', name])).code === 0));
  const missing = NAMES.filter((_, i) => !there[i]);
  if (missing.length === 0) return async () => {};
  const root = join(__dirname, '..', '..');
  const sources = parse(readFileSync(join(root, '.ci', 'manifests', 'sources.yaml'), 'utf8'));
  const [module = '', files] = Object.entries<string[]>(sources).find(([name]) => MODULE.test(name)) ?? [];
  const { Dir } = JSON.parse(execFileSync('go', ['mod', 'download', '-json', module], { encoding: 'utf8' }));
  await kubectl(['apply', '--server-side', ...(files ?? []).map((file) => `--filename=${join(Dir, file)}`)]);
  await kubectl(['wait', '--for=condition=established', '--timeout=60s', ...NAMES.map((name) => `crd/${name}`)]);
  return async () => {
    await kubectl(['delete', 'crd', ...missing]);
  };
}
