import { type WrongInput, withRegistries, withSettings } from './wrong-input';

/** Files that are no YAML of the right form. */
export const form: WrongInput[] = [
  {
    title: 'an empty file',
    text: ``,
    errors: ['1:1: the file is empty; expected a mapping with the key clusters'],
  },
  {
    title: 'only comments',
    text: `# nothing yet
`,
    errors: ['1:1: the file is empty; expected a mapping with the key clusters'],
  },
  {
    title: 'a list',
    text: `- docker.io
`,
    errors: ['1:1: got a list; expected a mapping with the keys defaults, clusters'],
  },
  {
    title: 'a text',
    text: `registries
`,
    errors: ['1:1: got "registries"; expected a mapping with the keys defaults, clusters'],
  },
  {
    title: 'two documents',
    text: `clusters: []
---
clusters: []
`,
    errors: ['2:1: a second document begins here: put all clusters under one key clusters, and leave the line --- out'],
  },
  {
    title: 'an open quote',
    text: `clusters:
  - name: "one
`,
    errors: ['2:11: the quote " that begins here is not closed on this line: put one at its end'],
  },
  {
    title: 'a tab',
    text: `clusters:
	- name: one
`,
    errors: ['2:1: indentation is made of blanks, not tabs'],
  },
  {
    title: 'an open bracket',
    text: withRegistries('[docker.io'),
    errors: ['3:17: the [ that begins here has no end: close it with ]'],
  },
  {
    title: 'a mapping where a value is',
    text: `clusters: name: one
`,
    errors: [
      "1:11: a mapping cannot begin on this line: put it on the next one, indented, or put a text with ': ' in quotes",
    ],
  },
  {
    title: 'a tag',
    text: withSettings('platform: !local k3s'),
    errors: ['5:15: tags (!name) are not allowed here: leave it out'],
  },
  {
    title: 'an unknown anchor',
    text: withSettings('limits: *usual'),
    errors: ['5:13: an alias (*name) needs an anchor (&name) before it'],
  },
  {
    title: 'a key twice',
    text: withSettings('platform: k3s\n    platform: rke2'),
    errors: ['6:5: clusters[0].platform: this key is here twice: keep one'],
  },
  {
    title: 'a key twice, and its last value wrong',
    text: withSettings('platform: k3s\n    platform: K3S'),
    errors: [
      '6:5: clusters[0].platform: this key is here twice: keep one',
      '6:15: clusters[0].platform: got "K3S"; expected one of containerd, k3s, rke2, k0s, microk8s, talos, eks, gke, aks, kind: did you mean k3s?',
    ],
  },
  {
    title: 'an alias of itself',
    text: `clusters: &all [*all]
`,
    errors: [
      '1:1: the aliases (*name) of this file lead into themselves, to something that cannot be merged, or are too many',
    ],
  },
  {
    title: 'aliases without end',
    text: `clusters:
  - &a [x, x]
  - &b [*a, *a, *a, *a, *a, *a, *a, *a]
  - &c [*b, *b, *b, *b, *b, *b, *b, *b]
  - &d [*c, *c, *c, *c, *c, *c, *c, *c]
  - &e [*d, *d, *d, *d, *d, *d, *d, *d]
  - [*e, *e, *e, *e, *e, *e, *e, *e]
`,
    errors: [
      '1:1: the aliases (*name) of this file lead into themselves, to something that cannot be merged, or are too many',
    ],
  },
  {
    title: 'a mistake that aliases repeat',
    text: `clusters:
  - &one
    name: one
    registries: [Docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
  - <<: *one
    name: two
`,
    errors: [
      '4:18: clusters[0].registries[0]: got "Docker.io"; a registry is a host name in lower case, with a dot, without scheme, port or path: write docker.io',
    ],
  },
  {
    title: 'a merge of a text',
    text: `clusters:
  - <<: base
`,
    errors: [
      '1:1: the aliases (*name) of this file lead into themselves, to something that cannot be merged, or are too many',
    ],
  },
  {
    title: 'a key that is no text',
    text: `clusters:
  - ? [a]
    : b
`,
    errors: ['2:7: a key is a text'],
  },
];
