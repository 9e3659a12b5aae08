import { answers, held, narrowed, type Personality, type Shelf, type Who } from './personality';

const bearer = (path: string, service?: string) => (origin: string) =>
  `Bearer realm="${origin}${path}"${service === undefined ? '' : `,service="${service}"`}`;

/** Docker Hub: spinalcordtoolbox#5286, moby#45726 (a part that lacks), Kong/kubernetes-ingress-controller#7322 (foreign, also public). */
const dockerHub: Personality = {
  name: 'Docker Hub',
  driver: 'docker-hub',
  challenge: bearer('/token', 'registry.docker.io'),
  login: answers(200, 401, 200),
  tokens: {
    path: '/token',
    service: 'registry.docker.io',
    // Insufficient scopes are 401, as a dead token is. Only nobody gets less than was asked for (rotki#12926).
    scope: (who, repository, actions, shelf) => {
      if (who.kind === 'nobody') return narrowed(who, repository, actions, shelf);
      if (who.kind !== 'account') return 401;
      return actions.every((action) => who.account.rights[repository]?.includes(action)) ? [...actions] : 401;
    },
    form: 'specified',
    field: 'token',
  },
  refusal: 401,
};

/** GHCR: ark#532 and dex#2672 (a dead token is 403, as one for other repositories). Inferred: a scope is not cut down, the registry refuses. */
const ghcr: Personality = {
  name: 'GHCR',
  driver: 'ghcr',
  challenge: (origin) => `${bearer('/token', 'ghcr.io')(origin)},scope="repository:user/image:pull"`,
  login: answers(200, 403, 401),
  tokens: {
    path: '/token',
    service: 'ghcr.io',
    scope: (who, repository, actions, shelf) => {
      if (!held(who, repository, shelf).includes('pull')) return who.kind === 'nobody' ? 401 : 403;
      return who.kind === 'stranger' ? 403 : [...actions];
    },
    form: 'opaque',
    field: 'token',
  },
  refusal: 403,
};

/** Harbor: src/core/service/token/creator.go. Who is not known is nobody there, and gets what everybody has; asked for is not looked at. */
const harbor: Personality = {
  name: 'Harbor',
  driver: 'harbor',
  challenge: bearer('/service/token', 'harbor-registry'),
  login: answers(200, 401, 401),
  tokens: {
    path: '/service/token',
    service: 'harbor-registry',
    scope: (who, repository, _, shelf) => {
      const all = held(who, repository, shelf);
      return all.length === 3 ? [...all, '*'] : all;
    },
    form: 'specified',
    field: 'token',
  },
  refusal: 401,
};

/** Quay: endpoints/v2/v2auth.py; quay#6576. */
const quay: Personality = {
  name: 'Quay',
  driver: 'quay',
  challenge: bearer('/v2/auth', 'quay.io'),
  login: answers(200, 401, 401),
  tokens: {
    path: '/v2/auth',
    service: 'quay.io',
    scope: (who, repository, actions, shelf) => {
      if (who.kind === 'stranger') return 401;
      if (!actions.every((action) => ['pull', 'push', '*'].includes(action))) return 400;
      const there = shelf.repositories.has(repository);
      const may = who.kind === 'account' && (who.account.rights[repository] ?? []);
      if (may && !there && actions.includes('push') && may.includes('push')) shelf.repositories.add(repository);
      if (may && !there && actions.includes('*') && may.includes('*')) return 500;
      return narrowed(who, repository, actions, shelf);
    },
    form: 'specified',
    field: 'token',
  },
  refusal: 401,
  administers: true,
};

/** Gitea and Forgejo: gitea#36907, services/packages/auth.go, routers/api/packages. Scopes are not looked at; nobody gets a token too. */
const gitea: Personality = {
  name: 'Gitea',
  driver: 'gitea',
  challenge: (origin) =>
    `${bearer('/v2/token', 'container_registry')(origin)},scope="*", Basic realm="${origin}/v2",service="container_registry",scope="*"`,
  login: answers(200, 401, 200),
  tokens: {
    path: '/v2/token',
    service: 'container_registry',
    scope: ({ kind }, _, actions) => (kind === 'stranger' ? 401 : [...actions]),
    form: 'bare',
    field: 'token',
  },
  refusal: 401,
};

