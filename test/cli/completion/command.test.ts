import { spawnSync } from 'node:child_process';
import { withKubectl } from '../secure-mirror';

const completion = (...args: string[]) => withKubectl('kubectl', 'completion', ...args);

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])(
    'prints a script for %s with every command, all its options, and their words',
    async (shell) => {
      const { code, stdout, stderr } = await completion(shell);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const { stdout: help } = await withKubectl('kubectl', '--help');
      const names = [...help.matchAll(/^ {2}([a-z]+)( \[options\])?( <shell>)? {2}/gm)].map(([, name = '']) => name);
      expect(names).toEqual(expect.arrayContaining(['init', 'synth', 'tokens', 'completion']));
      for (const name of names.filter((name) => name !== 'help')) expect(stdout).toContain(`' ${name}'`);
      for (const path of ['tokens plan', 'tokens docker-config', 'tokens verify'])
        expect(stdout).toContain(`' ${path}'`);
      for (const option of ['push-probe', 'disturb', 'registries', 'junit'])
        expect(stdout).toMatch(new RegExp(`(--|-l )${option}\\b`));
      expect(stdout).toContain('containerd k3s rke2 k0s microk8s talos eks gke aks kind');
    },
  );

  it('completes in bash, as it is on every machine', async () => {
    const { stdout } = await completion('bash');
    const asked = (...words: string[]) => {
      const at = words.length - 1;
      const call = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${at}; _secure_mirror "\${COMP_WORDS[0]}" "\${COMP_WORDS[${at}]}" "\${COMP_WORDS[${at - 1}]}"; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout: found, stderr } = spawnSync('bash', ['-c', `${stdout}\n${call}`], {
        encoding: 'utf8',
        cwd: __dirname,
      });
      expect(stderr).toBe('');
      return found.trim().split('\n');
    };
    expect(asked('secure-mirror', 'tok')).toEqual(['tokens']);
    expect(asked('secure-mirror', 'tokens', 'dr')).toEqual(['drift']);
    expect(asked('secure-mirror', 'init', '--platform', 'k')).toEqual(['k3s', 'k0s', 'kind']);
    expect(asked('secure-mirror', 'init', '--platform', '=', 'ta')).toEqual(['talos']);
    expect(asked('secure-mirror', 'synth', '--file', 'comm')).toEqual(['command.test.ts']);
    expect(asked('secure-mirror', 'synth', '--cluster', '')).toEqual(['']);
  });

  it.each([
    [['tcsh'], /tcsh.*bash, zsh, fish/],
    [[], /shell/],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await completion(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('says how to load it, and where it does not work', async () => {
    const { stdout } = await completion('--help');
    expect(stdout).toMatch(/After npm, npx and other programs that start it,\s+a shell asks their own completion/);
  });
});
