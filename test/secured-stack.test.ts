import { minimal, objectsOf } from './support';

describe('a stack', () => {
  it('is these objects, in the order in which a cluster takes them', () => {
    expect(objectsOf(minimal).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toMatchSnapshot();
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
