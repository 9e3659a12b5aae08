import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { VERSION } from '../../src/kubernetes/version';

test('the version is the one of package.json', () => {
  const { version } = JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8'));
  expect(VERSION).toBe(version);
});
