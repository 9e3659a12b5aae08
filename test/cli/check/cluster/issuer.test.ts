import { issuer } from '../../../../src/cli/check/cluster/issuer';
import { variants } from '../../../support';
import { contextOf } from '../../probe/fake-context';

const stack = {
  authentication: { mutualTls: { issuer: { ref: { name: 'ours', kind: 'ClusterIssuer' } } } },
} as never;
const withCondition = (...conditions: object[]) => ({
  stack,
  objects: { 'clusterissuers.cert-manager.io ours': { status: { conditions } } },
});

describe('the check issuer', () => {
  it('sees one that is ready', async () => {
    const context = contextOf(withCondition({ type: 'Ready', status: 'True' }));
    expect(await issuer.run(context)).toMatchObject([{ level: 'ok', message: 'ClusterIssuer ours is ready' }]);
  });

  it('repeats why one is not', async () => {
    const context = contextOf(withCondition({ type: 'Ready', status: 'False', message: 'secret not found' }));
    expect(await issuer.run(context)).toMatchObject([
      { level: 'problem', message: 'ClusterIssuer ours is not ready: secret not found' },
    ]);
  });

  it('does not take silence for readiness', async () => {
    expect(await issuer.run(contextOf(withCondition()))).toMatchObject([{ level: 'warning' }]);
  });

  it('misses one', async () => {
    expect(await issuer.run(contextOf({ stack }))).toMatchObject([
      { level: 'problem', message: 'ClusterIssuer ours does not exist' },
    ]);
  });

  it('waits for the one that the stack makes', async () => {
    expect(await issuer.run(contextOf({}))).toMatchObject([
      { level: 'note', message: expect.stringContaining('mirror-ca') },
    ]);
  });

  it('is not needed without certificates', async () => {
    expect(await issuer.run(contextOf({ stack: variants.basic as never }))).toMatchObject([{ level: 'note' }]);
  });
});
