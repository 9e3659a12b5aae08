import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ClusterProps } from '../../../../src/stack/cluster-props';
import { example } from '../../../tokens/ledger/ledger-example';
import { withKubectl } from '../../secure-mirror';

/** A stack.yaml in a folder of its own, and the command about it. */
export class StackFolder {
  /** The folder. */
  public readonly path = mkdtempSync(join(tmpdir(), 'secure-mirror-'));
  /** The file. */
  public readonly file = join(this.path, 'stack.yaml');

  /** @param clusters the clusters in it */
  public constructor(clusters: ClusterProps[] = [example]) {
    writeFileSync(this.file, stringify({ clusters }));
  }

  /** Runs `tokens` with this file; there is no kubectl that it could ask. */
  public tokens(...args: string[]) {
    return withKubectl('/nowhere/kubectl', 'tokens', ...args, '--file', this.file);
  }

  /** Takes it away. */
  public remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
