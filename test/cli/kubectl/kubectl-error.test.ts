import { kubectlError } from '../../../src/cli/kubectl/kubectl-error';

const log = 'E1122 21:55:11.745733 7625 memcache.go:381] "Unhandled Error" err="connection refused"\n';

describe('what kubectl complains about', () => {
  it.each([
    [
      'forbidden',
      'Error from server (Forbidden): daemonsets.apps "mirror" is forbidden: User "jane" cannot get resource "daemonsets" in API group "apps" in the namespace "images"',
      'you have no right to "get" daemonsets in the namespace images',
    ],
    [
      'forbidden',
      'Error from server (Forbidden): pods "mirror-x" is forbidden: User "jane" cannot create resource "pods/exec" in API group "" in the namespace "images"',
      'you have no right to "create" pods/exec in the namespace images',
    ],
    [
      'forbidden',
      'Error from server (Forbidden): clusterissuers.cert-manager.io "org" is forbidden: User "jane" cannot get resource "clusterissuers" in API group "cert-manager.io" at the cluster scope',
      'you have no right to "get" clusterissuers in the cluster',
    ],
    ['absent', 'Error from server (NotFound): daemonsets.apps "mirror" not found', ''],
    ['absent', 'error: the server doesn\'t have a resource type "certificates" in group "cert-manager.io"', ''],
    [
      'unreachable',
      `${log}The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?`,
      'no cluster',
    ],
    [
      'unreachable',
      `${log}Unable to connect to the server: dial tcp: lookup nowhere: no such host`,
      'no cluster answers',
    ],
    ['unreachable', '\ntimeout: no answer in time', 'no cluster answers'],
    ['configuration', 'Error in configuration: context was not found for specified context: nope', '--context'],
    ['configuration', 'error: context "nope" does not exist', '--context'],
    ['configuration', 'error: stat /nope: no such file or directory', '--kubeconfig'],
    ['login', 'error: You must be logged in to the server (Unauthorized)', 'log in again'],
    ['login', 'Unable to connect to the server: getting credentials: exec: executable aws not found', 'log in again'],
    ['other', 'error: something else', 'kubectl failed: error: something else'],
    ['other', '', 'kubectl failed: without a message'],
  ])('is %s: %s', (kind, stderr, message) => {
    const error = kubectlError(stderr);
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(message);
  });

  it('is not repeated where it may hold a Secret', () => {
    const stderr =
      'error: error executing template: object given to template engine was: map[data:map[tls.key:c2VjcmV0]]';
    expect(kubectlError(stderr, true).message).toBe('kubectl could not read a Secret');
  });
});
