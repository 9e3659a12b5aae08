import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractFile } from '../../../src/mirror/node-agent/contract-file';
import type { User } from './dynamic-files';
import { type Files, MountedFolder } from './mounted-folder';

const SCRIPT = join(__dirname, '../../../src/mirror/node-agent/agent.sh');

/** What the real node agent made of a Secret with a credential. */
export interface Prepared {
  /** Exit code. */
  readonly code: number;
  /** What it said. */
  readonly log: string;
  /** The dynamic files that it wrote. */
  readonly dynamicFiles: Files;
  /** The user of the one generation that it accepts, as peers and containerd show it. */
  readonly user?: User;
}

/** Runs the real node agent as the init container does, on a Secret of its own. */
export function prepare(secret: Files): Prepared {
  const root = mkdtempSync(join(tmpdir(), 'agent-'));
  const folder = (name: string) => join(root, name);
  try {
    for (const name of ['state', 'status', 'proxy', 'hosts', 'tmp', 'none']) {
      mkdirSync(folder(name));
    }
    new MountedFolder(folder('credential'), secret);
    writeFileSync(
      folder('settings'),
      'accept=basic\npresent=basic\nentry=http://127.0.0.1:30020\nresolve=\npropagation=180\n',
    );
    writeFileSync(folder('contract'), contractFile());
    const { status, stdout, stderr } = spawnSync('bash', [SCRIPT, 'prepare'], {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        TMPDIR: folder('tmp'),
        MIRROR_SETTINGS: folder('settings'),
        MIRROR_REGISTRIES: 'docker.io',
        MIRROR_HOSTS_FOLDER: folder('hosts'),
        MIRROR_STATE_FOLDER: folder('state'),
        MIRROR_STATUS_FOLDER: folder('status'),
        MIRROR_PROXY_FOLDER: folder('proxy'),
        MIRROR_CREDENTIAL_FOLDER: folder('credential'),
        MIRROR_METRICS_CREDENTIAL_FOLDER: folder('none'),
        MIRROR_IDENTITY_FOLDER: folder('none'),
        MIRROR_READY_HOST: '127.0.0.1',
        MIRROR_DIAL_TIMEOUT: '200ms',
        MIRROR_KEY_SECONDS: '60',
        MIRROR_CONTRACT: folder('contract'),
      },
    });
    const log = stdout + stderr;
    return status === 0
      ? { code: 0, log, ...dynamicFilesIn(folder('proxy'), secret) }
      : { code: status ?? -1, log, dynamicFiles: {} };
  } finally {
    rmSync(root, { recursive: true });
  }
}

function dynamicFilesIn(folder: string, secret: Files): Pick<Prepared, 'dynamicFiles' | 'user'> {
  const names = ['users.json', 'metrics-users.json', 'old.json', 'injected.json', 'report.json'];
  const dynamicFiles = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const { inline_bytes } = JSON.parse(dynamicFiles['users.json'] ?? '').resources[0].typed_config.users;
  const [line = ''] = Buffer.from(inline_bytes, 'base64').toString().split('\n');
  return { dynamicFiles, user: { name: line.slice(0, line.indexOf(':{SHA}')), password: secret.password ?? '' } };
}
