import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = resolve(__dirname, '../../bench/cluster');
const SCRIPTS = readdirSync(FOLDER).filter((file) => file.endsWith('.sh'));

/** Runs functions of the bench without a node, in sh, as a node has no bash for them. */
function run(script: string): string {
  const text = SCRIPTS.map((file) => `. "${join(FOLDER, file)}"`).join('\n');
  const { stdout, stderr } = spawnSync('sh', ['-c', `${text}\n${script}`], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout;
}

describe('the functions on a node', () => {
  it.each(SCRIPTS)('of %s are shell', (file) => {
    expect(spawnSync('sh', ['-n', join(FOLDER, file)], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  it('write descriptors that are JSON', () => {
    expect(JSON.parse(run('descriptor layer.v1.tar abc 12'))).toEqual({
      mediaType: 'application/vnd.oci.image.layer.v1.tar',
      digest: 'sha256:abc',
      size: 12,
    });
  });

  it('see this process in a snapshot, and the load', () => {
    const [pid, load, ...processes] = run('echo $$\nsnapshot').split('\n');
    expect(load).toMatch(/^load \d+[.]\d+$/);
    expect(processes.filter((line) => line.includes(`|${pid} (`))).toHaveLength(1);
  });
});
