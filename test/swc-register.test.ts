import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';

const ROOT = resolve(__dirname, '..');
const MODULES = 100;

const folder = mkdtempSync(join(tmpdir(), 'swc-register-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('threads of one process may compile the same files for the first time', async () => {
  mkdirSync(join(folder, 'src'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(ROOT, 'node_modules/@swc'), join(folder, 'node_modules/@swc'));
  cpSync(join(ROOT, 'src/swc-register.cjs'), join(folder, 'src/swc-register.cjs'));
  const names = Array.from({ length: MODULES }, (_, index) => `module${index}`);
  for (const name of names)
    writeFileSync(join(folder, 'src', `${name}.ts`), `export const name: string = '${name}';\n`);
  const requires = names.map((name) => `require('./${name}.ts');`).join('\n');
  writeFileSync(join(folder, 'src/all.cjs'), `require('./swc-register.cjs');\n${requires}\n`);

  const ends = Array.from({ length: 4 }, () => {
    const worker = new Worker(join(folder, 'src/all.cjs'));
    return new Promise<number>((resolve, reject) => worker.on('error', reject).on('exit', resolve));
  });
  expect(await Promise.all(ends)).toEqual([0, 0, 0, 0]);
});
