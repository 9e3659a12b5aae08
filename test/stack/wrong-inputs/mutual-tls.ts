import { ADVICE, type WrongInput, withMutualTls } from './wrong-input';

/** Certificates that cannot be had, or whose signer is not known. */
export const mutualTls: WrongInput[] = [
  {
    title: 'no issuer',
    text: withMutualTls('{}'),
    errors: ['4:33: clusters[0].authentication.mutualTls: issuer or secrets is missing: name one'],
  },
  {
    title: 'no issuer, but a trust domain',
    text: withMutualTls('{trustDomain: example.com, certificates: {}}'),
    errors: ['4:33: clusters[0].authentication.mutualTls: issuer or secrets is missing: name one'],
  },
  {
    title: 'an issuer and certificates of your own',
    text: withMutualTls('{issuer: {caSecret: mirror-ca}, secrets: {}, certificates: {}}'),
    errors: ['4:33: clusters[0].authentication.mutualTls: issuer and secrets contradict each other: keep one'],
  },
  {
    title: 'two issuers',
    text: withMutualTls('{issuer: {caSecret: mirror-ca, ref: {name: ca}}}'),
    errors: ['4:42: clusters[0].authentication.mutualTls.issuer: caSecret and ref contradict each other: keep one'],
  },
  {
    title: 'a kind that cert-manager has not',
    text: withMutualTls('{issuer: {ref: {name: ca, kind: VaultIssuer}}}'),
    errors: [
      '4:65: clusters[0].authentication.mutualTls.issuer.ref.kind: got "VaultIssuer"; cert-manager.io has the kinds Issuer and ClusterIssuer: for another issuer give its group too',
    ],
  },
  {
    title: 'wishes for certificates of your own',
    text: withMutualTls('{secrets: {}, certificates: {duration: 24h}}'),
    errors: [
      '4:61: clusters[0].authentication.mutualTls.certificates: it is what cert-manager is asked for, and with secrets you make certificates yourself: leave it out',
    ],
  },
  {
    title: 'a key in the place of its Secret',
    text: withMutualTls('{secrets: {peer: {tls.key: abc}}}'),
    errors: [
      '4:50: clusters[0].authentication.mutualTls.secrets.peer: got a mapping; expected a text',
      `4:60: clusters[0].authentication.mutualTls.secrets.peer["tls.key"]: got (hidden); by its name a secret: ${ADVICE}`,
    ],
  },
  {
    title: 'a renewal after the end',
    text: withMutualTls('{issuer: {caSecret: mirror-ca}, certificates: {duration: 24h, renewBefore: 25h}}'),
    errors: [
      '4:108: clusters[0].authentication.mutualTls.certificates.renewBefore: got "25h"; certificates are valid for 24h (duration), so they would be renewed all the time: make it smaller',
    ],
  },
  {
    title: 'a renewal without end',
    text: withMutualTls('{issuer: {caSecret: mirror-ca}, certificates: {renewBefore: 720h}}'),
    errors: [
      '4:93: clusters[0].authentication.mutualTls.certificates.renewBefore: got "720h"; certificates are valid for 720h (duration), so they would be renewed all the time: make it smaller',
    ],
  },
  {
    title: 'a duration in days and a renewal in minutes',
    text: withMutualTls('{issuer: {caSecret: mirror-ca}, certificates: {duration: 30d, renewBefore: 90m}}'),
    errors: [
      '4:90: clusters[0].authentication.mutualTls.certificates.duration: got "30d"; expected a number of whole hours, such as 720h: write 720h',
      '4:108: clusters[0].authentication.mutualTls.certificates.renewBefore: got "90m"; expected a number of whole hours, such as 240h',
    ],
  },
  {
    title: 'a duration of nothing',
    text: withMutualTls('{issuer: {caSecret: mirror-ca}, certificates: {duration: 0h}}'),
    errors: [
      '4:90: clusters[0].authentication.mutualTls.certificates.duration: got "0h"; expected a number of whole hours, such as 720h',
    ],
  },
  {
    title: 'a kind of keys in other letters',
    text: withMutualTls('{issuer: {caSecret: mirror-ca}, certificates: {keyAlgorithm: ecdsa-p256}}'),
    errors: [
      '4:94: clusters[0].authentication.mutualTls.certificates.keyAlgorithm: got "ecdsa-p256"; expected one of ECDSA-P256, ECDSA-P384, RSA-2048, RSA-3072, RSA-4096: did you mean ECDSA-P256?',
    ],
  },
  {
    title: 'keys that are too short',
    text: withMutualTls('{issuer: {caSecret: mirror-ca}, certificates: {keyAlgorithm: RSA-1024}}'),
    errors: [
      '4:94: clusters[0].authentication.mutualTls.certificates.keyAlgorithm: got "RSA-1024"; expected one of ECDSA-P256, ECDSA-P384, RSA-2048, RSA-3072, RSA-4096',
    ],
  },
  {
    title: 'a common name that leaves no room for the identity',
    text: withMutualTls(`{issuer: {caSecret: mirror-ca}, certificates: {commonName: ${'a'.repeat(57)}}}`),
    errors: [
      `4:92: clusters[0].authentication.mutualTls.certificates.commonName: got "${'a'.repeat(57)}"; expected at most 56 characters`,
    ],
  },
  {
    title: 'a common name that is no domain',
    text: withMutualTls('{issuer: {caSecret: mirror-ca}, certificates: {commonName: Our mirror}}'),
    errors: [
      '4:92: clusters[0].authentication.mutualTls.certificates.commonName: got "Our mirror"; expected a DNS name in lower case, such as mirror.example.com',
    ],
  },
  {
    title: 'a subject that X.509 does not allow',
    text: withMutualTls(
      `{issuer: {caSecret: mirror-ca}, certificates: {subject: {organizations: ["", ${'a'.repeat(65)}], countries: [Germany, DE, DE], serialNumber: ß}}}`,
    ),
    errors: [
      '4:106: clusters[0].authentication.mutualTls.certificates.subject.organizations[0]: got ""; expected a text of 1 to 64 characters',
      `4:110: clusters[0].authentication.mutualTls.certificates.subject.organizations[1]: got "${'a'.repeat(65)}"; expected a text of 1 to 64 characters`,
      '4:190: clusters[0].authentication.mutualTls.certificates.subject.countries[0]: got "Germany"; expected two capital letters, such as DE',
      '4:203: clusters[0].authentication.mutualTls.certificates.subject.countries[2]: got "DE"; it is in the list already, as countries[1]',
      '4:222: clusters[0].authentication.mutualTls.certificates.subject.serialNumber: got "ß"; expected a text of printable ASCII characters, such as 4711',
    ],
  },
  {
    title: 'a field of a subject in the singular, and a postal code that is a number',
    text: withMutualTls(
      '{issuer: {caSecret: mirror-ca}, certificates: {subject: {organization: [a], postalCodes: [94105]}}}',
    ),
    errors: [
      '4:90: clusters[0].authentication.mutualTls.certificates.subject.organization: there is no such key here; did you mean organizations? known here: organizations, organizationalUnits, countries, provinces, localities, streetAddresses, postalCodes, serialNumber',
      '4:123: clusters[0].authentication.mutualTls.certificates.subject.postalCodes[0]: got 94105; expected a text: put it in quotes',
    ],
  },
  {
    title: 'a bundle that is nowhere',
    text: withMutualTls('{issuer: {caSecret: mirror-ca}, trust: {key: bundle.pem}}'),
    errors: ['4:72: clusters[0].authentication.mutualTls.trust: configMap or secret is missing: name one'],
  },
  {
    title: 'two bundles',
    text: withMutualTls('{issuer: {caSecret: mirror-ca}, trust: {configMap: bundle, secret: bundle}}'),
    errors: ['4:72: clusters[0].authentication.mutualTls.trust: configMap and secret contradict each other: keep one'],
  },
  {
    title: 'a key of a bundle that leads elsewhere',
    text: withMutualTls('{issuer: {caSecret: mirror-ca}, trust: {configMap: bundle, key: ..}}'),
    errors: [
      `4:97: clusters[0].authentication.mutualTls.trust.key: got ".."; expected a key of a ConfigMap or Secret: letters, digits, '-', '_' and '.', such as ca.crt`,
    ],
  },
];
