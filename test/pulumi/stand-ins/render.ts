import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { JsonObject } from './values';

/** Writes an object as the provider renders it: a file of its own, secrets in the clear, in a folder for CRDs or one for all else. */
export function render(folder: string, object: JsonObject): void {
  mkdirSync(join(folder, '0-crd'), { recursive: true, mode: 0o700 });
  mkdirSync(join(folder, '1-manifest'), { recursive: true, mode: 0o700 });
  writeFileSync(fileOf(folder, object), stringify(object), { mode: 0o600 });
}

/** Deletes an object's file. */
export function unrender(folder: string, object: JsonObject): void {
  rmSync(fileOf(folder, object), { force: true });
}

function fileOf(folder: string, { apiVersion, kind, metadata }: JsonObject): string {
  const { namespace = 'default', name } = metadata as { namespace?: string; name: string };
  const parts = [String(apiVersion).replace(/[/:]/g, '_'), String(kind).toLowerCase(), namespace, name];
  const isCrd = kind === 'CustomResourceDefinition' && String(apiVersion).startsWith('apiextensions.k8s.io/');
  return join(folder, isCrd ? '0-crd' : '1-manifest', `${parts.join('-')}.yaml`);
}
