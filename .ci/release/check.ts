/**
 * Says what speaks against the release of the tag that the workflow runs for: npm run release:check. It fails if anything does, or if it
 * cannot ask. The variables are those of GitHub's workflows.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { publishedAs, signatureOf } from './ask';
import { problemsOf } from './checks';

const ROOT = resolve(__dirname, '../..');
const VARIABLES = [
  'GITHUB_REF_NAME',
  'GITHUB_SERVER_URL',
  'GITHUB_REPOSITORY',
  'GITHUB_API_URL',
  'GITHUB_TOKEN',
] as const;
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');

async function check(): Promise<string[]> {
  const missing = VARIABLES.filter((name) => !process.env[name]);
  if (missing.length > 0) return [`the release workflow sets ${missing.join(', ')}; here nothing does`];
  const [tag, server, repository, api, token] = VARIABLES.map((name) => `${process.env[name]}`) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const manifest = JSON.parse(text('package.json'));
  return problemsOf({
    tag,
    manifest,
    lockedVersion: JSON.parse(text('package-lock.json')).version,
    changelog: text('CHANGELOG.md'),
    repository: `${server}/${repository}`,
    signature: await signatureOf(tag, `${api}/repos/${repository}`, token),
    published: publishedAs(manifest.name),
  });
}

check()
  .catch((error: Error) => [error.message])
  .then((problems) => {
    for (const problem of problems) console.error(problem);
    process.exitCode = problems.length > 0 ? 1 : 0;
  });
