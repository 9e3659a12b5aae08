import { spellingOf } from '../../../../src/cli/shared/started';
import { planOf } from '../../../../src/cli/tokens/plan/plan';
import { planText } from '../../../../src/cli/tokens/plan/text';
import { resolveTokens } from '../../../../src/tokens/resolve';
import { example } from '../../../tokens/ledger/ledger-example';
import { StackFolder } from './plan-example';

let stack: StackFolder;
beforeEach(() => {
  stack = new StackFolder();
});
afterEach(() => stack.remove());
const BEFORE = '2025-06-01';
const NIGHTLY = 'nightly-ingress-controller pull';

describe('secure-mirror tokens plan', () => {
  it('prints the steps with their days, and is fine while none is overdue', async () => {
    const { code, stdout, stderr } = await stack.tokens('plan', '--today', BEFORE);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const wanted = planText(
      planOf({ cluster: resolveTokens(example), today: BEFORE, spelling: spellingOf({ file: stack.file }) }),
    );
    expect(stdout).toBe(`${wanted.join('\n')}\n`);
  });

  it('is readable at 120 columns', () => {
    const lines = planText(planOf({ cluster: resolveTokens(example), today: BEFORE }));
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
    expect(lines.join('\n')).toMatchSnapshot();
  });

  it('fails when a rotation is overdue, and says so first', async () => {
    const { code, stdout } = await stack.tokens('plan', '--today', '2025-06-10');
    expect(code).toBe(1);
    expect(stdout.split('\n')[3]).toBe(`${NIGHTLY} (team-k8s): OVERDUE since 2025-06-03, 7 days`);
  });

  it('says it to a program, of one purpose', async () => {
    const { stdout } = await stack.tokens('plan', '--today', BEFORE, '--json', '--purpose', NIGHTLY);
    expect(JSON.parse(stdout)).toMatchObject({
      today: BEFORE,
      ok: true,
      quotas: [{ now: 5, peak: 8, limit: 10 }],
      tokens: [{ purpose: NIGHTLY, state: 'running' }],
    });
  });

  it('names the purposes that there are for another', async () => {
    const { code, stdout, stderr } = await stack.tokens('plan', '--today', BEFORE, '--purpose', 'nightly');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/--purpose: got "nightly"; expected one of these: "kubernetes-ingress-controller pull", /);
  });

  it('gives its own --file and --cluster on to the commands that it prints', async () => {
    const two = new StackFolder([example, { ...example, name: 'other', tokens: [] }]);
    const { stdout } = await two.tokens('plan', '--today', BEFORE, '--cluster', 'production');
    expect(stdout).toContain(`--file ${two.file} --cluster production`);
    two.remove();
  });

  it('lets a name not steer the terminal', async () => {
    const [kong] = example.tokens ?? [];
    const pull = (kong?.pull ?? []).map((token) => ({ ...token, owner: '\x1b[2Jteam' }));
    const other = new StackFolder([{ ...example, tokens: [{ ...kong, organization: 'kong', pull }] }]);
    const { stdout } = await other.tokens('plan', '--today', BEFORE);
    expect(stdout).toContain('(?[2Jteam)');
    expect(stdout).not.toContain('\x1b');
    other.remove();
  });
});

describe('secure-mirror tokens ledger', () => {
  it('prints the page, and JSON, whatever the day', async () => {
    const page = await stack.tokens('ledger', '--today', '2025-06-01');
    expect(page.code).toBe(0);
    expect(page.stdout).toContain('# Tokens of the cluster production');
    expect(page.stdout).toContain(`| ${NIGHTLY} | image pull | kong/nightly-ingress-controller |`);
    const json = await stack.tokens('ledger', '--json', '--today', '2025-05-21');
    expect(JSON.parse(json.stdout).tokens).toHaveLength(4);
  });
});
