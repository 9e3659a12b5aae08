import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withKubectl } from '../secure-mirror';

/** Before, on and after days that the documents had or have in their examples. */
const DAYS = ['2025-06-01', '2025-06-16', '2026-11-26', '2098-12-31'];

const HEAD = `clusters:
  - name: default
    registries: [docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
`;

const folder = mkdtempSync(join(tmpdir(), 'documents-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The stack.yaml of a document, or its tokens in a stack of their own. */
function stackOf(document: string): string {
  const [, shown] = /^```yaml\n((?:clusters|tokens):\n.*?)^```$/ms.exec(readFileSync(document, 'utf8')) ?? [];
  if (!shown?.includes('tokens:')) throw new Error(`${document} shows no tokens`);
  const file = join(folder, `${document.replace(/\W/g, '-')}.yaml`);
  writeFileSync(file, shown.startsWith('tokens:') ? HEAD + shown.replaceAll(/^(?=.)/gm, '    ') : shown);
  return file;
}

const run = (...args: string[]) => withKubectl('/nowhere/kubectl', ...args);

describe.each(['README.md', 'docs/tokens.md', 'docs/token-migration.md'])('the tokens in %s', (document) => {
  it.each(DAYS)('are a stack that synth takes on %s', async (day) => {
    const { code, stderr } = await run('synth', '--check', '--file', stackOf(document), '--today', day);
    expect({ code, errors: code === 0 ? '' : stderr }).toEqual({ code: 0, errors: '' });
  });
});

describe('the guide', () => {
  it.each(DAYS)('has commands of steps 0 and 2 that work with its example on %s', async (day) => {
    const file = stackOf('docs/token-migration.md');
    for (const command of ['plan', 'github-actions']) {
      const { code, stderr } = await run('tokens', command, '--file', file, '--today', day);
      expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
    }
  });
});
