import { App, Chart, JsonPatch } from 'cdk8s';
import { SecuredStack } from '../../src/stack/secured-stack';
import { minimal, objectsOf, variants } from '../support';

describe('a stack', () => {
  it('is these objects, in the order in which a cluster takes them', () => {
    expect(objectsOf(minimal).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toMatchSnapshot();
  });

  it('is these objects where pods wait for the mirror: the rule comes last, and the policy before the right that it guards', () => {
    const { nodeReadiness = minimal } = variants;
    const names = objectsOf(nodeReadiness).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    const more = names.slice(objectsOf(minimal).length);
    expect(more).toEqual([
      'ValidatingAdmissionPolicy secured-mirror-node-readiness',
      'ValidatingAdmissionPolicyBinding secured-mirror-node-readiness',
      'ClusterRole secured-mirror-node-readiness',
      'ClusterRoleBinding secured-mirror-node-readiness',
      'NodeReadinessRule secured-mirror',
    ]);
  });

  it('fails in the user’s words where settings cannot be', () => {
    const props = { ...minimal, namespace: 'kube-system', registries: ['docker.io', 'docker.io:443'] };
    expect(() => objectsOf(props)).toThrow(
      /^SecuredStack test\/stack: these settings are wrong\nnamespace: got "kube-system"; .*\nregistries\[1\]: got "docker.io:443"; /,
    );
  });

  it('is the same each time', () => {
    expect(objectsOf(minimal)).toEqual(objectsOf(minimal));
  });
});

describe('objects of a stack, as members', () => {
  const stackOf = (props = minimal) => new SecuredStack(new Chart(new App(), 'test'), 'stack', props);
  const named = (stack: SecuredStack) =>
    Object.values(stack)
      .flat()
      .flatMap((one) => (one?.kind === undefined ? [] : [`${one.kind} ${one.name}`]))
      .sort();

  it('are the ones that users patch', () => {
    expect(named(stackOf())).toEqual([
      'ConfigMap mirror-auth-proxy',
      'ConfigMap mirror-node-agent',
      'ConfigMap mirror-redirect',
      'DaemonSet mirror',
      'Namespace secured-mirror',
      'NetworkPolicy default-deny',
      'NetworkPolicy mirror',
      'Service mirror-peers',
      'ServiceAccount mirror',
    ]);
  });

  it('are there where the stack makes them', () => {
    expect(stackOf(variants.withoutPolicies).networkPolicies).toEqual([]);
    expect(stackOf().entryService).toBeUndefined();
    expect(stackOf(variants.clusterIp).entryService?.name).toBe('mirror-entry');
    expect(stackOf().nodeReadinessRule).toBeUndefined();
    expect(stackOf(variants.nodeReadiness).nodeReadinessRule?.name).toBe('secured-mirror');
  });

  it('take a patch', () => {
    const { daemonSet } = stackOf();
    daemonSet.addJsonPatch(JsonPatch.replace('/spec/updateStrategy/rollingUpdate/maxUnavailable', 1));
    expect(daemonSet.toJson().spec.updateStrategy.rollingUpdate).toEqual({ maxUnavailable: 1 });
  });
});
