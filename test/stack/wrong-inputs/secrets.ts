import { ADVICE, type WrongInput, withMutualTls, withRegistries, withSettings } from './wrong-input';

// Put together here, so that no scanner takes them for real ones.
const GITHUB = ['ghp', 'gho', 'ghs', 'ghu', 'ghr', 'github_pat'].map((prefix) => `${prefix}_0123456789abcdef`);

/** Secrets that were pasted. */
export const secrets: WrongInput[] = [
  {
    title: 'a private key',
    text: withMutualTls('{issuer: {caSecret: "-----BEGIN EC PRIVATE KEY----- MHcC"}}'),
    errors: [
      `4:53: clusters[0].authentication.mutualTls.issuer.caSecret: got (hidden); this looks like a key or certificate (PEM): ${ADVICE}`,
    ],
  },
  {
    title: 'a private key over several lines',
    text: `clusters:
  - name: one
    registries: [docker.io]
    authentication:
      mutualTls:
        issuer:
          caSecret: |
            -----BEGIN PRIVATE KEY-----
            MHcC
            -----END PRIVATE KEY-----
`,
    errors: [
      `7:21: clusters[0].authentication.mutualTls.issuer.caSecret: got (hidden); this looks like a key or certificate (PEM): ${ADVICE}`,
    ],
  },
  {
    title: 'a private key that breaks the file',
    text: `clusters:
  - name: one
    caKey: -----BEGIN PRIVATE KEY-----
MHcC
-----END PRIVATE KEY-----
`,
    errors: [
      `3:12: got (hidden); this looks like a key or certificate (PEM): ${ADVICE}`,
      "4:1: a key stands on one line, with ':' and a blank after it",
    ],
  },
  {
    title: 'dockerconfigjson',
    text: withSettings('imagePullSecrets: [\'{"auths":{"docker.io":{"auth":"dTpw"}}}\']'),
    errors: [
      `5:24: clusters[0].imagePullSecrets[0]: got (hidden); this looks like registry credentials (dockerconfigjson): ${ADVICE}`,
    ],
  },
  {
    title: 'dockerconfigjson in base64',
    text: withSettings(`imagePullSecrets: [${Buffer.from('{ "auths": {"docker.io":{}}}').toString('base64')}]`),
    errors: [
      `5:24: clusters[0].imagePullSecrets[0]: got (hidden); this looks like registry credentials (dockerconfigjson): ${ADVICE}`,
    ],
  },
  {
    title: 'dockerconfigjson as a mapping',
    text: withSettings('imagePullSecrets: [{"auths":{"docker.io":{"auth":"dTpw"}}}]'),
    errors: [
      '5:24: clusters[0].imagePullSecrets[0]: got a mapping; expected a text',
      `5:54: clusters[0].imagePullSecrets[0].auths["docker.io"].auth: got (hidden); by its name a secret: ${ADVICE}`,
    ],
  },
  {
    title: 'tokens of Docker',
    text: withSettings(`imagePullSecrets: [dckr_${'pat'}_abc, dckr_${'oat'}_abc]`),
    errors: [
      `5:24: clusters[0].imagePullSecrets[0]: got (hidden); this looks like an access token of Docker: ${ADVICE}`,
      `5:38: clusters[0].imagePullSecrets[1]: got (hidden); this looks like an access token of Docker: ${ADVICE}`,
    ],
  },
  {
    title: 'tokens of GitHub',
    text: withSettings(`imagePullSecrets: [${GITHUB.join(', ')}]`),
    errors: [
      `5:24: clusters[0].imagePullSecrets[0]: got (hidden); this looks like an access token of GitHub: ${ADVICE}`,
      `5:46: clusters[0].imagePullSecrets[1]: got (hidden); this looks like an access token of GitHub: ${ADVICE}`,
      `5:68: clusters[0].imagePullSecrets[2]: got (hidden); this looks like an access token of GitHub: ${ADVICE}`,
      `5:90: clusters[0].imagePullSecrets[3]: got (hidden); this looks like an access token of GitHub: ${ADVICE}`,
      `5:112: clusters[0].imagePullSecrets[4]: got (hidden); this looks like an access token of GitHub: ${ADVICE}`,
      `5:134: clusters[0].imagePullSecrets[5]: got (hidden); this looks like an access token of GitHub: ${ADVICE}`,
    ],
  },
  {
    title: 'a token of GitLab',
    text: withSettings(`imagePullSecrets: [glpat${'-'}0123456789abcdef]`),
    errors: [
      `5:24: clusters[0].imagePullSecrets[0]: got (hidden); this looks like an access token of GitLab: ${ADVICE}`,
    ],
  },
  {
    title: 'a key of AWS',
    text: withSettings(`imagePullSecrets: [AKIA${'0123456789ABCDEF'}]`),
    errors: [`5:24: clusters[0].imagePullSecrets[0]: got (hidden); this looks like an access key of AWS: ${ADVICE}`],
  },
  {
    title: 'a token of Slack',
    text: withSettings(`imagePullSecrets: [xoxb${'-'}0123456789]`),
    errors: [
      `5:24: clusters[0].imagePullSecrets[0]: got (hidden); this looks like an access token of Slack: ${ADVICE}`,
    ],
  },
  {
    title: 'a signed token',
    text: withSettings('namespace: eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2lnbmF0dXJl'),
    errors: [`5:16: clusters[0].namespace: got (hidden); this looks like a signed token (JWT): ${ADVICE}`],
  },
  {
    title: 'a URL with a password',
    text: withRegistries('["https://user:pass@registry.example.com"]'),
    errors: [`3:18: clusters[0].registries[0]: got (hidden); this looks like a URL with a password: ${ADVICE}`],
  },
  {
    title: 'a password',
    text: withSettings('password: hunter2'),
    errors: [`5:15: clusters[0].password: got (hidden); by its name a secret: ${ADVICE}`],
  },
  {
    title: 'a token deeper',
    text: withSettings('images: {registryPrefix: r.example.com, auth: dTpw, secretKey: 5}'),
    errors: [
      `5:51: clusters[0].images.auth: got (hidden); by its name a secret: ${ADVICE}`,
      `5:68: clusters[0].images.secretKey: got (hidden); by its name a secret: ${ADVICE}`,
    ],
  },
  {
    title: 'tls.key',
    text: withMutualTls('{issuer: {caSecret: mirror-ca, tls.key: abc}}'),
    errors: [
      `4:73: clusters[0].authentication.mutualTls.issuer["tls.key"]: got (hidden); by its name a secret: ${ADVICE}`,
    ],
  },
  {
    title: 'a token as a key',
    text: withSettings(`glpat${'-'}0123456789abcdef: {name: x}`),
    errors: [`5:5: clusters[0].(hidden): this key looks like an access token of GitLab: ${ADVICE}`],
  },
  {
    title: 'a token as a label',
    text: withSettings(`nodeSelector: {glpat${'-'}0123456789abcdef: x}`),
    errors: [`5:20: clusters[0].nodeSelector.(hidden): this key looks like an access token of GitLab: ${ADVICE}`],
  },
];
