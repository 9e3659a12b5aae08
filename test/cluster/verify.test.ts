import type { SecuredStackProps } from '../../src';
import { type FoundLine, found, leftByChecks, stackFile, type Verdict, verdict } from './check-command';
import { checkEnvironment } from './environment';
import { apply, get, kubectl } from './kubectl';
import { allNodes } from './nodes';
import { installPlainSpegel } from './plain-spegel';
import { deleteNamespaces, newNamespace } from './pods';
import { openRegistry, pushNew } from './registry';
import { eventually } from './run';
import { giveCa, newCa } from './secrets';
import { type Installed, install, manifestsOfKind, NAMESPACE, testCluster, uninstall } from './stack';

jest.setTimeout(900_000);

/** Rows that a strange pod tries. */
const STRANGERS = ['T1', 'T2', 'T8', 'T9'];
/** Rows with an object that admission refuses. */
const GUARDED = ['T3', 'T4', 'T5', 'T13', 'T20', 'T21'];
const BINDING = 'ValidatingAdmissionPolicyBinding';
/** Each row, what of it begins so, and the bindings without which it fails. */
const BINDINGS: [row: string, tried: string, ...bindings: string[]][] = [
  ['T3', 'a webhook', 'guard-webhooks'],
  ['T3', 'an EndpointSlice', 'guard-endpoints'],
  ['T4', 'a pod whose probe', 'guard-probes'],
  ['T5', "a pod in the mirror's namespace", 'guard-mirror-pods'],
  ['T13', "a tenant's pod", 'guard-private-repositories'],
  ['T20', 'a pod in', 'push-secrets'],
  // The second alone lets the Certificate in, but not what cert-manager would make of it.
  ['T21', 'a Certificate', 'guard-certificates', 'guard-certificate-requests'],
];

/** Rows with findings of a level. */
function rowsWith({ findings }: Verdict, ...levels: FoundLine['level'][]): string[] {
  return [...new Set(findings.filter(({ level }) => levels.includes(level)).map(({ code }) => code))];
}

/** Removes all: they would judge what other tests do. */
function removeBindings(): Promise<string> {
  return kubectl(['delete', BINDING, '-l', 'app.kubernetes.io/name=secured-mirror']);
}

/** A stack with every lock. */
async function guardedCluster(): Promise<SecuredStackProps> {
  const { items } = await get('nodes');
  const pods = items.flatMap(({ spec }: { spec: { podCIDRs?: string[] } }) => spec.podCIDRs ?? []);
  const nodes = (await allNodes()).map(({ address }) => `${address}/32`);
  const owner = { repositories: ['acme/app'], owner: 'team' };
  const namespace = await newNamespace('builds');
  const pull = [{ purpose: 'pull', ...owner, bindTo: [{ namespace, serviceAccounts: ['default'] }] }];
  const push = [{ purpose: 'push', ...owner, workload: { namespace, serviceAccount: 'build' } }];
  return testCluster({
    guards: {},
    network: { cidrs: { nodes, pods, services: ['10.96.0.0/12'] } },
    tokens: [{ organization: 'acme', quota: { plan: 'team' }, pull, push }],
  });
}

describe('secure-mirror verify', () => {
  let stack: Installed | undefined;
  let file: string;
  const measured: string[] = [];
  const verify = async (...args: string[]) => {
    const run = await verdict('verify', '-f', file, ...args);
    measured.push(`verify ${args.join(' ')}`, run.text, '');
    return run;
  };

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    const cluster = await guardedCluster();
    file = stackFile(cluster);
    stack = await install(cluster, async () => giveCa(await newCa()));
  });

  afterAll(async () => {
    await removeBindings();
    await Promise.all([uninstall(stack), deleteNamespaces()]);
    console.log(measured.join('\n'));
  });

  test('finds every attack stopped, by policies, mutual TLS and admission, and leaves nothing', async () => {
    const { reference } = await pushNew(openRegistry());
    const run = await verify('--disturb', '--image', reference);
    expect(rowsWith(run, 'problem', 'unknown')).toEqual([]);
    expect(run.code).toBe(0);
    const stopped = [...STRANGERS, ...GUARDED, 'T7', 'T11', 'T12', 'T15', 'T16', 'T17', 'T20', 'T22', 'T23'];
    expect(rowsWith(run, 'ok')).toEqual(expect.arrayContaining(stopped));
    for (const row of STRANGERS) expect(found(run, row)[0].message).toContain('dropped');
    for (const row of GUARDED) expect(found(run, row).at(-1)?.message).toContain('refused at admission');
    expect(await leftByChecks()).toBe('');
  });

  test('without policies, mutual TLS stops each request', async () => {
    await kubectl(['-n', NAMESPACE, 'delete', 'networkpolicies', '--all']);
    const run = await verify('--row', ...STRANGERS, 'T3', 'T4', 'T7');
    expect(rowsWith(run, 'problem', 'unknown')).toEqual([]);
    expect(run.code).toBe(0);
    expect(run.text).not.toContain('dropped');
    for (const row of [...STRANGERS, 'T3']) expect(found(run, row)[0].message).toContain('mutual TLS');
    for (const row of ['T3', 'T4']) expect(found(run, row).at(-1)?.message).toContain('refused at admission');
  });

  test.each(BINDINGS)('%s fails alone, by %s, without %s', async (row, tried, ...bindings) => {
    const names = bindings.map((name) => `secured-mirror-${name}`);
    const all = manifestsOfKind(stack?.manifests ?? '', BINDING);
    const removed = all.filter(({ metadata }) => names.includes(metadata.name));
    await kubectl(['delete', BINDING, ...names]);
    // The API server notices a moment later: this change, and the end of the one before. T3 takes the longest of all rows.
    const run = await eventually(`${row} to fail alone`, 10, async () => {
      const run = await verify('--row', ...GUARDED.filter((one) => one !== 'T3' || row === 'T3'));
      const failed = run.findings.filter(({ level }) => level === 'problem' || level === 'unknown');
      const subject = expect.stringMatching(`^a dry run of ${tried} `);
      expect(failed).toEqual([expect.objectContaining({ level: 'problem', code: row, subject })]);
      return run;
    }).finally(() => apply(...removed));
    expect(run.code).toBe(1);
    const held = run.findings.filter(({ level, code }) => level === 'ok' && ['T3', 'T4'].includes(code));
    for (const { message } of held) expect(message).toMatch(/refused at admission|mutual TLS/);
  });

  test('a plain Spegel fails', async () => {
    await removeBindings();
    const namespace = await installPlainSpegel('ghcr.io/spegel-org/spegel:v0.7.3', openRegistry().host);
    const rows = ['T3', 'T4', 'T7', 'T22', 'T23', ...STRANGERS];
    const run = await verify('-n', namespace, '--selector', 'app=spegel', '--row', ...rows);
    expect(found(run, 'T3')[0].level).toBe('problem');
    expect(found(run, 'T4').at(-1)?.level).toBe('problem');
    for (const row of ['T22', 'T23']) expect(found(run, row)[0].message).toContain('http://');
    expect(rowsWith(run, 'problem').sort()).toEqual(rows.sort());
  });
});
