import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStackFile } from '../../src/stack/reader';
import { registered } from './recording';

const RELEASED = join(__dirname, '../cluster/fixtures/released-0.1.0');
const before = readFileSync(join(RELEASED, 'pulumi-resources.txt'), 'utf8').trim().split('\n');

// Pulumi deletes a resource of another name, and makes a new one: with a DaemonSet, all mirrors at once.
test.each(readStackFile(join(RELEASED, 'every-kind.stack.yaml')).clusters)(
  'an upgrade from 0.1.0 of $name renames no resource',
  async (cluster) => {
    const { resources } = await registered(cluster);
    const names = new Set(resources.map(({ type, name }) => `${cluster.name} ${type} ${name}`));
    const known = before.filter((line) => line.startsWith(`${cluster.name} `));
    expect(known.length).toBeGreaterThan(10);
    expect(known.filter((name) => !names.has(name))).toEqual([]);
  },
);
