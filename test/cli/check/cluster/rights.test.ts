import { rights, rightsToApply } from '../../../../src/cli/check/cluster/rights';
import { contextOf } from '../../probe/fake-context';

const PATHS = {
  '/api/v1': {
    resources: [
      { name: 'configmaps', kind: 'ConfigMap' },
      { name: 'namespaces', kind: 'Namespace' },
    ],
  },
  '/apis/apps/v1': { resources: [{ name: 'daemonsets', kind: 'DaemonSet' }] },
};

describe('the check rights', () => {
  it('is ok with all of them', async () => {
    expect(await rights.run(contextOf({}))).toMatchObject([{ level: 'ok' }]);
  });

  it('names each missing one, with its group and place', async () => {
    const forbidden = ['create namespaces', 'list daemonsets', 'get secrets'];
    const [finding] = await rights.run(contextOf({ forbidden }));
    expect(finding?.level).toBe('unknown');
    expect(finding?.message).toBe(
      'you may not list daemonsets.apps; get secrets in the namespace secured-mirror; create namespaces: ' +
        'checks that need it are not tried',
    );
  });

  it('asks for what dry runs and later checks need', async () => {
    const context = contextOf({ forbidden: ['create daemonsets', 'get daemonsets'] });
    expect((await rights.run(context))[0]?.message).toMatch(
      /^you may not get daemonsets[.]apps in the namespace secured-mirror; create daemonsets[.]apps:/,
    );
  });

  it("asks for pods in the mirror's namespace where pull secrets keep them there", async () => {
    const stack = { imagePullSecrets: ['pull'] } as never;
    const [finding] = await rights.run(contextOf({ stack, forbidden: ['create pods', 'create namespaces'] }));
    // `pods/exec` is a right to create a part of pods.
    expect(finding?.message).toContain('create pods/exec, pods in the namespace secured-mirror');
    expect(finding?.message).not.toContain('namespaces');
  });
});

describe('the check rights-to-apply', () => {
  it('is ok with all of them', async () => {
    expect(await rightsToApply.run(contextOf({ paths: PATHS }))).toMatchObject([{ level: 'ok' }]);
  });

  it('names verbs of the same resource, and resources with the same verbs, once', async () => {
    const both = (resource: string) => [`create ${resource}`, `patch ${resource}`];
    const forbidden = ['namespaces', 'configmaps', 'daemonsets'].flatMap(both);
    const [finding] = await rightsToApply.run(contextOf({ paths: PATHS, forbidden }));
    expect(finding?.message).toBe(
      'you may not create, patch namespaces; create, patch configmaps, daemonsets.apps in the namespace secured-mirror',
    );
  });

  it('names each missing one', async () => {
    const context = contextOf({ paths: PATHS, forbidden: ['patch daemonsets', 'create namespaces'] });
    const [finding] = await rightsToApply.run(context);
    expect(finding).toMatchObject({
      level: 'problem',
      message: 'you may not create namespaces; patch daemonsets.apps in the namespace secured-mirror',
    });
  });
});
