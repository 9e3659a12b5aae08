import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const PAGES = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`)
  .sort();
const GENERATED = ['docs/api.md', 'docs/network-policies.md', 'docs/platforms.md', 'docs/stack-yaml.md'];

describe('a page that has commands to type', () => {
  it('says how the command is started in a clone', () => {
    const pages = PAGES.filter((page) => /^(.*[|] )?secure-mirror [a-z]/m.test(text(page)));
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.filter((page) => !text(page).includes('npm run --silent secure-mirror --'))).toEqual([]);
  });
});

describe('the README', () => {
  it('has at most 900 words', () => {
    expect(text('README.md').split(/\s+/).length).toBeLessThanOrEqual(900);
  });

  it('has the command that makes manifests, and the one that tests', () => {
    expect(text('README.md')).toMatch(/^npm ci && npm run synth .*\nnpm ci && npm test /m);
  });

  it('shows one stack.yaml, a picture, and one line of status', () => {
    const readme = text('README.md');
    expect(readme.match(/^```yaml$/gm)).toHaveLength(1);
    expect(readme).toMatch(/^!\[.+\]\(docs\/images\/.+\)$/m);
    expect(readme.match(/^\*\*Status:\*\* .*$/gm)).toHaveLength(1);
  });
});

describe('the index', () => {
  it('leads to every page, and README.md to the index', () => {
    const pages = PAGES.filter((page) => dirname(page) === 'docs' && page !== 'docs/README.md');
    const index = text('docs/README.md');
    expect(pages.filter((page) => !index.includes(`(${relative('docs', page)}`))).toEqual([]);
    expect(text('README.md')).toContain('(docs/README.md)');
  });
});

/** What a heading, or an anchor in the text, is called in a link. */
function anchorsOf(page: string): string[] {
  const lines = text(page).replace(/^```.*?^```/gms, '');
  const headings = [...lines.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replace(/ /g, '-'),
  );
  const numbered = headings.map((heading, index) => {
    const before = headings.slice(0, index).filter((other) => other === heading).length;
    return before === 0 ? heading : `${heading}-${before}`;
  });
  return [...numbered, ...[...lines.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)];
}

const EXAMPLES = readdirSync(join(ROOT, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, 'examples', entry.name, 'README.md')))
  .map(({ name }) => `examples/${name}/README.md`);

describe('links', () => {
  it.each(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...PAGES, ...EXAMPLES])(
    'in %s lead somewhere',
    (page) => {
      const links = [...text(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
      const broken = links
        .filter((link) => !/^[a-z]+:/.test(link))
        .filter((link) => {
          const [path = '', anchor] = link.split('#');
          const target = path === '' ? page : relative(ROOT, resolve(ROOT, dirname(page), path));
          if (!existsSync(join(ROOT, target))) return true;
          return anchor !== undefined && statSync(join(ROOT, target)).isFile() && !anchorsOf(target).includes(anchor);
        });
      expect(broken).toEqual([]);
    },
  );
});

describe('the package', () => {
  const { files } = JSON.parse(text('package.json'));
  const included = ['README.md', 'LICENSE', 'package.json', ...files].filter((name: string) => !name.startsWith('!'));
  const packed = (path: string) => included.some((name) => `${path}/`.startsWith(name.replace(/[*/]*$/, '/')));

  it.each(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...PAGES, ...EXAMPLES])(
    'has what %s leads to',
    (page) => {
      const links = [...text(page).matchAll(/\]\(([^)\s#]+)/g)].map(([, link = '']) => link);
      const paths = links.filter((link) => !/^[a-z]+:/.test(link)).map((link) => join(dirname(page), link));
      expect(paths.map((path) => path.replace(/[/]$/, '')).filter((path) => !packed(path))).toEqual([]);
    },
  );
});

describe('the glossary', () => {
  const terms = [...text('docs/glossary.md').matchAll(/^\| ([^|]+) \| [^|]{3,} \|$/gm)]
    .map(([, term = '']) => term)
    .filter((term) => term !== 'term');

  it('has each term once', () => {
    expect(terms.length).toBeGreaterThan(120);
    expect(terms.filter((term, index) => terms.indexOf(term) !== index)).toEqual([]);
  });

  it.each([
    'entry',
    'origin',
    'mirror',
    'peer',
    'identity',
    'credential',
    'stack',
    'ledger',
    'drift',
    'verify',
    'retire',
  ])('says what %s means', (term) => {
    expect(terms).toContain(term);
  });

  it('is followed: no page has a word that it replaced', () => {
    const old =
      /\b(?:[dD]oors?|[Ss]hadow|settleSeconds|lastProof|[Ss]trays|handed over|ways? of authentication)\b|\bbudget:/g;
    const pages = ['README.md', 'CONTRIBUTING.md', ...PAGES].filter((page) => !GENERATED.includes(page));
    const found = pages.flatMap((page) =>
      [...text(page).matchAll(/^.*$/gm)]
        .filter(([line]) => !/\bthen called\b|for door/.test(line))
        .flatMap(([line]) => [...line.matchAll(old)].map(([word]) => `${page}: ${word}`)),
    );
    expect(found).toEqual([]);
  });
});

describe('paths of the code', () => {
  it('exist, as pages name them', () => {
    const pages = ['README.md', 'CONTRIBUTING.md', ...PAGES].filter((page) => !GENERATED.includes(page));
    const named = pages.flatMap((page) =>
      [...text(page).matchAll(/`((?:src|test)\/[\w./-]*\w)`/g)].map(([, path = '']) => path),
    );
    expect(named.length).toBeGreaterThan(20);
    const missing = [...new Set(named)].filter((path) => !existsSync(join(ROOT, path)));
    expect(missing).toEqual([]);
  });
});
