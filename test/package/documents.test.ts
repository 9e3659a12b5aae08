import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Block, runIn } from '../pages/blocks';
import { Clone } from '../pages/clone';
import { scriptOf, type } from '../pages/commands';
import { pack } from './packed';

jest.setTimeout(600_000);

describe('the commands of a page', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'secure-mirror-documents-'));
  // Of npm only `npm ci` is not what it says: it would empty the packages of this clone.
  const programs = new Clone(['npm']);
  afterAll(() => {
    rmSync(scratch, { recursive: true });
    programs.remove();
  });

  const pages = runIn('package');
  const inExample = (page: string) => page.startsWith('examples/');

  /** Types the blocks of a page, and says what it takes. */
  async function typed(blocks: Block[], folder: string): Promise<void> {
    const { PATH, STAND_INS } = programs.environment;
    const { code, output } = await type(scriptOf(blocks), folder, { PATH, STAND_INS, INIT_CWD: undefined });
    if (code !== 0) throw new Error(`exit code ${code} after\n${output}`);
  }

  beforeAll(() => {
    // Beside the project, as the page says: secure-mirror/secure-mirror-0.2.0.tgz.
    mkdirSync(join(scratch, 'secure-mirror'));
    pack(join(scratch, 'secure-mirror'));
    mkdirSync(join(scratch, 'project'));
  });

  it.each(pages.filter(([page]) => !inExample(page)))('%s do what they say in an empty project', async (_, blocks) => {
    await typed(blocks, join(scratch, 'project'));
    const files = ['stack.yaml', 'out/default/mirror.k8s.yaml'];
    expect(files.filter((file) => !existsSync(join(scratch, 'project', file)))).toEqual([]);
  });

  it.each(pages.filter(([page]) => inExample(page)))('%s make manifests in a clone', async (page, blocks) => {
    const clone = join(scratch, 'secure-mirror/clone');
    await typed(blocks, clone);
    const [, name = ''] = page.split('/');
    expect(existsSync(join(clone, 'dist/manifests', name))).toBe(true);
  });
});
