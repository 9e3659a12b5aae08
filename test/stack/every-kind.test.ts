import { join } from 'node:path';
import { readStackFile } from '../../src/stack/reader';
import type { SecuredStackProps } from '../../src/stack/secured-stack-props';
import { objectsOf, variants } from '../support';

const CHECKED_BY_CI = join(__dirname, '../../.ci/manifests-stack.yaml');
const kindsOf = (stacks: SecuredStackProps[]) =>
  new Set(stacks.flatMap(objectsOf).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));

test('CI compares an object of every kind with the schema of the kind', () => {
  const checked = kindsOf(readStackFile(CHECKED_BY_CI).clusters);
  expect([...kindsOf(Object.values(variants))].filter((kind) => !checked.has(kind))).toEqual([]);
});
