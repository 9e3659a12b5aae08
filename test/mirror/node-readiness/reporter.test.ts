import { containersOf, type Manifest, minimal, objectsOf, podOf, variants } from '../../support';

describe('the reporter of the Node Readiness Controller', () => {
  const pod = podOf(objectsOf(variants.nodeReadiness ?? minimal));
  const container = containersOf(pod).find(({ name }) => name === 'node-readiness-reporter');

  it('is this container', () => {
    expect(container).toMatchSnapshot();
  });

  it('finds token and CA where clients in a pod look for them, and nothing else of the pod', () => {
    const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
    expect(container.volumeMounts).toEqual([{ name: 'api-token', mountPath, readOnly: true }]);
    const { sources } = pod.volumes.find(({ name }: Manifest) => name === 'api-token').projected;
    expect(sources.flatMap(pathsOf)).toEqual(['token', 'ca.crt']);
  });

  function pathsOf({ serviceAccountToken, configMap }: Manifest): string[] {
    return serviceAccountToken ? [serviceAccountToken.path] : configMap.items.map(({ path }: Manifest) => path);
  }
});
