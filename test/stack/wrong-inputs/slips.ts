import { type WrongInput, withMutualTls, withRegistries, withSettings } from './wrong-input';

const QUOTE = 'the quote " that begins here is not closed on this line: put one at its end';
const BLANK = 'a no-break space (U+00A0) stands here, where YAML takes only a plain blank: replace it';
const DEEPER =
  'this line is indented deeper than the key before it, which has its value already, so YAML reads it as a part of that value: ';

/** A file with a wrong duration, and what is said of it. */
function duration(title: string, given: string, advice = ''): WrongInput {
  const place = '4:90: clusters[0].authentication.mutualTls.certificates.duration';
  return {
    title,
    text: withMutualTls(`{issuer: {caSecret: mirror-ca}, certificates: {duration: ${given}, renewBefore: 1h}}`),
    errors: [`${place}: got "${given}"; expected a number of whole hours, such as 720h${advice}`],
  };
}

/** Slips of form and spelling: each is told where it was made, also where YAML notices it later or not at all. */
export const slips: WrongInput[] = [
  {
    title: 'a quote that is open to the end',
    text: `clusters:
  - name: "one
    registries: [docker.io]
    platform: k3s
`,
    errors: [`2:11: ${QUOTE}`],
  },
  {
    title: 'a quote that a later one closes',
    text: `clusters:
  - name: "one
    registries: ["docker.io"]
`,
    errors: [`2:11: ${QUOTE}`],
  },
  {
    title: 'a quote that a later one closes in a list',
    text: withRegistries('["docker.io, ghcr.io]', 'imagePullSecrets: ["pull"]'),
    errors: [`3:18: ${QUOTE}`],
  },
  {
    title: 'an open single quote',
    text: withSettings("platform: 'k3s"),
    errors: ["5:15: the quote ' that begins here is not closed on this line: put one at its end"],
  },
  {
    title: 'an open brace',
    text: withSettings('limits: {requests: 100\n    platform: k3s'),
    errors: ['5:13: the { that begins here has no end: close it with }'],
  },
  {
    title: 'a key that is indented too deep',
    text: `clusters:
  - name: one
      registries: [docker.io]
`,
    errors: [`3:7: ${DEEPER}begin it in column 5`],
  },
  {
    title: 'a key that is indented too little',
    text: `clusters:
  - name: one
   registries: [docker.io]
`,
    errors: [
      "3:4: the indentation does not fit: the items of a list, each with '- ', and the keys of a mapping begin in the same column",
    ],
  },
  {
    title: 'an item that is indented too deep',
    text: withRegistries('\n      - docker.io\n        - ghcr.io'),
    errors: [
      '5:9: this line is indented deeper than the item before it, so YAML reads it as a part of that item: begin it in the same column',
    ],
  },
  {
    title: 'a tab before a key',
    text: `clusters:
  - name: one
\tregistries: [docker.io]
`,
    errors: ['3:1: indentation is made of blanks, not tabs'],
  },
  {
    title: 'no blank after a colon',
    text: `clusters:
  - name:one
    registries: [docker.io]
`,
    errors: ["2:9: after the ':' of a key a blank is missing"],
  },
  {
    title: 'a no-break space before a key',
    text: `clusters:
  - name: one
    \u00a0registries: [docker.io]
`,
    errors: [`3:5: ${BLANK}`],
  },
  {
    title: 'no-break spaces as indentation, after a colon and after a dash',
    text: `clusters:
  - name:\u00a0one
\u00a0\u00a0\u00a0\u00a0registries:
      -\u00a0docker.io
`,
    errors: [`2:10: ${BLANK}`, `3:1: ${BLANK}`, `4:8: ${BLANK}`],
  },
  {
    title: 'another blank that is none',
    text: withSettings('platform: k3s\u3000'),
    errors: ['5:18: the character U+3000 stands here, where YAML takes only a plain blank: replace it'],
  },
  {
    title: 'an abbreviation of a key',
    text: `clusters:
  - name: one
    registries: [docker.io]
    authentication: {mtls: {issuer: {caSecret: mirror-ca}}}
`,
    errors: [
      '4:22: clusters[0].authentication.mtls: there is no such key here; did you mean mutualTls? known here: mutualTls, basic, present, permissive',
    ],
  },
  {
    title: 'an abbreviation of a word',
    text: `clusters:
  - name: one
    registries: [docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}, present: mTLS}
`,
    errors: [
      '4:75: clusters[0].authentication.present: got "mTLS"; expected one of basic, mutualTls: did you mean mutualTls?',
    ],
  },
  duration('days', '90d', ': write 2160h'),
  duration('a duration as Go prints it', '2160h0m0s', ': write 2160h'),
  duration('a duration in words', '2 weeks', ': write 336h'),
  duration('minutes of whole hours', '120m', ': write 2h'),
  duration('half an hour, which is no whole number of them', '30m'),
  duration('months, which have no length', '3mo'),
  {
    title: 'expected references where names',
    text: withSettings('imagePullSecrets: [{name: regcred}]'),
    errors: ['5:24: clusters[0].imagePullSecrets[0]: got a mapping; expected a text: write the name alone, regcred'],
  },
];
