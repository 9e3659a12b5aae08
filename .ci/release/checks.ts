import { section } from './changelog';
import type { Facts } from './facts';

/** What speaks against a release, a sentence each; nothing if it may go on. */
export function problemsOf(facts: Facts): string[] {
  return [...versionProblems(facts), ...addressProblems(facts), ...nameProblems(facts), ...signatureProblems(facts)];
}

function versionProblems({ tag, manifest: { version }, lockedVersion, changelog }: Facts): string[] {
  const problems = [];
  if (tag !== `v${version}`)
    problems.push(`the tag is ${tag}, but package.json has version ${version}: tag v${version}`);
  if (lockedVersion !== version)
    problems.push(`package-lock.json has version ${lockedVersion}, package.json ${version}: run npm install`);
  const { day, text } = section(changelog, version) ?? {};
  if (text === undefined) problems.push(`CHANGELOG.md has no section "## [${version}] - YYYY-MM-DD"`);
  else if (day === undefined)
    problems.push(`CHANGELOG.md gives version ${version} no day: "## [${version}] - YYYY-MM-DD"`);
  else if (text === '') problems.push(`CHANGELOG.md says nothing about version ${version}`);
  return problems;
}

/** npm accepts a provenance only if package.json names the repository that it was built in. */
function addressProblems({ manifest, repository }: Facts): string[] {
  const addresses = [
    ['repository.url', manifest.repository?.url, `git+${repository}.git`],
    ['bugs.url', manifest.bugs?.url, `${repository}/issues`],
    ['homepage', manifest.homepage, `${repository}#readme`],
  ] as const;
  const problems = addresses
    .filter(([, value, due]) => value !== due)
    .map(([key, value, due]) => `${key} in package.json is ${value}: npm pkg set '${key}=${due}'`);
  return manifest.private ? [...problems, 'package.json is private: npm pkg delete private'] : problems;
}

function nameProblems({ manifest: { name, version }, repository, published }: Facts): string[] {
  if (published === undefined) return [];
  if (published.repository !== `git+${repository}.git`)
    return [`the name ${name} on npm belongs to others: its repository there is ${published.repository}`];
  return published.versions.includes(version) ? [`npm has ${name} ${version} already: raise the version`] : [];
}

function signatureProblems({ tag, signature: { verified, reason } }: Facts): string[] {
  return verified ? [] : [`GitHub does not verify the signature of tag ${tag} (${reason}): git tag -s ${tag}`];
}
