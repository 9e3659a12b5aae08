import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');
const ROOMS = 'admission auth-proxy authentication mirror network node-agent tokens'.split(' ');

/** Floor of a file: it may import from its own floor and from those below. */
function floorOf(file: string): number {
  const [top, second = ''] = relative(ROOT, file).split('/');
  if (top === 'imports') return 0;
  if (second === 'config') return 0;
  if (ROOMS.includes(second)) return 1;
  if (/^(secured-stack|cluster-tokens)/.test(second)) return 2;
  return 3;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile());
}

const files = [...filesIn(join(ROOT, 'src')), ...filesIn(join(ROOT, 'imports'))];

describe('the house', () => {
  it('has no import that points upwards', () => {
    const upwards = files
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']*)'/g)]
          .map(([, path = '']) => resolve(dirname(file), path))
          .filter((imported) => floorOf(imported) > floorOf(file))
          .map((imported) => `${relative(ROOT, file)} -> ${relative(ROOT, imported)}`),
      );
    expect(upwards).toEqual([]);
  });

  it('has no source file over 8 kB', () => {
    const large = files.filter((file) => /[.](ts|sh)$/.test(file) && statSync(file).size > 8000);
    expect(large.map((file) => relative(ROOT, file))).toEqual([]);
  });
});
