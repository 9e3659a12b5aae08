import { namespaces } from '../../../../src/cli/check/cluster/namespaces';
import { variants } from '../../../support';
import { contextOf } from '../../probe/fake-context';

const stack = variants.tokens as never;

describe('the check namespaces', () => {
  it('misses the namespaces of bound ServiceAccounts, and says how to make them', async () => {
    const [finding] = await namespaces.run(contextOf({ stack }));
    expect(finding?.level).toBe('problem');
    expect(finding?.fix?.split('\n')).toContain('kubectl create namespace kong');
    expect(finding?.fix).not.toContain('secured-mirror');
  });

  it('sees them', async () => {
    const all = contextOf({ stack }).objects.map(({ metadata }) => [`namespace ${metadata.namespace}`, {}]);
    const [finding] = await namespaces.run(contextOf({ stack, objects: Object.fromEntries(all) }));
    expect(finding).toMatchObject({ level: 'ok', message: expect.stringContaining('kong') });
  });

  it('are none for the mirror alone', async () => {
    expect(await namespaces.run(contextOf({}))).toMatchObject([{ level: 'note' }]);
  });
});
