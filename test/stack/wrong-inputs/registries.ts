import { type WrongInput, withRegistries } from './wrong-input';

/** Registries that cannot be. */
export const registries: WrongInput[] = [
  {
    title: 'a blank',
    text: withRegistries('[docker.io, foo bar]'),
    errors: [
      '3:29: clusters[0].registries[1]: got "foo bar"; a registry is a host name in lower case, with a dot, without scheme, port or path, such as docker.io',
    ],
  },
  {
    title: 'upper case',
    text: withRegistries('[GHCR.io]'),
    errors: [
      '3:18: clusters[0].registries[0]: got "GHCR.io"; a registry is a host name in lower case, with a dot, without scheme, port or path: write ghcr.io',
    ],
  },
  {
    title: 'a scheme',
    text: withRegistries('["https://quay.io/"]'),
    errors: [
      '3:18: clusters[0].registries[0]: got "https://quay.io/"; a registry is a host name in lower case, with a dot, without scheme, port or path: write quay.io',
    ],
  },
  {
    title: 'a path',
    text: withRegistries('[ghcr.io/acme]'),
    errors: [
      '3:18: clusters[0].registries[0]: got "ghcr.io/acme"; a registry is a host name in lower case, with a dot, without scheme, port or path: write ghcr.io',
    ],
  },
  {
    title: 'a dot at the end',
    text: withRegistries('[quay.io.]'),
    errors: [
      '3:18: clusters[0].registries[0]: got "quay.io."; a registry is a host name in lower case, with a dot, without scheme, port or path: write quay.io',
    ],
  },
  {
    title: 'the port of https',
    text: withRegistries('["quay.io:443"]'),
    errors: [
      '3:18: clusters[0].registries[0]: got "quay.io:443"; a registry is a host name in lower case, with a dot, without scheme, port or path: write quay.io',
    ],
  },
  {
    title: 'another port',
    text: withRegistries('["registry.example.com:5000"]'),
    errors: [
      '3:18: clusters[0].registries[0]: got "registry.example.com:5000"; a registry with a port cannot be mirrored: containerd labels content by host name alone',
    ],
  },
  {
    title: 'no dot',
    text: withRegistries('[localhost]'),
    errors: [
      '3:18: clusters[0].registries[0]: got "localhost"; a registry is a host name in lower case, with a dot, without scheme, port or path, such as docker.io',
    ],
  },
  {
    title: 'a label that is too long',
    text: withRegistries(`[${'a'.repeat(64)}.io]`),
    errors: [
      '3:18: clusters[0].registries[0]: got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.io"; a registry is a host name in lower case, with a dot, without scheme, port or path, such as docker.io',
    ],
  },
  {
    title: 'other names of Docker Hub',
    text: withRegistries('[index.docker.io, registry-1.docker.io]'),
    errors: [
      '3:18: clusters[0].registries[0]: got "index.docker.io"; images of Docker Hub carry the name docker.io: write docker.io',
      '3:35: clusters[0].registries[1]: got "registry-1.docker.io"; images of Docker Hub carry the name docker.io: write docker.io',
    ],
  },
  {
    title: 'one twice',
    text: withRegistries('[docker.io, quay.io, docker.io]'),
    errors: ['3:38: clusters[0].registries[2]: got "docker.io"; it is in the list already, as registries[0]'],
  },
  {
    title: 'a star',
    text: withRegistries('["*"]'),
    errors: ['3:18: clusters[0].registries[0]: got "*"; to mirror every registry, write _default'],
  },
];
