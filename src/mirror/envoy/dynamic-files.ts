import { DynamicFile } from '../contract/dynamic-files';
import { metricsPaths, OLD_PREFIX, PUBLISHED_PATH, USER_HEADER } from '../contract/http';
import { FILTERS, message, TLS } from './types';

/** A place in a template, which the node agent fills. No value has a character with a meaning in JSON, so bash needs no escapes. */
export const placeholders = {
  /** Lines `user:{SHA}hash`, as base64. */
  users: '@USERS@',
  /** One or more fills of `templates.oldVersion`, separated by commas. */
  oldVersions: '@OLD_VERSIONS@',
  /** Version of a credential: 8 hexadecimal digits, with which its user name at the proxy ends. */
  version: '@VERSION@',
  /** Value of the header `authorization`, as base64; the word none while there is no credential. */
  credential: '@CREDENTIAL@',
  /** The node agent's metrics, as base64. */
  report: '@REPORT@',
  /** Status with which the proxy answers at `PUBLISHED_PATH`: 200 or 503. */
  status: '@STATUS@',
  /** Path of a file with certificate and key: letters, digits and the characters `. _ - /`. */
  certificate: '@CERTIFICATE@',
  /** Path of a file with CA certificates, of the same characters. */
  ca: '@CA@',
} as const;

/** Texts of JSON without a line end. bash replaces each placeholder, for example `${text//@USERS@/"$encoded"}`. */
export const templates = {
  /** `users.json` with `users`. */
  users: filter(DynamicFile.USERS, basicAuth()),
  /** `users.json` while no user has access. */
  usersNone: filter(DynamicFile.USERS, refusal()),
  /** `metrics-users.json` with `users`. */
  metricsUsers: filter(DynamicFile.METRICS_USERS, basicAuth()),
  /** `metrics-users.json` while no user has access. */
  metricsUsersNone: filter(DynamicFile.METRICS_USERS, refusal()),
  /** `old.json` with `oldVersions`. */
  old: filter(DynamicFile.OLD, oldCounter()).replace(`"${placeholders.oldVersions}"`, placeholders.oldVersions),
  /** `old.json` while the proxy accepts one version of the credential, or none. */
  oldNone: filter(DynamicFile.OLD, message(`${FILTERS}.rbac.v3.RBAC`)),
  /** One element of `oldVersions`, with `version`. */
  oldVersion: JSON.stringify({ header: { name: USER_HEADER, string_match: { suffix: `.${placeholders.version}` } } }),
  /** `injected.json` with `credential`. */
  injected: file(
    message(`${TLS}.Secret`, {
      name: DynamicFile.INJECTED,
      generic_secret: { secret: { inline_bytes: placeholders.credential } },
    }),
  ),
  /** `report.json` with `report` and `status`. */
  report: file(reportRoute()),
  /** Configuration with which `envoy --mode validate` checks an identity: `certificate` and `ca`. */
  identity: JSON.stringify(identityCheck()),
} as const;

function file(resource: object): string {
  return JSON.stringify({ resources: [resource] });
}

function filter(name: DynamicFile, config: object): string {
  return file(message('envoy.config.core.v3.TypedExtensionConfig', { name, typed_config: config }));
}

function basicAuth(): object {
  return message(`${FILTERS}.basic_auth.v3.BasicAuth`, {
    users: { inline_bytes: placeholders.users },
    forward_username_header: USER_HEADER,
  });
}

function refusal(): object {
  return message(`${FILTERS}.rbac.v3.RBAC`, { rules: { action: 'ALLOW', policies: {} } });
}

/** Lets every request pass, and counts the requests with an older version of the credential. */
function oldCounter(): object {
  const old = { permissions: [{ any: true }], principals: [placeholders.oldVersions] };
  return message(`${FILTERS}.rbac.v3.RBAC`, {
    shadow_rules_stat_prefix: OLD_PREFIX,
    shadow_rules: { action: 'ALLOW', policies: { old } },
  });
}

function reportRoute(): object {
  const contentType = {
    header: { key: 'content-type', value: 'text/plain; version=0.0.4' },
    append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
  };
  const report = {
    match: { path: metricsPaths.agent },
    direct_response: { status: 200, body: { inline_bytes: placeholders.report } },
    response_headers_to_add: [contentType],
  };
  // A number in quotes is a number, too, in Envoy's JSON.
  const published = { match: { path: PUBLISHED_PATH }, direct_response: { status: placeholders.status } };
  return message('envoy.config.route.v3.RouteConfiguration', {
    name: DynamicFile.REPORT,
    max_direct_response_body_size_bytes: 65_536,
    virtual_hosts: [{ name: DynamicFile.REPORT, domains: ['*'], routes: [report, published] }],
  });
}

/** Envoy reads certificate, key and CA of a client, and refuses a key of another certificate. */
function identityCheck(): object {
  const pair = { filename: placeholders.certificate };
  const context = message(`${TLS}.UpstreamTlsContext`, {
    common_tls_context: {
      tls_certificates: [{ certificate_chain: pair, private_key: pair }],
      validation_context: { trusted_ca: { filename: placeholders.ca } },
    },
  });
  const cluster = { name: 'identity', transport_socket: { name: 'tls', typed_config: context } };
  return { static_resources: { clusters: [cluster] } };
}
