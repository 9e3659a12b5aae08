import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Lets each test of the file run in a folder of its own. */
export function inFolderOfItsOwn(): void {
  let folder: string;
  let before: string;
  beforeEach(() => {
    before = process.cwd();
    folder = mkdtempSync(join(tmpdir(), 'secure-mirror-'));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });
}

/** A cluster of a stack.yaml, with a mirror. */
export const clusterText = (name: string, more = '') => `
  - name: ${name}
    registries: [docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}${more}`;
