import { parse } from 'yaml';
import { workflowOf } from '../../../../src/cli/tokens/github-actions/workflow';
import { githubEnvironmentOf } from '../../../../src/cli/tokens/github-names';
import { readStackFile } from '../../../../src/stack/reader';
import { resolveTokens } from '../../../../src/tokens/resolve';
import { example } from '../../../tokens/ledger/ledger-example';
import { type ParsedWorkflow, Runner } from './workflow-runner';

const usedBy = { workflows: ['kong/app build.yaml'] };
const common = { repositories: ['kong/app', 'kong/app-tools'], owner: 'team', usedBy };
const tokensAt = (registry: string) => [
  {
    organization: 'kong',
    registry,
    pull: [{ ...common, purpose: 'app pull', bindTo: [] }],
    push: [{ ...common, purpose: 'app push' }],
  },
];

const [{ tokens: shipped } = example] = readStackFile('stack.yaml', '2025-01-01').clusters;
const stacks = [
  { name: 'the example', tokens: example.tokens },
  { name: 'the default stack.yaml', tokens: shipped },
  { name: 'two repositories at Docker Hub', tokens: tokensAt('docker.io') },
  { name: 'two repositories at another registry', tokens: tokensAt('registry.example:5000') },
];
const cases = stacks.flatMap((stack) => [false, true].map((oidc) => ({ ...stack, oidc })));

describe.each(cases)('a job for a token, of $name (OIDC: $oidc)', ({ tokens: declared, oidc }) => {
  const tokens = resolveTokens({ name: 'c', tokens: declared }).tokens;
  const flow: ParsedWorkflow = parse(workflowOf(tokens, oidc, '').yaml);
  const used = tokens
    .filter(({ usedBy }) => usedBy.workflows.length > 0)
    .map((token) => {
      const job = flow.jobs[githubEnvironmentOf(token)];
      if (job === undefined) throw new Error(`no job for ${token.purpose}`);
      return { token, job, runner: new Runner(job), own: job.steps.at(-1) };
    });

  it('builds on a public image without the token, with docker and with Buildx', () => {
    expect(used.length).toBeGreaterThan(1);
    for (const { token, runner } of used) {
      expect([token.purpose, runner.docker(token.registry)]).toEqual([token.purpose, undefined]);
      expect(runner.buildx(token.registry, 'library/golang')).toBeUndefined();
    }
  });

  it('pushes to each repository of its token with Buildx', () => {
    for (const { token, runner, own } of used.filter(({ token }) => token.kind === 'push')) {
      expect(own?.env).toBeUndefined();
      for (const repository of token.repositories) {
        const login = runner.buildx(token.registry, repository);
        expect(login).toMatch(/^\$\{\{ (secrets|vars)\.\w+_PUSH(_OIDC)? }}$/);
      }
    }
  });

  it('pulls with docker in the steps that ask for the token, and in no others', () => {
    for (const { token, runner, own } of used.filter(({ token }) => token.kind === 'pull')) {
      expect(runner.docker(token.registry, own?.env)).toMatch(/^\$\{\{ secrets\.\w+_PULL }}$/);
    }
  });

  it('has a login that is on the runner only while the job lasts', () => {
    const folders = used.flatMap(({ job }) => job.steps.flatMap(({ env }) => env?.DOCKER_CONFIG ?? []));
    for (const folder of folders) expect(folder).toMatch(/^\$\{\{ runner\.temp }}\/docker-[-a-z0-9]+$/);
    const logins = used.flatMap(({ job }) => job.steps).filter(({ uses }) => uses?.startsWith('docker/login-action@'));
    for (const { with: inputs } of logins) expect(inputs).not.toHaveProperty('logout');
  });
});
