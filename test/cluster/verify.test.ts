import type { SecuredStackProps } from '../../src';
import { type FoundLine, found, leftByChecks, stackFile, type Verdict, verdict } from './check-command';
import { checkEnvironment } from './environment';
import { get, kubectl } from './kubectl';
import { allNodes } from './nodes';
import { installPlainSpegel } from './plain-spegel';
import { deleteNamespaces, newNamespace } from './pods';
import { openRegistry, pushNew } from './registry';
import { giveCa, newCa } from './secrets';
import { type Installed, install, NAMESPACE, testCluster, uninstall } from './stack';

jest.setTimeout(900_000);

/** Rows that a strange pod tries. */
const STRANGERS = ['T1', 'T2', 'T8', 'T9'];
/** Rows with an object that a guard refuses. */
const GUARDED = ['T3', 'T4', 'T5', 'T13', 'T21'];
const BINDINGS = ['validatingadmissionpolicybindings', '-l', 'app.kubernetes.io/name=secured-mirror'];

/** Rows with findings of a level. */
function rowsWith({ findings }: Verdict, ...levels: FoundLine['level'][]): string[] {
  return [...new Set(findings.filter(({ level }) => levels.includes(level)).map(({ code }) => code))];
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
    // Policies of the stack judge what the other tests do.
    await kubectl(['delete', ...BINDINGS]);
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
    for (const row of [...GUARDED, 'T20']) expect(found(run, row).at(-1)?.message).toContain('refused at admission');
    expect(await leftByChecks()).toBe('');
  });

  test('without policies and admission, mutual TLS stops each request, and exactly the rows fail that admission alone guards', async () => {
    await kubectl(['-n', NAMESPACE, 'delete', 'networkpolicies', '--all']);
    await kubectl(['delete', ...BINDINGS]);
    const run = await verify();
    expect(rowsWith(run, 'problem').sort()).toEqual([...GUARDED, 'T20'].sort());
    expect(run.code).toBe(1);
    expect(run.text).not.toContain('dropped');
    for (const row of [...STRANGERS, 'T3']) expect(found(run, row)[0].message).toContain('mutual TLS');
    expect(found(run, 'T4').at(-1)).toMatchObject({ level: 'ok', message: expect.stringContaining('mutual TLS') });
  });

  test('a plain Spegel fails', async () => {
    const namespace = await installPlainSpegel('ghcr.io/spegel-org/spegel:v0.7.3', openRegistry().host);
    const rows = ['T3', 'T4', ...STRANGERS];
    const run = await verify('-n', namespace, '--selector', 'app=spegel', '--row', ...rows);
    expect(found(run, 'T3')[0].level).toBe('problem');
    expect(found(run, 'T4').at(-1)?.level).toBe('problem');
    expect(rowsWith(run, 'problem').sort()).toEqual(rows.sort());
  });
});
