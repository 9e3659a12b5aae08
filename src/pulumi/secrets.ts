import { type Input, type Output, output, secret } from '@pulumi/pulumi';
import { metadata } from '../kubernetes/names';
import { nearest } from '../settings/nearest';
import type { ResolvedObjects, ResolvedStack } from '../stack/resolve';
import { secretConfig } from '../tokens/model/docker-config';
import type { ResolvedToken, ResolvedTokens } from '../tokens/model/resolved';
import { certificate, fitting, line, privateKey, userName } from './fit-values';
import type { KubernetesObject } from './kubernetes-object';
import type { CredentialValues, SecretValues, TokenValues } from './secret-values';

/**
 * The Secrets of the values that are given.
 *
 * @param stack the resolved settings, which name the Secrets
 * @param values the values
 * @throws Error naming a value for which the settings have no Secret
 */
export function secretsOf(
  { mirror, tokens, objects: common }: ResolvedStack,
  values: SecretValues = {},
): KubernetesObject[] {
  const { authentication, metrics, namespace } = mirror;
  const { mutualTls, mounted } = authentication;
  const { ca, basic } = values;
  const named = (key: string, name: string | undefined, path: string) => {
    if (name === undefined) throw new Error(`secrets.${key}: the settings name no Secret for it: set ${path}`);
    return metadata(namespace, name);
  };
  const objects: KubernetesObject[] = [];
  if (ca) {
    const path = 'authentication.mutualTls.issuer.caSecret';
    const meta = named('ca', mutualTls?.issuer?.caSecret, path);
    const values = {
      'tls.crt': lines(fitting('secrets.ca.certificate', ca.certificate, certificate)),
      'tls.key': lines(fitting('secrets.ca.key', ca.key, privateKey)),
    };
    objects.push(secretObject(meta, 'kubernetes.io/tls', values));
  }
  const credential = (key: string, name: string | undefined, path: string, given: CredentialValues) => {
    const meta = named(key, name, path);
    const values = {
      username: fitting(`secrets.${key}.username`, given.username, userName),
      password: fitting(`secrets.${key}.password`, given.password, line),
    };
    objects.push(secretObject(meta, 'kubernetes.io/basic-auth', values));
  };
  if (basic) {
    const path = 'authentication.basic.credential.secret';
    // The Secret of a credential from a store belongs to the operator that brings it.
    const own = authentication.basic && !authentication.basic.externalSecret;
    credential('basic', own ? mounted.credential : undefined, path, basic);
  }
  if (values.metrics) {
    const name = metrics && authentication.basic && mounted.metricsCredential;
    credential('metrics', name, 'metrics, with authentication.basic', values.metrics);
  }
  return [...objects, ...tokenSecretsOf(tokens, values)].map((object) => withCommon(object, common));
}

/**
 * The Secrets of the tokens that are given.
 *
 * @param resolved the resolved tokens, which name the Secrets
 * @param values the tokens
 * @throws Error naming a token for which the settings have no Secret
 */
export function tokenSecretsOf(resolved: ResolvedTokens, { tokens = {} }: TokenValues = {}): KubernetesObject[] {
  const known = new Map(resolved.tokens.map((token) => [token.purpose, token]));
  return Object.entries(tokens).flatMap(([purpose, value]) => tokenSecrets(known, purpose, value));
}

function tokenSecrets(tokens: Map<string, ResolvedToken>, purpose: string, value: Input<string>): KubernetesObject[] {
  const token = tokens.get(purpose);
  const key = `secrets.tokens[${JSON.stringify(purpose)}]`;
  if (token === undefined) {
    const purposes = [...tokens.keys()];
    const meant = nearest(purpose, purposes);
    const hint = meant === undefined ? `purposes are ${purposes.join(', ') || 'none'}` : `is it ${meant}?`;
    throw new Error(`${key}: the settings have no token of this purpose; ${hint}`);
  }
  const why = withoutSecret(token);
  if (why !== undefined) throw new Error(`${key}: no Secret is made of it: ${why}`);
  const config = fitting(key, value, line).apply((password) => JSON.stringify(secretConfig(token, password)));
  return token.namespaces.map((namespace) =>
    secretObject(metadata(namespace, token.secret ?? ''), 'kubernetes.io/dockerconfigjson', {
      '.dockerconfigjson': config,
    }),
  );
}

function withoutSecret({ kind, secret: name, namespaces, externalSecret }: ResolvedToken): string | undefined {
  if (name === undefined) return 'a credential provider on the nodes brings the credential';
  if (externalSecret) return 'its externalSecret is made from a store';
  if (namespaces.length > 0) return undefined;
  return kind === 'push' ? 'it is for CI alone, as it has no workload' : 'no pods are bound to it, as bindTo is empty';
}

/** A text in PEM as files have it: `pulumi config set` takes the end of its last line away. */
function lines(pem: Input<string>): Output<string> {
  return output(pem).apply((text) => `${text.trimEnd()}\n`);
}

/** Values are secret from here on, whatever they were. */
function secretObject(meta: KubernetesObject['metadata'], type: string, values: { [key: string]: Input<string> }) {
  const data = Object.entries(values).map(([key, value]): [string, Output<string>] => [
    key,
    secret(output(value).apply((text) => Buffer.from(text).toString('base64'))),
  ]);
  return { apiVersion: 'v1', kind: 'Secret', metadata: meta, type, data: Object.fromEntries(data) };
}

/** With the user's labels and annotations of all objects. */
function withCommon(object: KubernetesObject, { labels, annotations }: ResolvedObjects): KubernetesObject {
  const { metadata } = object;
  const more = Object.keys(annotations).length > 0 ? { annotations } : {};
  return { ...object, metadata: { ...metadata, labels: { ...metadata.labels, ...labels }, ...more } };
}
