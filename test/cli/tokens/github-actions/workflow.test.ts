import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { workflowOf } from '../../../../src/cli/tokens/github-actions/workflow';
import type { ClusterProps } from '../../../../src/stack/cluster-props';
import { resolveTokens } from '../../../../src/tokens/resolve';
import { example } from '../../../tokens/ledger/ledger-example';
import { StackFolder } from '../plan/plan-example';
import type { ParsedWorkflow } from './workflow-runner';

const PULL = 'nightly-ingress-controller-pull';
const PUSH = 'kubernetes-ingress-controller-push';
const tokens = resolveTokens(example).tokens;

function workflow(oidc = false): ParsedWorkflow {
  return parse(workflowOf(tokens, oidc, '').yaml);
}

/** Names of the secrets that something holds. */
function secretsIn(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/secrets\.(\w+)/g)].map(([, name = '']) => name);
}

function steps(flow: ParsedWorkflow) {
  return Object.values(flow.jobs).flatMap((job) => job.steps);
}

describe('the workflow', () => {
  it.each([false, true])('is as reviewed (OIDC: %s)', (oidc) => {
    expect(workflowOf(tokens, oidc, '').yaml).toMatchSnapshot();
  });

  it('has a job for each token that a workflow uses, and logs in with that token alone', () => {
    const { jobs } = workflow();
    expect(Object.keys(jobs)).toEqual([PULL, PUSH, 'verify-pull-tokens', `verify-${PUSH}`]);
    expect(secretsIn(jobs[PULL])).toEqual(['NIGHTLY_INGRESS_CONTROLLER_PULL']);
    expect(secretsIn(jobs[PUSH])).toEqual(['KUBERNETES_INGRESS_CONTROLLER_PUSH']);
    expect(jobs[PULL]?.steps[0]).toMatchObject({ uses: 'docker/login-action@v4.5.1', with: { username: 'kong' } });
  });

  it('has a token that pushes only behind an environment of its own', () => {
    for (const [id, job] of Object.entries(workflow().jobs)) {
      const pushes = secretsIn(job).some((name) => name.endsWith('_PUSH'));
      expect([id, job.environment]).toEqual([id, pushes ? PUSH : undefined]);
    }
  });

  it('has no more rights than to read, and none for pull requests', () => {
    for (const oidc of [false, true]) {
      const { on, permissions, jobs } = workflow(oidc);
      expect(Object.keys(on)).toEqual(['workflow_dispatch', 'schedule']);
      expect(permissions).toEqual({});
      for (const [id, job] of Object.entries(jobs)) {
        const connected = oidc && id === PUSH;
        expect(job.permissions).toEqual({ contents: 'read', ...(connected ? { 'id-token': 'write' } : {}) });
      }
    }
  });

  it('pins each action by a full tag, and says how to pin it by commit', () => {
    const used = steps(workflow()).flatMap(({ uses = [] }) => uses);
    expect(used.length).toBeGreaterThan(3);
    for (const uses of used) expect(uses).toMatch(/^[-\w]+\/[-\w]+@v\d+\.\d+\.\d+$/);
    expect(workflowOf(tokens, false, '').yaml).toContain('pin them by commit');
  });

  it('has with OIDC no token that pushes at all', () => {
    const flow = workflow(true);
    expect(secretsIn(flow).filter((name) => name.endsWith('_PUSH'))).toEqual([]);
    const { env, with: inputs } = flow.jobs[PUSH]?.steps[0] ?? {};
    expect(env).toEqual({ DOCKERHUB_OIDC_CONNECTIONID: `\${{ vars.KUBERNETES_INGRESS_CONTROLLER_PUSH_OIDC }}` });
    expect(inputs).toEqual({ username: 'kong', scope: 'kong/kubernetes-ingress-controller' });
    const { secrets, variables } = workflowOf(tokens, true, '');
    expect(secrets).toEqual([{ name: 'NIGHTLY_INGRESS_CONTROLLER_PULL', purpose: 'nightly-ingress-controller pull' }]);
    expect(variables).toMatchObject([{ name: 'KUBERNETES_INGRESS_CONTROLLER_PUSH_OIDC', environment: PUSH }]);
  });

  it('keeps OIDC to Docker Hub, and names another registry', () => {
    const other = { ...example.tokens?.[0], organization: 'kong', registry: 'ghcr.io' };
    const flow: ParsedWorkflow = parse(workflowOf(resolveTokens({ name: 'c', tokens: [other] }).tokens, true, '').yaml);
    expect(flow.jobs[PUSH]?.steps[0]?.with).toMatchObject({
      registry: 'ghcr.io',
      password: `\${{ secrets.KUBERNETES_INGRESS_CONTROLLER_PUSH }}`,
    });
  });

  it('gives secrets to a step by its environment alone, never in a script', () => {
    for (const { run = '', env: { DOCKER_CONFIG: _, ...env } = {} } of steps(workflow())) {
      expect(run).not.toContain('${{');
      for (const [name, value] of Object.entries(env)) expect(value).toBe(`\${{ secrets.${name} }}`);
    }
  });

  it('has jobs that GitHub takes, whatever the purposes', () => {
    const usedBy = { workflows: ['a/b c.yaml'] };
    const pull = ['3rd pull', 'GITHUB pull'].map((purpose) => ({
      ...{ purpose, repositories: ['a/b'], owner: 'me', bindTo: [], usedBy },
    }));
    const { jobs } = parse(
      workflowOf(resolveTokens({ name: 'c', tokens: [{ organization: 'a', pull }] }).tokens, false, '').yaml,
    );
    expect(Object.keys(jobs)).toEqual(['token-3rd-pull', 'github-pull', 'verify-pull-tokens']);
  });

  it('stays YAML whatever the names of workflows', () => {
    const usedBy = { workflows: ['a/b c.yaml\njobs: {evil: 1}\r\u2028x: y'] };
    const pull = [{ purpose: 'a pull', repositories: ['a/b'], owner: 'me', bindTo: [], usedBy }];
    const { yaml } = workflowOf(resolveTokens({ name: 'c', tokens: [{ organization: 'a', pull }] }).tokens, false, '');
    expect(Object.keys(parse(yaml).jobs)).toEqual(['a-pull', 'verify-pull-tokens']);
    expect(yaml.split(/[\n\r\u2028]/).filter((line) => /evil|x: y/.test(line))).toEqual([
      '  # For a/b c.yaml jobs: {evil: 1} x: y',
    ]);
  });
});

