import { FORM, type WrongInput, withRegistries, withSettings } from './wrong-input';

/** Public repositories that cannot be. */
export const publicRepositories: WrongInput[] = [
  {
    title: 'an official image without library',
    text: withSettings('publicRepositories: [docker.io/alpine]'),
    errors: [
      '5:26: clusters[0].publicRepositories[0]: got "docker.io/alpine"; official images of Docker Hub are below library: write docker.io/library/alpine',
    ],
  },
  {
    title: 'an image without a host',
    text: withSettings('publicRepositories: [alpine, library/alpine]'),
    errors: [
      `5:26: clusters[0].publicRepositories[0]: got "alpine"; ${FORM}: it begins with the host name of a registry`,
      `5:34: clusters[0].publicRepositories[1]: got "library/alpine"; ${FORM}: it begins with the host name of a registry`,
    ],
  },
  {
    title: 'another name of Docker Hub',
    text: withSettings('publicRepositories: [index.docker.io/alpine]'),
    errors: [
      '5:26: clusters[0].publicRepositories[0]: got "index.docker.io/alpine"; images of Docker Hub carry the name docker.io: write docker.io/library/alpine',
    ],
  },
  {
    title: 'a public tag',
    text: withSettings('publicRepositories: ["docker.io/library/alpine:3.20"]'),
    errors: [
      `5:26: clusters[0].publicRepositories[0]: got "docker.io/library/alpine:3.20"; ${FORM}: without tag and digest, as all images of a repository are public or none: write docker.io/library/alpine`,
    ],
  },
  {
    title: 'a public digest',
    text: withSettings('publicRepositories: ["docker.io/library/alpine@sha256:00"]'),
    errors: [
      `5:26: clusters[0].publicRepositories[0]: got "docker.io/library/alpine@sha256:00"; ${FORM}: without tag and digest, as all images of a repository are public or none: write docker.io/library/alpine`,
    ],
  },
  {
    title: 'a public URL',
    text: withSettings('publicRepositories: ["https://docker.io/library/alpine"]'),
    errors: [
      `5:26: clusters[0].publicRepositories[0]: got "https://docker.io/library/alpine"; ${FORM}: without scheme`,
    ],
  },
  {
    title: 'a host alone',
    text: withSettings('publicRepositories: [docker.io, docker.io/]'),
    errors: [
      `5:26: clusters[0].publicRepositories[0]: got "docker.io"; ${FORM}: the path is missing`,
      `5:37: clusters[0].publicRepositories[1]: got "docker.io/"; ${FORM}: the path is missing`,
    ],
  },
  {
    title: 'a whole registry',
    text: withSettings('publicRepositories: [docker.io/*]'),
    errors: [
      `5:26: clusters[0].publicRepositories[0]: got "docker.io/*"; ${FORM}: this is a whole registry, its private repositories too`,
    ],
  },
  {
    title: 'a star in the middle',
    text: withSettings('publicRepositories: [docker.io/*/alpine, docker.io/library/al*]'),
    errors: [
      `5:26: clusters[0].publicRepositories[0]: got "docker.io/*/alpine"; ${FORM}: * stands for everything below a path, at the end only`,
      `5:46: clusters[0].publicRepositories[1]: got "docker.io/library/al*"; ${FORM}: * stands for everything below a path, at the end only`,
    ],
  },
  {
    title: 'a path in upper case',
    text: withSettings('publicRepositories: [docker.io/Acme/app]'),
    errors: [`5:26: clusters[0].publicRepositories[0]: got "docker.io/Acme/app"; ${FORM}: in lower case`],
  },
  {
    title: 'a path that is no name',
    text: withSettings('publicRepositories: [docker.io/acme//app]'),
    errors: [
      `5:26: clusters[0].publicRepositories[0]: got "docker.io/acme//app"; ${FORM}: a part of the path has letters and digits, with '.', '_' or '-' between them`,
    ],
  },
  {
    title: 'a registry that is not mirrored',
    text: withSettings('publicRepositories: [quay.io/acme/app]'),
    errors: [
      '5:26: clusters[0].publicRepositories[0]: got "quay.io/acme/app"; quay.io is not mirrored: add it to registries, or leave this out',
    ],
  },
  {
    title: 'a public repository twice',
    text: withSettings('publicRepositories: [docker.io/acme/app, docker.io/acme/app]'),
    errors: [
      '5:46: clusters[0].publicRepositories[1]: got "docker.io/acme/app"; it is in the list already, as publicRepositories[0]',
    ],
  },
  {
    title: 'one that a wider one covers',
    text: withSettings('publicRepositories: [docker.io/acme/*, docker.io/acme/app/*]'),
    errors: [
      '5:44: clusters[0].publicRepositories[1]: got "docker.io/acme/app/*"; docker.io/acme/* says so already: leave this out',
    ],
  },
  {
    title: 'one of a registry that is wrong itself',
    text: withRegistries('["https://quay.io"]', 'publicRepositories: [quay.io/acme/app]'),
    errors: [
      '3:18: clusters[0].registries[0]: got "https://quay.io"; a registry is a host name in lower case, with a dot, without scheme, port or path: write quay.io',
    ],
  },
];
