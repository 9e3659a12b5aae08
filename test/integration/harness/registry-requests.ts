const hex = 'a1'.repeat(32);

/** A digest. */
export const digest = `sha256:${hex}`;

/** A request for a blob, as containerd sends it. */
export const blob = `/v2/library/alpine/blobs/${digest}?ns=docker.io`;

/** Repositories that the tests declare public: one, all below a folder, and one of another host. */
export const publicRepositories = ['docker.io/library/alpine', 'ghcr.io/team/*', 'quay.io/some.one/app'];

interface Paths {
  readonly [title: string]: string;
}

/** Requests that reach Spegel as they were sent. */
export const allowed: Paths = {
  'a blob': blob,
  'a blob of another registry': `/v2/team/app/blobs/${digest}?ns=ghcr.io`,
  'a blob of a name with every separator': `/v2/a.b/c_d/e__f/g---h/blobs/${digest}?ns=a.example.com`,
  'a manifest of the one public repository': '/v2/library/alpine/manifests/3.20?ns=docker.io',
  'the same by digest': `/v2/library/alpine/manifests/${digest}?ns=docker.io`,
  'a manifest below the public folder': '/v2/team/app/manifests/latest?ns=ghcr.io',
  'a manifest deep below it': `/v2/team/a/b/c/manifests/${digest}?ns=ghcr.io`,
  'a manifest of the public one of another host': '/v2/some.one/app/manifests/v1_0-rc.1?ns=quay.io',
};

/** Other spellings of `blob`: they reach Spegel as that, so that both read the same. */
export const respelt: Paths = {
  'a path with dots, as what it means': `/v2/x/../library/./alpine/blobs/${digest}?ns=docker.io`,
  'a path with encoded dots': `/v2/x/%2e%2E/library/alpine/blobs/${digest}?ns=docker.io`,
  'a path with double slashes': `//v2//library/alpine///blobs/${digest}?ns=docker.io`,
  'a blob that a way round a manifest leads to': `/v2/library/alpine/manifests/../blobs/${digest}?ns=docker.io`,
};

const hidden = '/v2/library/private';

