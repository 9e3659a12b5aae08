import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { lua } from '../../../src/mirror/envoy/lua';
import { generateScripts } from '../../../src/mirror/node-agent/generate-scripts';
import { scripts } from '../../../src/mirror/node-agent/scripts';

const FOLDER = resolve(__dirname, '../../../src/mirror/node-agent');

describe('the scripts of the node agent', () => {
  it('are those in its folder, each of them in the list, sorted', () => {
    const files = readdirSync(FOLDER).filter((file) => /[.](sh|awk)$/.test(file));
    expect(files.length).toBeGreaterThan(10);
    expect(Object.keys(scripts())).toEqual(files.sort());
  });

  it('are all there, or the first that is missing is named', () => {
    const fs: typeof import('node:fs') = jest.requireActual('node:fs');
    const { readFileSync } = fs;
    const missing = jest.spyOn(fs, 'readFileSync').mockImplementation((path, ...options) => {
      if (`${path}`.endsWith('/publish.sh')) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
      return readFileSync(path, ...options);
    });
    expect(scripts).toThrow("the node agent's script publish.sh cannot be read");
    missing.mockRestore();
  });

  it('are the same, byte for byte and in order, in the compiled library, which reads no file', () => {
    const compiled = mkdtempSync(join(tmpdir(), 'secure-mirror-compiled-'));
    try {
      for (const folder of ['node-agent', 'envoy']) mkdirSync(join(compiled, 'mirror', folder), { recursive: true });
      generateScripts(compiled);
      const module = jest.requireActual(join(compiled, 'mirror/node-agent/scripts.js'));
      const programs = jest.requireActual(join(compiled, 'mirror/envoy/lua.js'));
      rmSync(compiled, { recursive: true });
      expect(JSON.stringify(programs.lua())).toBe(JSON.stringify(lua()));
      const texts = module.scripts();
      expect(JSON.stringify(texts)).toBe(JSON.stringify(scripts()));
      expect(module.scripts()).not.toBe(texts);
    } finally {
      rmSync(compiled, { recursive: true, force: true });
    }
  });
});
