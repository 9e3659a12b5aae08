import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planOf } from '../../../../src/cli/tokens/plan/plan';
import { resolveTokens } from '../../../../src/tokens/resolve';

const NEW = 'dckr_oat_planted-new "$x"\\';
const OLD = '{"auths":{"docker.io/kong/nightly":{"password":"dckr_oat_planted-old"}}}';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secure-mirror-'));
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Programs that note how they are called; kubectl has the old Secret, and keeps what is applied. */
function stub(name: string, body: string): void {
  const text = `#!/bin/bash\n{ printf '%s ' "$0" "$@"; echo; env; } >>'${folder}/seen'\n${body}\n`;
  writeFileSync(join(folder, 'bin', name), text, { mode: 0o755 });
}

const KUBECTL = `namespace=$2
case $3 in
  get) printf %s '${OLD}' ;;
  create)
    for word in "$@"; do [[ $word == --from-file=.dockerconfigjson=* ]] && file=\${word##*=}; done
    echo "$namespace/$6"; cat "$file" ;;
  *) { read -r name; cat >"applied-\${name//\\//-}"; } ;;
esac`;

/** Stands in for the command, which has tests of its own. */
const SECURE_MIRROR = `[[ $2 == docker-config ]] && { while [[ $1 != --output ]]; do shift; done; cat >"$2"; } || true`;

describe('the commands that hand a token over', () => {
  it('bring it to each namespace and keep the old one, and no argument or environment ever has either', () => {
    stub('kubectl', KUBECTL);
    stub('secure-mirror', SECURE_MIRROR);
    const pull = [
      {
        purpose: 'nightly pull',
        repositories: ['kong/nightly'],
        owner: 'team',
        bindTo: [{ namespace: 'ingress', serviceAccounts: ['controller'] }],
        mirror: true,
      },
    ];
    const cluster = { name: 'production', tokens: [{ organization: 'kong', pull }] };
    const [plan] = planOf({ cluster: resolveTokens(cluster), today: '2025-06-01' }).tokens;
    const commands = (plan?.steps ?? []).slice(0, 2).flatMap((step) => step.commands);
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-eo', 'pipefail', '-c', commands.join('\n')], {
      cwd: folder,
      env: { PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
      input: `${NEW}\n`,
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    const text = (file: string) => readFileSync(join(folder, file), 'utf8');
    for (const namespace of ['ingress', 'secured-mirror']) {
      expect(text(`applied-${namespace}-nightly-pull-previous`)).toBe(OLD);
      expect(text(`applied-${namespace}-nightly-pull`)).toBe(NEW);
    }
    expect(statSync(join(folder, 'new-tokens', 'nightly-pull')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'new-tokens')).mode & 0o777).toBe(0o700);
    expect(text('seen')).toContain('kubectl');
    expect(text('seen')).not.toContain('planted');
  });
});
