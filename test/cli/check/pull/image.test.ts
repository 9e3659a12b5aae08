import { digestIn, fullReference, registryOf } from '../../../../src/cli/check/pull/image';

const digest = `sha256:${'a1'.repeat(32)}`;

describe('a reference of an image', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['team/app', 'docker.io/team/app:latest'],
    ['ghcr.io/team/app', 'ghcr.io/team/app:latest'],
    ['registry:5000/app:1', 'registry:5000/app:1'],
    ['localhost/app:1', 'localhost/app:1'],
    [`nginx@${digest}`, `docker.io/library/nginx@${digest}`],
    [`ghcr.io/team/app:1@${digest}`, `ghcr.io/team/app:1@${digest}`],
  ])('%s is %s on a node', (short, full) => {
    expect(fullReference(short)).toBe(full);
    expect(fullReference(full)).toBe(full);
  });

  it('has a digest or none', () => {
    expect(digestIn(`ghcr.io/team/app:1@${digest}`)).toBe(digest);
    expect(digestIn('ghcr.io/team/app:1')).toBeUndefined();
    expect(digestIn('ghcr.io/team/app@sha256:$(reboot)')).toBeUndefined();
  });

  it('names its registry', () => {
    expect(registryOf('registry:5000/team/app:1')).toBe('registry:5000');
  });
});
