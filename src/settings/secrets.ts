/** What a secret looks like. The services named here are the ones whose tokens have a shape of their own. */
interface Shape {
  readonly kind: string;
  readonly pattern: RegExp;
}

const SHAPES: Shape[] = [
  { kind: 'a key or certificate (PEM)', pattern: /-----BEGIN [A-Z0-9 ]+-----/ },
  { kind: 'registry credentials (dockerconfigjson)', pattern: /"auths"\s*:/ },
  { kind: 'an access token of Docker', pattern: /dckr_[op]at_\S/ },
  { kind: 'an access token of GitHub', pattern: /(?:gh[posur]_|github_pat_)\w{8}/ },
  { kind: 'an access token of GitLab', pattern: /glpat-[-\w]{8}/ },
  { kind: 'an access key of AWS', pattern: /AKIA[A-Z0-9]{12}/ },
  { kind: 'an access token of Slack', pattern: /xox[a-z]-[-\w]{8}/ },
  { kind: 'a signed token (JWT)', pattern: /eyJ[-\w]{5,}\.[-\w]{5,}\.[-\w]*/ },
  { kind: 'a URL with a password', pattern: /\/\/[^\s/@:]*:[^\s/@]+@/ },
];

const BASE64 = /^[A-Za-z0-9+/_\s-]{20,}={0,2}\s*$/;

/**
 * What kind of secret a text is or holds, if any, in words.
 *
 * @param text a value or a key
 */
export function secretKind(text: string): string | undefined {
  const plain = BASE64.test(text) ? `${text}\n${Buffer.from(text, 'base64').toString('latin1')}` : text;
  return SHAPES.find((shape) => shape.pattern.test(plain))?.kind;
}

/** Where in a text something looks like a secret, and what it looks like. */
export function secretsIn(text: string): { readonly offset: number; readonly kind: string }[] {
  return SHAPES.flatMap(({ kind, pattern }) =>
    [...text.matchAll(new RegExp(pattern, 'g'))].map((match) => ({ offset: match.index, kind })),
  );
}

const SECRET_NAMES =
  /^(?:.*(?:password|passwd|passphrase|secretkey|privatekey|apikey|accesskey|token)|pwd|auth|tlskey|cakey|dockerconfigjson|clientsecret|credentials?)$/;

/**
 * Whether a key is one that people give to secrets, such as password or tls.key.
 *
 * @param key a key
 */
export function isSecretName(key: string): boolean {
  return SECRET_NAMES.test(key.toLowerCase().replace(/[^a-z]/g, ''));
}
