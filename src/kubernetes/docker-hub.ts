/** Docker Hub as references name it. */
export const DOCKER_HUB = 'docker.io';

/** Docker Hub in docker's own configuration. */
export const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';

/** The host of Docker Hub's registry API. */
export const DOCKER_HUB_API = 'registry-1.docker.io';

/** All names of Docker Hub that a reference may begin with; the first is the one that the kubelet makes of a short form. */
export const DOCKER_HUB_NAMES: readonly string[] = [DOCKER_HUB, 'index.docker.io', DOCKER_HUB_API];

/** Other host names of Docker Hub. Images carry docker.io whichever of them serves. */
export const DOCKER_HUB_ALIASES: readonly string[] = ['index.docker.io', DOCKER_HUB_API, 'hub.docker.com'];

/** Other keys of Docker Hub in docker configurations. The kubelet ignores them, though they hold the credential. */
export const DOCKER_HUB_OTHER_KEYS: readonly string[] = ['hub.docker.com', 'registry.hub.docker.com'];