/** How GitHub runs bash. */
const GITHUB_BASH = ['--noprofile', '--norc', '-eo', 'pipefail', '-c'];

describe('the daily job', () => {
  it('hands the tokens over in a pipe: no argument and no environment of the command has one', () => {
    const stack = new StackFolder();
    const bin = join(stack.path, 'bin');
    mkdirSync(bin);
    // Notes what it is called with, and what comes in.
    const npm = `#!/bin/bash\n{ printf '%s\\n' "$@"; env; } >'${bin}/seen'\ncat >'${bin}/stdin'\n`;
    writeFileSync(join(bin, 'npm'), npm, { mode: 0o755 });
    const step = workflow().jobs['verify-pull-tokens']?.steps.at(-1);
    const env = { PATH: `${bin}:${process.env.PATH}`, NIGHTLY_INGRESS_CONTROLLER_PULL: 'planted"\\token' };
    const { status, stdout, stderr } = spawnSync('bash', [...GITHUB_BASH, step?.run ?? 'false'], {
      env,
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    const seen = readFileSync(join(bin, 'seen'), 'utf8');
    expect(seen).not.toContain('planted');
    expect(seen).toContain('tokens\nverify\n--stdin\n--purpose\nnightly-ingress-controller pull\n');
    expect(JSON.parse(readFileSync(join(bin, 'stdin'), 'utf8'))).toEqual({
      'nightly-ingress-controller pull': 'planted"\\token',
    });
    stack.remove();
  });
});

describe('secure-mirror tokens github-actions', () => {
  async function print(clusters: ClusterProps[], ...args: string[]) {
    const stack = new StackFolder(clusters);
    const outcome = await stack.tokens('github-actions', ...args);
    stack.remove();
    return { ...outcome, file: stack.file };
  }

  it('prints the workflow, and what it needs to a program', async () => {
    const { code, stdout, stderr, file } = await print([example]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(workflowOf(tokens, false, ` --file ${file}`).yaml);
    const json = JSON.parse((await print([example], '--json')).stdout);
    expect(json.secrets).toEqual([
      { name: 'NIGHTLY_INGRESS_CONTROLLER_PULL', purpose: 'nightly-ingress-controller pull' },
      { name: 'KUBERNETES_INGRESS_CONTROLLER_PUSH', purpose: 'kubernetes-ingress-controller push', environment: PUSH },
    ]);
    expect(Object.keys(parse(json.yaml).jobs)).toContain(PULL);
  });

  it('says where workflows are named when none is', async () => {
    const { code, stdout, stderr } = await print([{ ...example, tokens: [] }]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('under usedBy.workflows');
  });

  it('refuses two purposes that are one secret at GitHub', async () => {
    const token = (purpose: string, secret: string) => ({
      ...{ purpose, secret, repositories: ['a/b'], owner: 'me', bindTo: [], usedBy: { workflows: ['a/b c.yaml'] } },
    });
    const pull = [token('a b pull', 'one'), token('a-b pull', 'two')];
    const { code, stderr } = await print([{ ...example, tokens: [{ organization: 'a', pull }] }]);
    expect(code).toBe(2);
    expect(stderr).toContain('"a b pull" and "a-b pull" would both be the secret A_B_PULL at GitHub');
  });
});
