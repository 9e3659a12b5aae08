import { createHash } from 'node:crypto';

/** What Node makes of a user name and a password, as the agent should. */
export interface Version {
  /** What shows in logs and metrics. */
  readonly name: string;
  /** Name that the listeners know. */
  readonly login: string;
  /** Line of the file of users. */
  readonly line: string;
  /** Line of the file of those who read metrics: they know the user name as the Secret has it. */
  readonly plainLine: string;
  /** Value of the header. */
  readonly header: string;
}

const MIB = 1024 * 1024;

/** Mebibytes that the agent hashes for a name in most tests, and by default. */
export const SHORT = 1;
export const LONG = 32;

export function versionOf(username: string, password: string, stretch = SHORT, known?: string): Version {
  const name = known ?? nameOf(username, password, stretch);
  const login = `${username}.${name}`;
  const hash = createHash('sha1').update(password).digest('base64');
  return {
    name,
    login,
    line: `${login}:{SHA}${hash}`,
    plainLine: `${username}:{SHA}${hash}`,
    header: `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`,
  };
}

/** A hash over the text again and again: doubled to a mebibyte, and that `stretch` times. */
function nameOf(username: string, password: string, stretch: number): string {
  let unit = Buffer.from(`${Buffer.byteLength(username)}:${username}:${password}`);
  while (unit.length < MIB) unit = Buffer.concat([unit, unit]);
  const hash = createHash('sha256');
  for (let i = 0; i < stretch; i++) hash.update(unit);
  return hash.digest('hex').slice(0, 8);
}

/** The users in a dynamic file. */
export function usersIn(file: { typed_config: { users: { inline_bytes: string } } }): string[] {
  const text = Buffer.from(file.typed_config.users.inline_bytes, 'base64').toString();
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
}