/** GitLab: app/services/auth/container_registry_authentication_service.rb, app/controllers/jwt_controller.rb. */
const gitlab: Personality = {
  name: 'GitLab',
  driver: 'gitlab',
  challenge: bearer('/jwt/auth', 'container_registry'),
  login: answers(200, 401, 403),
  tokens: {
    path: '/jwt/auth',
    service: 'container_registry',
    scope: (who, repository, actions, shelf) => {
      if (who.kind === 'stranger') return 401;
      const granted = narrowed(who, repository, actions, shelf);
      if (granted.includes('push')) shelf.repositories.add(repository);
      return granted;
    },
    form: 'specified',
    field: 'token',
  },
  refusal: 401,
};

/** ECR: basic authentication alone; aws-cli#4962 (a dead token is 400). Inferred: what a policy does not allow is 403. */
const ecr: Personality = {
  name: 'ECR',
  driver: 'ecr',
  challenge: (origin) => `Basic realm="${origin}/",service="ecr.amazonaws.com"`,
  login: answers(200, 400, 401),
  refusal: 403,
};

/** ACR: azure.github.io/acr/Token-BasicAuth.html. Inferred: it narrows, by the specification. */
const acr: Personality = {
  name: 'ACR',
  // As at ECR and Artifact Registry, pull tokens come by credential provider, which nobody asks: push tokens and the shared account are.
  driver: 'acr',
  challenge: bearer('/oauth2/token', 'kong.azurecr.io'),
  login: answers(200, 401, 401),
  tokens: {
    path: '/oauth2/token',
    service: 'kong.azurecr.io',
    scope: (who, ...asked) => (who.kind === 'account' ? narrowed(who, ...asked) : 401),
    form: 'specified',
    field: 'access_token',
  },
  refusal: 401,
};

/** Artifact Registry: no service, opaque tokens (watchtower#1895). Inferred: the registry itself refuses, with 403. */
const gar: Personality = {
  name: 'Artifact Registry',
  driver: 'gar',
  challenge: bearer('/v2/token'),
  login: answers(200, 401, 401),
  tokens: {
    path: '/v2/token',
    scope: ({ kind }, _, actions) => (kind === 'stranger' ? 401 : [...actions]),
    form: 'opaque',
    field: 'token',
  },
  refusal: 403,
};

/** Long-lived tokens of both are declared so, those that pull too. */
const longLived: Personality[] = [acr, gar].map((one) => ({
  ...one,
  name: `${one.name} (generic)`,
  driver: 'generic',
}));

/** Inferred: who has no right to a repository is told that it is not there, as the specification allows by NAME_UNKNOWN. */
const hiding: Personality = {
  name: 'a registry that hides by 404',
  driver: 'generic',
  challenge: () => 'Basic realm="all"',
  login: answers(200, 401, 401),
  refusal: 404,
};

/** The specification, as docker_auth has it: distribution.github.io/distribution/spec/auth/token. */
const specified: Personality = {
  name: 'the specification',
  driver: 'generic',
  challenge: bearer('/token', 'registry'),
  login: answers(200, 401, 200),
  tokens: {
    path: '/token',
    service: 'registry',
    scope: (who, ...asked) => (who.kind === 'stranger' ? 401 : narrowed(who, ...asked)),
    form: 'specified',
    field: 'token',
  },
  refusal: 401,
};

/** Nexus: the scheme in capitals (devcontainers/cli#884). */
const nexus: Personality = {
  name: 'Nexus',
  driver: 'generic',
  challenge: () => 'BASIC realm="Sonatype Nexus Repository Manager"',
  login: answers(200, 401, 401),
  refusal: 401,
};

/** Several challenges in one header, Basic first, and `access_token` (prowler#12691, renovate#41813). Inferred: all else is Gitea's. */
const several: Personality = {
  ...gitea,
  name: 'several challenges',
  driver: 'generic',
  challenge: (origin) => `Basic realm="all", ${bearer('/token', 'several')(origin)}`,
  login: answers(200, 401, 401),
  tokens: {
    path: '/token',
    service: 'several',
    scope: (who: Who, repository: string, actions: readonly string[], shelf: Shelf) =>
      held(who, repository, shelf).length > 0 ? [...actions] : 400,
    form: 'bare',
    field: 'access_token',
  },
};

/** All registries that are played. */
export const PERSONALITIES = [
  ...[dockerHub, ghcr, harbor, quay, gitea, gitlab],
  ...[ecr, acr, gar, ...longLived, hiding, specified, nexus, several],
];