/** Requests that get a bare 404. */
export const notFound: Paths = {
  'the root': '/',
  'the API itself': '/v2/',
  'the API itself, without a slash': '/v2',
  'the list of repositories': '/v2/_catalog?ns=docker.io',
  'the tags of a repository': '/v2/library/alpine/tags/list?ns=docker.io',
  'what refers to an image': `/v2/library/alpine/referrers/${digest}?ns=docker.io`,
  'an upload': '/v2/x/blobs/uploads/?ns=docker.io',
  'a running upload': '/v2/x/blobs/uploads/0123?ns=docker.io',
  'a private manifest by tag': `${hidden}/manifests/latest?ns=docker.io`,
  'a private manifest by digest': `${hidden}/manifests/${digest}?ns=docker.io`,
  'a private manifest by a way round a blob': `${hidden}/blobs/${digest}/../../manifests/latest?ns=docker.io`,
  'a private manifest by encoded dots': `/v2/library/alpine/%2e%2e/private/manifests/latest?ns=docker.io`,
  'a private manifest with an encoded letter': `${hidden}/%6danifests/latest?ns=docker.io`,
  'a private manifest with double slashes': `//v2//library/private//manifests//latest?ns=docker.io`,
  'the public name with a letter more': '/v2/library/alpine2/manifests/latest?ns=docker.io',
  'the public name with a letter before': '/v2/library/xalpine/manifests/latest?ns=docker.io',
  'a repository below the one public': '/v2/library/alpine/x/manifests/latest?ns=docker.io',
  'the public name below another': '/v2/x/v2/library/alpine/manifests/latest?ns=docker.io',
  'the public name at another registry': '/v2/library/alpine/manifests/latest?ns=ghcr.io',
  'the public folder itself': '/v2/team/manifests/latest?ns=ghcr.io',
  'beside the public folder': '/v2/teams/app/manifests/latest?ns=ghcr.io',
  'out of the public folder': '/v2/team/../library/private/manifests/latest?ns=ghcr.io',
  'a dot of a public name as any letter': '/v2/some-one/app/manifests/latest?ns=quay.io',
  'a dot of a public host as any letter': '/v2/library/alpine/manifests/latest?ns=dockerxio',
  'a public manifest without its registry': '/v2/library/alpine/manifests/latest',
  'a public manifest with two registries': '/v2/library/alpine/manifests/latest?ns=docker.io&ns=ghcr.io',
  'a public manifest with two registries, turned': '/v2/library/alpine/manifests/latest?ns=ghcr.io&ns=docker.io',
  'a public manifest with an encoded second registry': '/v2/team/app/manifests/latest?n%73=docker.io&ns=ghcr.io',
  'a public manifest and something behind it': '/v2/library/alpine/manifests/latest/x?ns=docker.io',
  'a public manifest by no valid tag': '/v2/library/alpine/manifests/-latest?ns=docker.io',
  'a public manifest by another kind of digest': `/v2/library/alpine/manifests/sha512:${hex}?ns=docker.io`,
  'a blob without its registry': `/v2/library/alpine/blobs/${digest}`,
  'a blob with an empty registry': `/v2/library/alpine/blobs/${digest}?ns=`,
  'a blob with its registry twice': `${blob}&ns=docker.io`,
  'a blob with an encoded key': `/v2/library/alpine/blobs/${digest}?n%73=docker.io`,
  'a blob with an encoded registry': `/v2/library/alpine/blobs/${digest}?ns=docker%2Eio`,
  'a blob with a key in upper case': `/v2/library/alpine/blobs/${digest}?NS=docker.io`,
  'a blob with another key first': `/v2/library/alpine/blobs/${digest}?a=b&ns=docker.io`,
  'a blob with another key behind': `${blob}&a=b`,
  'a blob with a semicolon': `${blob};a=b`,
  'a blob with a port in its registry': `${blob}:5000`,
  'a blob with a user in its registry': `/v2/library/alpine/blobs/${digest}?ns=a@docker.io`,
  'a blob with an IPv6 address as its registry': `/v2/library/alpine/blobs/${digest}?ns=[::1]`,
  'a blob with a path in its registry': `${blob}/x`,
  'a blob with two question marks': `/v2/library/alpine/blobs/${digest}??ns=docker.io`,
  'a blob by tag': '/v2/library/alpine/blobs/latest?ns=docker.io',
  'a blob by another kind of digest': `/v2/library/alpine/blobs/sha512:${hex}${hex}?ns=docker.io`,
  'a blob by a digest in upper case': `/v2/library/alpine/blobs/${digest.toUpperCase()}?ns=docker.io`,
  'a blob by a digest that is too short': `/v2/library/alpine/blobs/${digest.slice(0, -1)}?ns=docker.io`,
  'a blob by a digest that is too long': `/v2/library/alpine/blobs/${digest}0?ns=docker.io`,
  'a blob and a slash': `/v2/library/alpine/blobs/${digest}/?ns=docker.io`,
  'a blob without a repository': `/v2/blobs/${digest}?ns=docker.io`,
  'a blob of a name in upper case': `/v2/Library/alpine/blobs/${digest}?ns=docker.io`,
  'a blob of a name that begins with a dash': `/v2/-x/blobs/${digest}?ns=docker.io`,
  'a blob of a name with a digest in it': `/v2/x/manifests/${digest}/blobs/${digest}?ns=docker.io`,
  'a blob of another version': `/v1/library/alpine/blobs/${digest}?ns=docker.io`,
  'a blob behind something': `/x/v2/library/alpine/blobs/${digest}?ns=docker.io`,
  "Spegel's metrics": '/metrics',
  profiles: '/debug/pprof/',
  "Spegel's page": '/debug/web/',
  health: '/readyz',
  "the proxy's administration": '/config_dump',
};

/** Paths that are no paths for the proxy: 400. */
export const malformed: Paths = {
  'an encoded slash': `/v2/library%2falpine/blobs/${digest}?ns=docker.io`,
  'an encoded slash in upper case': `/v2/library%2Falpine/blobs/${digest}?ns=docker.io`,
  'an encoded backslash': `/v2/library%5calpine/blobs/${digest}?ns=docker.io`,
  'an encoded end': `/v2/library/alpine/blobs/${digest}%00?ns=docker.io`,
  'a fragment': `${blob}#manifests`,
};

/** Methods other than GET and HEAD: 405, whatever the path. */
export const methods = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'];
