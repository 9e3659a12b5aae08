import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { pinned } from '../../src/mirror/images';

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, '.github/workflows');
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const manifest = JSON.parse(text('package.json'));

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: { readonly [name: string]: unknown };
}
interface Job {
  readonly permissions?: object;
  readonly environment?: string;
  readonly 'timeout-minutes': number;
  readonly strategy?: { readonly matrix: { readonly node: number[] } };
  readonly steps: Step[];
}
const workflow = (name: string): { permissions: object; jobs: { [job: string]: Job } } =>
  parse(text(`.github/workflows/${name}.yml`));

describe.each(readdirSync(FOLDER))('the workflow %s', (file) => {
  const { permissions, jobs } = workflow(file.replace('.yml', ''));
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it('pins each action by its commit, with the version behind', () => {
    const used = steps.filter(({ uses }) => uses !== undefined);
    const pins = text(`.github/workflows/${file}`).match(/uses: [a-z/-]+@[0-9a-f]{40} # v\d+[.]\d+[.]\d+$/gm);
    expect(pins).toHaveLength(used.length);
  });

  it('may read, and leaves no token in the clone', () => {
    expect([{}, { contents: 'read' }]).toContainEqual(permissions);
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(0);
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });

  it('runs scripts that exist, and each job ends', () => {
    const scripts = steps.flatMap(({ run = '' }) => [
      ...run.matchAll(/npm (?:run )?(test|[a-z]+:[a-z]+|lint|check|build|synth)\b/g),
    ]);
    expect(scripts.length).toBeGreaterThan(2);
    expect(scripts.map(([, name = '']) => name).filter((name) => !(name in manifest.scripts))).toEqual([]);
    expect(Object.values(jobs).filter((job) => !job['timeout-minutes'])).toEqual([]);
  });
});

describe('the tests', () => {
  it('run on each Node that CONTRIBUTING.md names', () => {
    expect(text('CONTRIBUTING.md')).toMatch(/^Node 20 .*, 22 .*, or 24, with npm;/m);
    expect(workflow('test').jobs.test?.strategy?.matrix.node).toEqual([20, 22, 24]);
  });
});

describe('the release', () => {
  const { jobs } = workflow('release');
  const rights = Object.entries(jobs).map(([name, { permissions, environment }]) => [name, permissions, environment]);

  it('lets the job that builds write nowhere, and each other job do one thing', () => {
    expect(rights).toEqual([
      ['build', { contents: 'read' }, undefined],
      ['npm', { 'id-token': 'write' }, 'npm'],
      ['github', { contents: 'write' }, undefined],
    ]);
  });

  it('checks before it builds, compares two builds, and runs nothing of the clone where it may publish', () => {
    const runs = jobs.build?.steps.flatMap(({ run }) => run ?? []) ?? [];
    expect(runs.slice(0, 3)).toEqual(['npm ci', 'npm run release:check', 'npm run check']);
    expect(runs[4]).toMatch(/umask 077\nTZ=\S+ npm run release:build .*\ndiff -r /);
    for (const job of [jobs.npm, jobs.github]) {
      expect(job?.steps.filter(({ uses }) => uses?.includes('checkout'))).toEqual([]);
      expect(job?.steps.flatMap(({ run }) => run ?? [])[0]).toBe('sha256sum --check SHA256SUMS');
    }
    expect(jobs.npm?.steps.at(-1)?.run).toBe('npm publish --provenance --access public ./secure-mirror-*.tgz');
  });

  it('is the only way to publish', () => {
    expect(manifest.scripts.prepublishOnly).toMatch(/ && exit 1$/);
  });
});

describe('Renovate', () => {
  it('finds every image that the mirror pins', () => {
    const { customManagers } = JSON.parse(text('.github/renovate.json'));
    const [{ matchStrings, managerFilePatterns }] = customManagers;
    expect(managerFilePatterns).toEqual(['/^src/mirror/images\\.ts$/']);
    const found = [...text('src/mirror/images.ts').matchAll(new RegExp(matchStrings[0], 'g'))].map(
      ({ groups }) => groups,
    );
    const images = Object.values(pinned).map(({ repository, tag }) => ({ depName: repository, currentValue: tag }));
    expect(found.map((groups) => ({ ...groups }))).toEqual(images);
  });

  it('keeps the packages that decide on Node 20 where it works', () => {
    const { packageRules } = JSON.parse(text('.github/renovate.json'));
    const limits = packageRules.filter((rule: { allowedVersions?: string }) => rule.allowedVersions);
    expect(limits.flatMap((rule: { matchPackageNames: string[] }) => rule.matchPackageNames)).toEqual([
      '@pulumi/pulumi',
      '@types/node',
    ]);
    const { packages } = JSON.parse(text('package-lock.json'));
    const refusing = Object.entries<{ engines?: { node?: string } }>(packages).filter(([, { engines }]) =>
      /^\s*>=?\s*2[1-9]/.test(engines?.node ?? ''),
    );
    expect(refusing.map(([folder]) => folder)).toEqual([]);
  });
});

describe('install scripts of packages', () => {
  it('are each denied', () => {
    const { packages } = JSON.parse(text('package-lock.json'));
    const having = Object.entries<{ hasInstallScript?: boolean }>(packages).filter(
      ([, entry]) => entry.hasInstallScript,
    );
    const names = having.map(([folder]) => folder.replace(/^.*node_modules[/]/, ''));
    expect(manifest.allowScripts).toEqual(Object.fromEntries(names.map((name) => [name, false])));
  });
});
