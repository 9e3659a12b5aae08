import { isAbsolute, join } from 'node:path';
import { type Config, type Output, runtime } from '@pulumi/pulumi';
import { today } from '../settings/calendar';
import { nearest } from '../settings/nearest';
import type { ClusterProps } from '../stack/cluster-props';
import { readStackFile } from '../stack/reader';
import { resolveTokens } from '../tokens/resolve';
import type { CredentialValues, SecretValues } from './secret-values';

const PLAIN = ['stackFile', 'cluster', 'kubeconfig', 'context', 'renderTo', 'adopt'];
const SECRET = ['caCertificate', 'caKey', 'basicUsername', 'basicPassword', 'metricsUsername', 'metricsPassword'];

/**
 * The cluster of a Pulumi stack: the one that `cluster` names, or that is called as the stack, or the only one in the file.
 *
 * @param config the program's settings
 * @param stack name of the Pulumi stack
 * @param folder where a relative `stackFile` begins
 * @throws Error when there is none such, or the file is wrong
 */
export function clusterOf(config: Config, stack: string, folder: string): ClusterProps {
  const file = config.get('stackFile') ?? '../../stack.yaml';
  const { clusters } = readStackFile(isAbsolute(file) ? file : join(folder, file), today());
  const wanted = config.get('cluster');
  const found = clusters.find(({ name }) => name === (wanted ?? stack));
  const only = wanted === undefined && clusters.length === 1 ? clusters[0] : undefined;
  const cluster = found ?? only;
  if (cluster === undefined) {
    const names = clusters.map(({ name }) => name).join(', ');
    const got = wanted === undefined ? `the stack is called ${stack}` : `got ${wanted}`;
    throw new Error(`${config.name}:cluster: ${got}; the clusters of ${file} are ${names}`);
  }
  return cluster;
}

/**
 * Values of Secrets from the secrets of a program's settings.
 *
 * @param config the program's settings
 * @param cluster the cluster
 * @throws Error naming a setting that does not exist, or whose other half is missing
 */
export function valuesOf(config: Config, cluster: ClusterProps): SecretValues {
  const tokens = resolveTokens(cluster).tokens.flatMap(({ purpose, secret }) =>
    secret === undefined ? [] : [{ purpose, secret }],
  );
  const keys = [...PLAIN, ...SECRET, ...tokens.map(({ secret }) => `token.${secret}`)];
  const prefix = `${config.name}:`;
  const given = Object.keys(runtime.allConfig()).flatMap((key) =>
    key.startsWith(prefix) ? [key.slice(prefix.length)] : [],
  );
  for (const key of given.filter((one) => !keys.includes(one))) {
    const meant = nearest(key, keys);
    const hint = meant === undefined ? `there are ${keys.join(', ')}` : `is it ${meant}?`;
    throw new Error(`${prefix}${key}: there is no such setting; ${hint}`);
  }
  const inTheClear = given.find((key) => !PLAIN.includes(key) && !isSecret(prefix + key));
  if (inTheClear !== undefined) {
    const words = 'is in the clear in the settings of the stack, where it must not stay: set a new one with --secret';
    throw new Error(`${prefix}${inTheClear}: ${words}`);
  }
  const pair = (one: string, other: string): readonly [Output<string>, Output<string>] | undefined =>
    given.includes(one) || given.includes(other) ? [config.requireSecret(one), config.requireSecret(other)] : undefined;
  const credential = (kind: string): CredentialValues | undefined => {
    const both = pair(`${kind}Username`, `${kind}Password`);
    return both && { username: both[0], password: both[1] };
  };
  const ca = pair('caCertificate', 'caKey');
  const values = tokens
    .filter(({ secret }) => given.includes(`token.${secret}`))
    .map(({ purpose, secret }) => [purpose, config.requireSecret(`token.${secret}`)]);
  return {
    ...(ca ? { ca: { certificate: ca[0], key: ca[1] } } : {}),
    basic: credential('basic'),
    metrics: credential('metrics'),
    tokens: Object.fromEntries(values),
  };
}

/** Whether any value is given. */
export function holdsSecrets({ ca, basic, metrics, tokens = {} }: SecretValues): boolean {
  return [ca, basic, metrics, ...Object.values(tokens)].some((value) => value !== undefined);
}

/** Whether a setting was given as a secret; Pulumi does not declare its function for this. */
function isSecret(key: string): boolean {
  return (runtime as { isConfigSecret?: (key: string) => boolean }).isConfigSecret?.(key) ?? true;
}
