import { parse } from 'yaml';
import { settingsOf } from '../../src/cli/init/settings';
import { stackText } from '../../src/cli/init/stack-text';
import { runIn } from './blocks';

/** Two minutes at forty words a minute, of five characters each. */
const MOST_CHARACTERS = 400;

describe("the README's walk", () => {
  const [, blocks = []] = runIn('cluster').find(([page]) => page === 'README.md') ?? [];
  const typed = blocks.flatMap(({ text }) => text.split('\n').map((line) => line.replace(/\s+# .*$/, '')));
  const commands = typed.filter((line) => line !== '');
  const stack = parse(stackText(settingsOf({ name: 'default' })));
  const [{ name, registries, authentication }] = stack.clusters;

  it('is typed in less than two minutes', () => {
    expect(commands.length).toBeGreaterThan(4);
    expect(commands.map((line) => `${line}\n`).join('').length).toBeLessThan(MOST_CHARACTERS);
  });

  it('applies the cluster that init names, with its Secret, and pulls from a registry that it mirrors', () => {
    expect(commands.join('\n')).toContain(`-f out/${name}\n`);
    expect(commands.join('\n')).toContain(`create secret tls ${authentication.mutualTls.issuer.caSecret} `);
    expect(commands.at(-1)).toMatch(/--pull --image \w+$/);
    expect(registries).toContain('docker.io');
  });
});
