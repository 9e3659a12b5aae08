import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

const folders: string[] = [];

/** A temporary folder; `removeFolders` removes it. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verify-'));
  folders.push(folder);
  return folder;
}

/** Removes all folders that were made. */
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

/** Writes a file with a mode, whatever the umask. */
export function write(folder: string, name: string, content: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

const bindTo = [{ namespace: 'kong', serviceAccounts: ['controller'] }];
const token = (name: string) => ({ purpose: name, owner: 'team', repositories: [`kong/${name.split(' ')[0]}`] });

/** A stack with tokens for nightly and release at registry.example. */
export function stackFile(changes: { readonly pull?: object; readonly more?: object } = {}): string {
  const tokens = {
    organization: 'kong',
    registry: 'registry.example',
    pull: [{ ...token('nightly pull'), bindTo, ...changes.pull }],
    push: [token('release push')],
    ...changes.more,
  };
  const authentication = { mutualTls: { issuer: { caSecret: 'mirror-ca' } } };
  const clusters = [{ name: 'c', registries: ['docker.io'], authentication, tokens: [tokens] }];
  return write(newFolder(), 'stack.yaml', stringify({ clusters }));
}

/** What a Secret of type kubernetes.io/dockerconfigjson holds. */
export function dockerConfig(entries: { readonly [key: string]: string }): string {
  const auths = Object.entries(entries).map(([key, text]) => [key, { auth: Buffer.from(text).toString('base64') }]);
  return JSON.stringify({ auths: Object.fromEntries(auths) });
}
