import { Compiled } from '../integration/tokens/harness/compiled';
import { runIn } from './blocks';
import { Clone } from './clone';
import { type Given, scriptOf, type, unused } from './commands';

/** A stack.yaml with the tokens of the pages on tokens, and the file of a token's value. */
const TOKENS = `mkdir new-tokens
for name in nightly-ingress-controller-pull nightly-ingress-controller-push kubernetes-ingress-controller-push; do echo x >new-tokens/$name; done
cp new-tokens/nightly-ingress-controller-pull token`;

const GIVEN: { readonly [page: string]: Given } = {
  'docs/gitops.md': {
    first: 'npm run --silent synth -- --output dist/templates --no-ledger; mv dist/templates/default/* dist/templates',
  },
  'docs/operations.md': {
    first: `root=$PWD; mkdir -p certs.d/registry.example.com certs.d: run/secured-mirror
ln -s /run/secured-mirror/ghcr.io certs.d/ghcr.io; ln -s /run/secured-mirror/ghcr.io certs.d:/ghcr.io
printf '%s\\n' '# theirs' '# secured-mirror begin' ours '# secured-mirror end' >certs.d/registry.example.com/hosts.toml
touch certs.d/registry.example.com/.secured-mirror.cert.pem`,
    last: `cd "$root"; diff certs.d/registry.example.com/hosts.toml - <<<'# theirs'
diff - <(find certs.d certs.d: run -mindepth 1 | sort) <<<$'certs.d/registry.example.com\\ncerts.d/registry.example.com/hosts.toml'`,
    instead: { '/etc/containerd': '$root', 'rm -rf /run': 'rm -rf $root/run' },
  },
  'docs/token-migration.md': { first: TOKENS, instead: { '…': 'nightly' } },
  'docs/tokens-builders.md': { first: TOKENS },
};

describe('the commands of a page', () => {
  const command = new Compiled();
  afterAll(() => command.remove());

  it.each(runIn('here'))('%s do what they say', async (page, blocks) => {
    const given = GIVEN[page] ?? {};
    expect(unused(blocks, given)).toEqual([]);
    const clone = new Clone(['npm', 'npx', 'kubectl', 'pass', 'docker', 'gh']);
    clone.add('secure-mirror', [process.execPath, command.main]);
    try {
      const { code, output } = await type(scriptOf(blocks, given), clone.path, clone.environment);
      if (code !== 0) throw new Error(`exit code ${code} after\n${output}`);
    } finally {
      clone.remove();
    }
  });
});

it('no page is given anything that has no block here', () => {
  const pages = runIn('here').map(([page]) => page);
  expect(Object.keys(GIVEN).filter((page) => !pages.includes(page))).toEqual([]);
});
