import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { minimal } from '../../support';
import { nodeOf } from '../probe/fake-context';

/** What the fake kubectl answers. */
export interface Answers {
  readonly objects?: { readonly [words: string]: unknown };
  /** Answers to paths of the API server, beside its version. */
  readonly paths?: { readonly [path: string]: unknown };
  /** Kinds that the user may not list, and in `create namespaces` create. */
  readonly forbidden?: readonly string[];
  /** Whether no pod ever ends. */
  readonly stuck?: boolean;
  /** Beginnings of questions that get no answer. */
  readonly hangs?: readonly string[];
  /** Beginnings of questions that get no answer the first time. */
  readonly hangsOnce?: readonly string[];
}

const LOGS = {
  'allowed-': 'open\n',
  'no-ingress-': 'closed\n',
  'no-egress-': 'closed\n',
  dns: 'resolved\n10.96.0.10\n',
};

/** A kubectl that keeps what is created, and a stack for it. */
export class CheckCluster {
  private readonly folder = mkdtempSync(join(tmpdir(), 'check-'));
  /** The program. */
  public readonly kubectl = join(this.folder, 'kubectl');
  /** The stack. */
  public readonly stack = join(this.folder, 'stack.yaml');

  public constructor({ objects = {}, paths = {}, ...answers }: Answers = {}, settings: object = {}) {
    copyFileSync(resolve(__dirname, 'fake-kubectl.cjs'), this.kubectl);
    chmodSync(this.kubectl, 0o755);
    const known = { nodes: { items: [nodeOf('w1'), nodeOf('w2')] }, 'serviceaccount default': {}, ...objects };
    const raw = { '/version': { gitVersion: 'v1.37.2', minor: '37' }, ...paths };
    const all = { logs: LOGS, paths: raw, objects: known, ...answers };
    writeFileSync(join(this.folder, 'answers.json'), JSON.stringify(all));
    writeFileSync(this.stack, stringify({ clusters: [{ ...minimal, ...settings }] }));
  }

  /** What is in the cluster, as `namespace_Kind_name`. */
  public get left(): string[] {
    const folder = join(this.folder, 'created');
    return existsSync(folder) ? readdirSync(folder) : [];
  }

  /** The commands of kubectl, without options. */
  public get asked(): string[] {
    const file = join(this.folder, 'asked');
    return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
