import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Access } from './cluster';
import type { Mutable } from './diff';

/** Settings of a provider. */
export interface Configuration {
  readonly access: Access;
  readonly mutable: Mutable;
  /** Whether an object that is there is taken over, not refused. */
  readonly upsert: boolean;
  /** Whether fields are taken from whoever owns them. */
  readonly force: boolean;
  /** Folder that objects are written to, in place of a cluster. */
  readonly folder?: string;
}

/**
 * Reads the settings that the engine gives a provider.
 *
 * @param variables settings by their names, all as texts
 */
export function configurationOf(variables: ReadonlyMap<string, string>): Configuration {
  const get = (key: string) => variables.get(`kubernetes:config:${key}`) || undefined;
  return {
    access: { kubeconfig: fileWith(get('kubeconfig')), context: get('context') },
    mutable: { configMaps: get('enableConfigMapMutable') === 'true', secrets: get('enableSecretMutable') === 'true' },
    upsert: get('upsertExistingObjects') === 'true',
    force: (get('enablePatchForce') ?? process.env.PULUMI_K8S_ENABLE_PATCH_FORCE) === 'true',
    folder: get('renderYamlToDirectory'),
  };
}

/** A kubeconfig is given as a path or as a text; the text goes into a file for kubectl, as long as this process runs. */
function fileWith(kubeconfig: string | undefined): string | undefined {
  if (kubeconfig === undefined || existsSync(kubeconfig)) {
    return kubeconfig;
  }
  const folder = mkdtempSync(join(tmpdir(), 'kubernetes-stand-in-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'kubeconfig');
  writeFileSync(file, kubeconfig, { mode: 0o600 });
  return file;
}
