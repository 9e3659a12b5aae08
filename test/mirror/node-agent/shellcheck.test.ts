import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { contractFile } from '../../../src/mirror/node-agent/contract-file';

const FOLDER = resolve(__dirname, '../../../src/mirror/node-agent');
const SCRIPTS = readdirSync(FOLDER).filter((file) => file.endsWith('.sh'));
const lines = (file: string) => readFileSync(join(FOLDER, file), 'utf8').split('\n').slice(0, -1);

describe('the scripts of the node agent', () => {
  // docs/decisions/0022: beyond this, a compiled program takes their place.
  it('have at most 1,500 lines', () => {
    expect(SCRIPTS.flatMap(lines).length).toBeLessThanOrEqual(1500);
  });

  it('are checked as one program: agent.sh sources every other one, and no file is exempt from a check', () => {
    const sourced = lines('agent.sh').flatMap((line) => /^\. "\$here\/(.*)"$/.exec(line)?.[1] ?? []);
    expect([...sourced, 'agent.sh'].sort()).toEqual([...SCRIPTS].sort());
    for (const file of SCRIPTS) expect(lines(file).slice(0, 3).join('\n')).not.toContain('disable=');
  });

  it('name only keys that the contract has', () => {
    const keys = new Set([...contractFile().matchAll(/^([\w.-]+)=/gm)].map(([, key]) => key));
    const text = SCRIPTS.flatMap(lines).join('\n');
    const metrics = [...text.matchAll(/(?:^|\|\| |; )\s*metric (\w+)/gm)].map(([, metric]) => metric);
    expect(metrics.length).toBeGreaterThan(10);
    for (const metric of metrics) expect(keys).toContain(`${metric}.sample`);
    for (const [, key] of text.matchAll(/contract\[([a-z-]+)\]/g)) expect(keys).toContain(key);
    const awk = ['arrivals.awk', 'usage-file.awk', 'usage.awk'].flatMap(lines).join('\n');
    const inAwk = [...awk.matchAll(/\b(?:sample|show)\("(\w+)"/g)].map(([, metric]) => `${metric}.sample`);
    inAwk.push(...[...awk.matchAll(/contract\["([a-z-]+)"\]/g)].map(([, key]) => `${key}`));
    expect(new Set(inAwk).size).toBe(15);
    for (const key of inAwk) expect(keys).toContain(key);
    for (const [, file] of text.matchAll(/write_dynamic_file ([a-z-]+)/g)) expect(keys).toContain(file);
  });
});

const { SHELLCHECK = 'shellcheck' } = process.env;
const installed = spawnSync(SHELLCHECK, ['--version']).status === 0;

// .ci/run checks the same, with the version that it pins.
if (installed) {
  describe('shellcheck', () => {
    let copy: string;
    beforeEach(() => {
      copy = mkdtempSync(join(tmpdir(), 'secure-mirror-shellcheck-'));
      cpSync(FOLDER, copy, { recursive: true });
      cpSync(resolve(__dirname, '../../../.shellcheckrc'), join(copy, '.shellcheckrc'));
    });
    afterEach(() => rmSync(copy, { recursive: true }));
    const check = () => spawnSync(SHELLCHECK, ['-x', '-a', join(copy, 'agent.sh')], { encoding: 'utf8' });

    it('has no complaint', () => {
      expect(check()).toMatchObject({ stdout: '', status: 0 });
    });

    it('finds a misspelt variable', () => {
      const text = readFileSync(join(copy, 'withdraw.sh'), 'utf8');
      writeFileSync(join(copy, 'withdraw.sh'), `${text}misspelt() { echo "$registy"; }\n`);
      expect(check()).toMatchObject({
        stdout: expect.stringContaining('registy is referenced but not assigned'),
        status: 1,
      });
    });
  });
}
