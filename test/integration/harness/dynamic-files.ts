import { createHash } from 'node:crypto';
import { DynamicFile, fileName } from '../../../src/mirror/contract/dynamic-files';
import { placeholders, templates } from '../../../src/mirror/envoy/dynamic-files';
import type { Files } from './mounted-folder';

/** A user name and a password. */
export interface User {
  readonly name: string;
  readonly password: string;
}

/** The dynamic files of a node agent without a credential. */
export function filesWithoutUsers(): Files {
  return {
    [fileName(DynamicFile.USERS)]: templates.usersNone,
    [fileName(DynamicFile.METRICS_USERS)]: templates.metricsUsersNone,
    [fileName(DynamicFile.OLD)]: templates.oldNone,
    [fileName(DynamicFile.INJECTED)]: injected('none'),
    [fileName(DynamicFile.REPORT)]: report('nothing to report\n'),
  };
}

/**
 * The dynamic files for users with access. The proxy sends the last one to peers.
 *
 * @param users the users
 * @param old the ends of their names that stand for older versions
 */
export function filesFor(users: readonly User[], old: readonly string[] = []): Files {
  const last = users.at(-1);
  const oldVersions = old.map((version) => filled(templates.oldVersion, { version })).join(',');
  return {
    [fileName(DynamicFile.USERS)]: filled(templates.users, { users: lines(users) }),
    [fileName(DynamicFile.OLD)]: oldVersions ? filled(templates.old, { oldVersions }) : templates.oldNone,
    ...(last ? { [fileName(DynamicFile.INJECTED)]: injected(authorization(last)) } : {}),
  };
}

/** The dynamic file for users that may read metrics. */
export function filesForMetrics(users: readonly User[]): Files {
  return { [fileName(DynamicFile.METRICS_USERS)]: filled(templates.metricsUsers, { users: lines(users) }) };
}

/** The header that a user sends. */
export function authorization({ name, password }: User): string {
  return `Basic ${base64(`${name}:${password}`)}`;
}

/** A template with values in place of its placeholders. */
export function filled(template: string, values: { readonly [name in keyof typeof placeholders]?: string }): string {
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(placeholders[name as keyof typeof placeholders], value),
    template,
  );
}

function lines(users: readonly User[]): string {
  const hash = (password: string) => createHash('sha1').update(password).digest('base64');
  return base64(users.map(({ name, password }) => `${name}:{SHA}${hash(password)}\n`).join(''));
}

/**
 * The dynamic file of the node agent's report.
 *
 * @param text the report
 * @param status what is said of the registries' settings: 200 when all of them name the mirror
 */
export function report(text: string, status: '200' | '503' = '503'): string {
  return filled(templates.report, { report: base64(text), status });
}

function injected(header: string): string {
  return filled(templates.injected, { credential: base64(header) });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
