import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { nodeProbe } from '../../../../src/cli/check/node/probe-pod';
import { probeScript } from '../../../../src/cli/check/node/scripts';
import { redirectRules } from '../../../../src/mirror/auth-proxy/redirect';
import { resolveMirror } from '../../../../src/mirror/resolve';
import { minimal } from '../../../support';

const probe = (settings = {}) => nodeProbe(resolveMirror({ ...minimal, ...settings }), 'w1');
const all = (settings = {}) => {
  const { spec } = probe(settings);
  return [...(spec.initContainers ?? []), ...spec.containers];
};

describe('the pod that looks at a node', () => {
  it('has no namespace of the node, and the node alone as a host path', () => {
    const { spec, node } = probe();
    expect(node).toBe('w1');
    for (const key of ['hostNetwork', 'hostPid', 'hostIpc', 'serviceAccountName'] as const)
      expect(spec[key]).toBeUndefined();
    expect(spec.volumes).toEqual([
      { name: 'node', hostPath: { path: '/' } },
      { name: 'redirect', emptyDir: {} },
    ]);
  });

  it('gives the node to one container, which cannot write there and has no capability', () => {
    const mounting = all({ dualStack: true }).filter(({ volumeMounts = [] }) =>
      volumeMounts.some(({ name }) => name === 'node'),
    );
    expect(mounting.map(({ name }) => name)).toEqual(['facts']);
    expect(mounting[0]?.volumeMounts).toEqual([{ name: 'node', mountPath: '/host', readOnly: true }]);
    for (const { name, securityContext } of all({ dualStack: true })) {
      expect(securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        privileged: false,
        readOnlyRootFilesystem: true,
        seccompProfile: { type: 'RuntimeDefault' },
        capabilities: name.startsWith('redirect') ? { drop: ['ALL'], add: ['NET_ADMIN'] } : { drop: ['ALL'] },
      });
    }
  });

  it("tries the stack's own rules, for both families where pods have both", () => {
    const [rules] = probe({ dualStack: true }).spec.initContainers ?? [];
    const options = { connectionsPerSource: 64, entryConnections: 4096, permissive: false };
    expect(rules?.args).toEqual([
      'redirect.rules',
      redirectRules({ ...options, family: 'IPv4' }),
      'redirect-ipv6.rules',
      redirectRules({ ...options, family: 'IPv6' }),
    ]);
    expect(probe().spec.containers.map(({ name, command }) => [name, command?.[0]])).toEqual([
      ['facts', 'bash'],
      ['redirect', 'iptables-nft-restore'],
    ]);
  });

  it.each(['containerd', 'k3s', 'rke2', 'k0s', 'microk8s', 'talos', 'eks', 'gke', 'aks', 'kind'] as const)(
    'knows the main file of %s',
    (platform) => {
      const [facts] = probe({ platform }).spec.containers;
      const main = facts?.env?.find(({ name }) => name === 'PROBE_CONFIG')?.value;
      expect(main).toMatch(/^\/.*\.toml$/);
    },
  );
});

describe('the script', () => {
  it('is one text that sources no file', () => {
    expect(probeScript()).not.toMatch(/^\s*(\.|source) /m);
    const folder = resolve(__dirname, '../../../../src/cli/check/node');
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.sh'))) {
      const name = /^(\w+)\(\) /m.exec(readFileSync(join(folder, file), 'utf8'))?.[1];
      expect(probeScript()).toContain(`\n${name}() `);
    }
  });

  it('that cannot be read is named', () => {
    const fs: typeof import('node:fs') = jest.requireActual('node:fs');
    const { readFileSync } = fs;
    const missing = jest.spyOn(fs, 'readFileSync').mockImplementation((path, ...options) => {
      if (`${path}`.endsWith('/probe.sh')) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
      return readFileSync(path, ...options);
    });
    expect(probeScript).toThrow("the script probe.sh of the nodes' checks cannot be read");
    missing.mockRestore();
  });
});
