import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const DAY = '2025-06-01';

/** Folders of rules, which are their functions `check…`. */
const FOLDERS = ['src/mirror/rules', 'src/tokens/rules', 'src/stack/rules'];

/** How often a rule was called in one synth. */
const calls = new Map<string, number>();

/** A module whose rules are counted. */
function counted(file: string): object {
  const exported: { [name: string]: unknown } = jest.requireActual(file);
  const entries = Object.entries(exported).map(([name, value]) => {
    if (typeof value !== 'function' || !/^check[A-Z]/.test(name)) return [name, value];
    calls.set(name, 0);
    const rule = (...given: unknown[]) => {
      calls.set(name, (calls.get(name) ?? 0) + 1);
      return value(...given);
    };
    return [name, rule];
  });
  return Object.fromEntries(entries);
}

for (const folder of FOLDERS) {
  for (const file of readdirSync(join(ROOT, folder))) {
    const path = join(ROOT, folder, file);
    jest.doMock(path, () => counted(path));
  }
}

/** Rules that judge a part of the tokens: as many calls as stack.yaml has such parts. */
const PARTS: { readonly [rule: string]: number } = {
  checkTokenQuota: 1,
  checkSharedAccount: 1,
  checkPullToken: 2,
  checkPushToken: 2,
  checkToken: 4,
};

it('one synth of the default stack.yaml runs each rule once', () => {
  const { readStackFile } = require('../../src/stack/reader');
  const { makeClusters } = require('../../src/stack/synth');
  const [made] = [...makeClusters(readStackFile(join(ROOT, 'stack.yaml'), DAY).clusters, DAY, 'stack.yaml')];
  expect(made.objects).toBeGreaterThan(10);
  expect(calls.size).toBeGreaterThan(20);
  const expected = Object.fromEntries([...calls.keys()].map((rule) => [rule, PARTS[rule] ?? 1]));
  expect(Object.fromEntries(calls)).toEqual(expected);
});
