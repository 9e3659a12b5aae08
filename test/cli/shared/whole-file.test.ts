import fs, { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeNew, writeWhole } from '../../../src/cli/shared/whole-file';
import { inFolderOfItsOwn } from '../working-folder';

inFolderOfItsOwn();
afterEach(() => jest.restoreAllMocks());

/** Takes half of a text, as a full disk does. */
function fillDisk(): void {
  const write = fs.writeFileSync;
  jest.spyOn(fs, 'writeFileSync').mockImplementation((file, text) => {
    write(file, `${text}`.slice(0, 2));
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  });
}

describe('a file that is written as a whole', () => {
  it('is new, or replaces another and keeps its mode', () => {
    writeWhole('file', 'first');
    chmodSync('file', 0o640);
    writeWhole('file', 'second');
    expect({ text: readFileSync('file', 'utf8'), mode: statSync('file').mode & 0o777 }).toEqual({
      text: 'second',
      mode: 0o640,
    });
    writeWhole('file', 'third', 0o600);
    expect(statSync('file').mode & 0o777).toBe(0o600);
    expect(readdirSync('.')).toEqual(['file']);
  });

  it('stays as it was on a full disk, and the error names it', () => {
    writeFileSync('file', 'before');
    fillDisk();
    expect(() => writeWhole('file', 'after')).toThrow(expect.objectContaining({ code: 'ENOSPC', path: 'file' }));
    expect(() => writeNew('other', 'after', 0o600)).toThrow('full');
    expect(readdirSync('.')).toEqual(['file']);
    expect(readFileSync('file', 'utf8')).toBe('before');
  });

  it('may be behind a link, which stays', () => {
    writeFileSync('file', 'before');
    symlinkSync('file', 'link');
    writeWhole('link', 'after');
    expect(lstatSync('link').isSymbolicLink()).toBe(true);
    expect(readFileSync('file', 'utf8')).toBe('after');
  });

  it('may be a device', () => {
    expect(() => writeWhole('/dev/full', 'text')).toThrow(/ENOSPC/);
    writeWhole('/dev/null', 'text');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('is not where a folder is', () => {
    fs.mkdirSync('folder');
    expect(() => writeWhole('folder', 'text')).toThrow(expect.objectContaining({ code: 'EISDIR', path: 'folder' }));
    expect(readdirSync('.')).toEqual(['folder']);
    expect(() => writeNew('folder', 'text', 0o600)).toThrow(/EEXIST/);
  });
});
