import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { engines } from '../../package.json';

const text = (path: string) => readFileSync(resolve(__dirname, '../..', path), 'utf8');

interface LockedPackage {
  readonly dev?: boolean;
  readonly engines?: { readonly node?: string };
}

/** The oldest minor version of Node 20 that a package takes, such as 17 for `^20.17.0 || >=22.9.0`. */
const minorOf = ({ engines }: LockedPackage) =>
  Math.max(0, ...[...(engines?.node ?? '').matchAll(/(?:>=|\^)\s*20[.](\d+)/g)].map(([, minor]) => Number(minor)));

const { packages } = JSON.parse(text('package-lock.json'));
const { '': ours, ...others }: { [path: string]: LockedPackage } = packages;
const newest = (some: LockedPackage[]) => Math.max(...some.map(minorOf));
const user = /^>=20[.](\d+)[.]0$/.exec(engines.node)?.[1];
const clone = `${newest(Object.values(others))}`;

describe('the oldest Node', () => {
  it('is one for users: in package.json, the lock and the pages', () => {
    expect(ours?.engines).toEqual(engines);
    expect(text('docs/library.md')).toContain(`Node 20.${user} or newer runs the library and the command`);
    expect(text('docs/status.md')).toContain(`| Node | 20.${user} or newer; 20.${clone} or newer in a clone |`);
  });

  it('is enough for what users get', () => {
    expect(newest(Object.values(others).filter(({ dev }) => !dev))).toBeLessThanOrEqual(Number(user));
  });

  it('is the one that the tools of a clone need, on the pages that begin with a clone', () => {
    for (const page of ['README.md', 'docs/kind.md', 'examples/python/README.md'])
      expect(text(page)).toContain(`Node 20.${clone} or newer`);
    expect(text('CONTRIBUTING.md')).toContain(`Node 20 from 20.${clone} on`);
  });

  it('is nowhere another', () => {
    const pages = ['README.md', 'docs/kind.md', 'docs/library.md', 'examples/python/README.md'];
    const named = pages.flatMap((page) => [...text(page).matchAll(/Node (20[.]\d+|20) or newer/g)]);
    expect(named.map(([, version]) => version)).toEqual([clone, clone, user, clone].map((minor) => `20.${minor}`));
  });
});
