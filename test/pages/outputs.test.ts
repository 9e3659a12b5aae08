import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Answers, CheckCluster } from '../cli/check/check-cluster';
import { withKubectl } from '../cli/secure-mirror';
import { fakeRegistry } from '../cli/tokens/verify/fake-registry';
import { removeFolders, stackFile, write } from '../cli/tokens/verify/folder';
import { outputOf, outputsIn, unprinted } from './outputs';

const folder = mkdtempSync(join(tmpdir(), 'secure-mirror-outputs-'));
afterAll(() => {
  removeFolders();
  rmSync(folder, { recursive: true });
});

const CLUSTER = `    registries: [docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
`;
/** What a cluster with cert-manager knows. */
const KINDS = Object.fromEntries(
  Object.entries({
    '/api/v1': ['Namespace', 'ConfigMap', 'Service', 'ServiceAccount'],
    '/apis/apps/v1': ['DaemonSet'],
    '/apis/networking.k8s.io/v1': ['NetworkPolicy'],
    '/apis/cert-manager.io/v1': ['Issuer', 'Certificate'],
  }).map(([path, kinds]) => [path, { resources: kinds.map((kind) => ({ name: kind, kind })) }]),
);
const NIGHTLY = 'kong/nightly-ingress-controller';
const bindTo = [{ namespace: 'kong', serviceAccounts: ['controller'] }];

/** What synth says of a stack.yaml whose second cluster has more settings. */
async function synth(settings: string, ...words: string[]): Promise<string> {
  writeFileSync(join(folder, 'stack.yaml'), `clusters:\n  - name: a\n${CLUSTER}  - name: b\n${CLUSTER}${settings}`);
  const { stdout, stderr } = await withKubectl(
    'kubectl',
    'synth',
    '--check',
    '-f',
    join(folder, 'stack.yaml'),
    ...words,
  );
  return `${stderr}${stdout}`.replaceAll(`${folder}/`, '');
}

/** What a command says about a cluster of two nodes. */
async function asked(answers: Answers, words: (stack: string) => string[]): Promise<string> {
  const cluster = new CheckCluster(answers);
  try {
    const { stdout, stderr } = await withKubectl(cluster.kubectl, ...words(cluster.stack));
    return `${stderr}${stdout}`;
  } finally {
    cluster.remove();
  }
}

/** What `tokens verify` says of a token that may also push. */
async function verified(): Promise<string> {
  fakeRegistry({ x: { [NIGHTLY]: ['pull', 'push'] } });
  const token = (purpose: string, repository: string) => ({
    purpose,
    repositories: [repository],
    owner: 'team',
    bindTo,
  });
  const pull = [
    token('nightly-ingress-controller pull', NIGHTLY),
    token('kubernetes-ingress-controller pull', 'kong/kubernetes-ingress-controller'),
  ];
  write(folder, 'nightly-ingress-controller-pull', 'x');
  const { stdout } = await withKubectl(
    'kubectl',
    'tokens',
    'verify',
    '--from-dir',
    folder,
    '-f',
    stackFile({ more: { pull, push: [] } }),
  );
  return stdout;
}

/** What commands print where a page shows it, by page, in the order of its blocks. */
const PRINTED: { readonly [page: string]: readonly (() => Promise<string>)[] } = {
  'docs/check.md': [
    () =>
      asked({ paths: KINDS }, (stack) => [
        'check',
        '-f',
        stack,
        '--pre',
        '--check',
        'cluster-version',
        'secrets',
        'network-policies',
      ]),
  ],
  'docs/command.md': [
    () => synth('    dualStack: "yes"\n    entry: {loopback: {port: 0}}\n'),
    () => synth('\n    entry: {loopback: {port: 0}}\n', '--json'),
    () => asked({ hangs: ['get daemonset'] }, () => ['status', '--timeout', '1s']),
  ],
  'docs/tokens-verify.md': [verified],
};

describe('what a page shows', () => {
  const all = Object.entries(PRINTED).flatMap(([page, list]) => list.map((print, index) => ({ page, index, print })));

  it.each(all)('is what a command prints: $page, block $index', async ({ page, index, print }) => {
    const printed = await print();
    const block = outputOf(page, 'here', index);
    expect({ missing: unprinted(block, printed), printed }).toEqual({ missing: [], printed });
  });

  it('is compared, all of it', () => {
    const compared = Object.entries(PRINTED).flatMap(([page, list]) => list.map(() => page));
    expect(outputsIn('here').map(({ page }) => page)).toEqual(compared);
  });
});

describe('a line that a command no longer prints', () => {
  const lacking = (text: string, printed: string, instead = {}) =>
    unprinted({ page: 'page.md', line: 1, language: '', text }, printed, instead);

  it('is found', () => {
    expect(lacking('✔ a  2 nodes\n✘ b\n', '✔ a 13 nodes\n✔ c\n✘ d\n')).toEqual(['✘ b']);
    expect(lacking('a\nb\n', 'b\na\n')).toEqual(['b']);
    expect(lacking('a …c\n', 'a b d\n')).toEqual(['a …c']);
  });

  it('may have other numbers, digests and names', () => {
    expect(lacking('1.5 MB of 0123456789ab from w1\n…\n', '22 MB of fedcba987654 from cp\nx\n', { cp: 'w2' })).toEqual(
      [],
    );
    expect(lacking('a …c\n', 'a b c\n')).toEqual([]);
  });
});
