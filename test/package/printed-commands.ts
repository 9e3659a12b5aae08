import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { wordsOf } from '../cli/tokens/json-patch';

/** The commands of a plan, as `tokens plan --json` prints them, each once. */
export function commandsOf(plan: string): string[] {
  const { tokens } = JSON.parse(plan);
  const all = tokens.flatMap(({ steps }: { steps: { commands: string[] }[] }) =>
    steps.flatMap(({ commands }) => commands),
  );
  return [...new Set<string>(all)];
}

/**
 * Types commands of a plan in a folder: those about tokens get to where they lack a token or a cluster, and the synth writes manifests.
 *
 * @returns how kubectl is called by the command that applies, and the folder that it applies, which is there
 */
export function tried(commands: string[], folder: string, environment: NodeJS.ProcessEnv): string[] {
  const type = (command: string) => {
    const env = { ...process.env, ...environment, KUBECTL: 'false' };
    const { status, stderr } = spawnSync('bash', ['-c', command], { cwd: folder, env, encoding: 'utf8' });
    return { status, stderr };
  };
  rmSync(join(folder, 'new-tokens'), { recursive: true, force: true });
  mkdirSync(join(folder, 'new-tokens'));
  for (const command of commands.filter((command) => command.includes(' tokens '))) {
    // No registry is asked: the folder with tokens is not there.
    const { status, stderr } = type(
      command.replace('--from-dir new-tokens', '--from-dir nowhere').replace(/<\S+$/, '<<<x'),
    );
    expect(stderr).not.toMatch(/error: |not found|npm error|Missing script/);
    expect([command, status, stderr]).toEqual(
      command.includes(' docker-config ')
        ? [command, 0, '']
        : [command, 2, expect.stringMatching(/nowhere|kubectl (failed|could not)/)],
    );
  }
  rmSync(join(folder, 'new-tokens'), { recursive: true });
  const [synth = '', ...more] = commands.filter((command) => / synth( |$)/.test(command));
  expect(more).toEqual([]);
  expect(type(synth).status).toBe(0);
  const [apply = ''] = commands.filter((command) => / apply .*--field-manager/s.test(command));
  const path = wordsOf(apply).at(-1) ?? '';
  const there = [path, join(folder, path)].filter((path) => existsSync(join(path, 'mirror.k8s.yaml')));
  expect(there).toHaveLength(1);
  rmSync(there[0] ?? '', { recursive: true });
  return [apply.replace(/ apply .*/s, ''), path];
}
