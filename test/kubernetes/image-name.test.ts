import { imageName } from '../../src/kubernetes/image-name';
import { parseStackFile } from '../../src/stack/reader';
import { stackText } from '../cli/tokens/use/stack';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('the name of an image', () => {
  it.each(['docker.io/kong/app', 'registry.example.com:5000/kong/app', 'app', 'docker.io/kong/*'])('%s', (name) => {
    for (const rest of ['', `@${DIGEST}`, ':1.2', `:1.2@${DIGEST}`, `:v1-a_b@${DIGEST}`])
      expect(imageName(`${name}${rest}`)).toBe(name);
  });

  it.each([
    ['repositories: [kong/kubernetes-ingress-controller]', `kong/app:1.2@${DIGEST}`, 'write kong/app'],
    ['repositories: [kong/kubernetes-ingress-controller]', `docker.io/kong/app:1.2@${DIGEST}`, 'write kong/app'],
    ['registries: [docker.io]', `docker.io/kong/app:1.2@${DIGEST}`, 'write docker.io/kong/app'],
  ])('is told to who writes more, in place of %s', (place, reference, write) => {
    const key = place.startsWith('registries') ? `${place}\n    publicRepositories` : 'repositories';
    const text = stackText().replace(place, `${key}: ['${reference}']`);
    expect(() => parseStackFile(text, 'stack.yaml', '2000-01-01')).toThrow(new RegExp(`${write}$`, 'm'));
  });
});
