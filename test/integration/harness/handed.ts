import { createHash } from 'node:crypto';
import type { Files } from './mounted-folder';

const EXTENSION = 'type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig';
const FILTERS = 'type.googleapis.com/envoy.extensions.filters.http';

/** A user name and a password. */
export interface User {
  readonly name: string;
  readonly password: string;
}

/** What the node agent hands over when nobody may come in by a password. */
export function handedToRefuse(): Files {
  return {
    'users.json': filter('users', refuseAll),
    'metrics-users.json': filter('metrics-users', refuseAll),
    'old.json': filter('old', { '@type': `${FILTERS}.rbac.v3.RBAC` }),
    'injected.json': injected('none'),
    'report.json': report('nothing to report\n'),
  };
}

/** What it hands over for users that may come in, of whom the last is shown to peers. */
export function handedFor(users: readonly User[], old: readonly string[] = []): Files {
  const last = users.at(-1);
  const permissive = {
    shadow_rules_stat_prefix: 'old_',
    shadow_rules: {
      action: 'ALLOW',
      policies: {
        old: {
          permissions: [{ any: true }],
          principals: old.map((exact) => ({ header: { name: 'x-mirror-user', string_match: { exact } } })),
        },
      },
    },
  };
  return {
    'users.json': filter('users', accept(users)),
    'old.json': filter('old', { '@type': `${FILTERS}.rbac.v3.RBAC`, ...(old.length > 0 ? permissive : {}) }),
    ...(last ? { 'injected.json': injected(authorization(last)) } : {}),
  };
}

/** What it hands over for the users that may read metrics. */
export function handedForMetrics(users: readonly User[]): Files {
  return { 'metrics-users.json': filter('metrics-users', accept(users)) };
}

/** The header that a user sends. */
export function authorization({ name, password }: User): string {
  return `Basic ${base64(`${name}:${password}`)}`;
}

const refuseAll = { '@type': `${FILTERS}.rbac.v3.RBAC`, rules: { action: 'ALLOW', policies: {} } };

function accept(users: readonly User[]): object {
  const lines = users.map(
    ({ name, password }) => `${name}:{SHA}${createHash('sha1').update(password).digest('base64')}\n`,
  );
  return {
    '@type': `${FILTERS}.basic_auth.v3.BasicAuth`,
    users: { inline_bytes: base64(lines.join('')) },
    forward_username_header: 'x-mirror-user',
  };
}

function filter(name: string, config: object): string {
  return JSON.stringify({ resources: [{ '@type': EXTENSION, name, typed_config: config }] });
}

function injected(header: string): string {
  const type = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret';
  const secret = { '@type': type, name: 'injected', generic_secret: { secret: { inline_bytes: base64(header) } } };
  return JSON.stringify({ resources: [secret] });
}

function report(text: string): string {
  const routes = [
    { match: { path: '/metrics/agent' }, direct_response: { status: 200, body: { inline_bytes: base64(text) } } },
  ];
  const configuration = {
    '@type': 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration',
    name: 'report',
    max_direct_response_body_size_bytes: 65_536,
    virtual_hosts: [{ name: 'report', domains: ['*'], routes }],
  };
  return JSON.stringify({ resources: [configuration] });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
