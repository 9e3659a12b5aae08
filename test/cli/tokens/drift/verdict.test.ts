import type { Manifest } from '../../../support';
import { asDeclared, NIGHTLY, NIGHTLY_PUSH, RELEASE, RELEASE_PUSH } from '../use/cluster';
import { drift, findingsOf } from '../use/facts';
import { ownedBy, PLANTED_USER, pod, podOf, pullSecret, pulls, secret, serviceAccount, workload } from '../use/objects';
import { hubKeys, stackText } from '../use/stack';

const REPOSITORY = 'kong/kubernetes-ingress-controller';
const ACCOUNT = 'ServiceAccount kong/controller';

/** The declared cluster with objects put in place of those with the same name, or beside them. */
function having(...changed: Manifest[]): Manifest[] {
  const key = ({ kind, metadata }: Manifest) => `${kind} ${metadata.namespace}/${metadata.name}`;
  return [...asDeclared().filter((object) => !changed.some((other) => key(other) === key(object))), ...changed];
}

/** The declared cluster without an object. */
function lacking(kind: string, name: string): Manifest[] {
  return asDeclared().filter((object) => object.kind !== kind || object.metadata.name !== name);
}

const release = (keys: { [key: string]: string }) => having(pullSecret('kong', RELEASE, keys));
const shared = (namespace: string) => pullSecret(namespace, 'shared-account', { 'docker.io': 'teamaccount' });

/** The same as kubectl leaves it that applied it without the server's help. */
function appliedByKubectl(object: Manifest): Manifest {
  const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

describe('what differs', () => {
  it('is mended by a patch where others make the ServiceAccount', () => {
    const binding = '[{namespace: kong, serviceAccounts: [controller], apply: false}]';
    const stack = stackText().replace('[{namespace: kong, serviceAccounts: [controller]}]', binding);
    const objects = having(appliedByKubectl(serviceAccount('kong', 'controller', RELEASE)));
    expect(findingsOf(objects, stack).map(({ code, fix }) => [code, fix])).toEqual([
      [
        'not-listed',
        "kubectl --namespace kong patch serviceaccount/controller --type=json -p '" +
          `[{"op":"test","path":"/imagePullSecrets","value":[{"name":"${RELEASE}"}]},` +
          `{"op":"add","path":"/imagePullSecrets","value":[{"name":"${RELEASE}"},{"name":"${NIGHTLY}"}]}]'`,
      ],
    ]);
  });

  it('is not mended by an apply that would spoil the ServiceAccount', () => {
    const objects = having(appliedByKubectl(serviceAccount('kong', 'controller', RELEASE)));
    const fix = 'say apply: false at its bindTo; then drift prints how to set its list';
    expect(findingsOf(objects).map(({ code, fix }) => [code, fix])).toEqual([
      ['not-listed', fix],
      ['last-applied', fix],
    ]);
  });

  it('is nothing in a cluster that is as declared', () => {
    expect(drift(asDeclared())).toEqual([]);
  });

  it.each<[string, Manifest[], string[]]>([
    ['a Secret is missing', lacking('Secret', RELEASE), [`problem secret-missing: Secret kong/${RELEASE}`]],
    [
      'a Secret is of another type',
      having(secret('kong', RELEASE, 'Opaque', { token: 'x' })),
      [`problem secret-type: Secret kong/${RELEASE}`],
    ],
    [
      'a Secret is malformed',
      having(secret('kong', RELEASE, 'kubernetes.io/dockerconfigjson', { '.dockerconfigjson': '{"auths": 1}' })),
      [`problem secret-malformed: Secret kong/${RELEASE}`],
    ],
    [
      'a Secret leaves its credential to a program of another machine',
      having(
        secret('kong', RELEASE, 'kubernetes.io/dockerconfigjson', {
          '.dockerconfigjson': '{"auths": {"https://index.docker.io/v1/": {}}, "credsStore": "desktop"}',
        }),
      ),
      [`problem no-credential: Secret kong/${RELEASE}`],
    ],
    ['its user is somebody else', release(hubKeys(PLANTED_USER, REPOSITORY)), [`problem user: Secret kong/${RELEASE}`]],
    ['its key is the host', release({ 'docker.io': 'kong' }), [`problem host-key: Secret kong/${RELEASE}`]],
    [
      'its key is what kubectl makes by itself',
      release({ 'https://index.docker.io/v1/': 'kong' }),
      [`problem host-key: Secret kong/${RELEASE}`],
    ],
    ['its key is of another', release(hubKeys('kong', 'kong/other')), [`problem key-missing: Secret kong/${RELEASE}`]],
    [
      'its key is one that nodes never compare with',
      release({ [`index.docker.io/${REPOSITORY}`]: 'kong' }),
      [`problem key-missing: Secret kong/${RELEASE}`],
    ],
    [
      'its key is the organisation',
      release({ 'docker.io/kong': 'kong' }),
      [`warning wide-key: Secret kong/${RELEASE}`],
    ],
    [
      'a spelling is missing',
      release({ [`docker.io/${REPOSITORY}`]: 'kong' }),
      [`warning spelling: Secret kong/${RELEASE}`],
    ],
    ['a ServiceAccount is missing', lacking('ServiceAccount', 'controller'), [`problem account-missing: ${ACCOUNT}`]],
    [
      'a ServiceAccount lists one of two',
      having(serviceAccount('kong', 'controller', RELEASE)),
      [`problem not-listed: ${ACCOUNT}`],
    ],
    [
      'kubectl applied a ServiceAccount by itself',
      having(appliedByKubectl(serviceAccount('kong', 'controller', RELEASE, NIGHTLY))),
      [`warning last-applied: ${ACCOUNT}`],
    ],
    [
      'nothing names a Secret',
      [...asDeclared().filter(({ kind }) => kind === 'Secret'), serviceAccount('kong', 'controller', RELEASE)],
      [`problem not-listed: ${ACCOUNT}`, `warning unused: Secret kong/${NIGHTLY}`],
    ],
    [
      'a Secret is in another namespace too',
      having(pullSecret('other', RELEASE, hubKeys('kong', REPOSITORY))),
      [`problem spread: Secret other/${RELEASE}`],
    ],
    [
      'a Secret of any type has its name elsewhere',
      having(secret('other', RELEASE_PUSH, 'Opaque', { token: 'x' })),
      [`problem push-spread: Secret other/${RELEASE_PUSH}`],
    ],
    [
      'the token of CI alone is in the cluster',
      having(secret('build', NIGHTLY_PUSH, 'Opaque', { token: 'x' })),
      [`problem push-spread: Secret build/${NIGHTLY_PUSH}`],
    ],
    [
      'a Secret has the organisation as its user',
      having(pullSecret('other', 'mine', { 'https://registry-1.docker.io/v2/': 'Kong' })),
      ['problem undeclared-secret: Secret other/mine'],
    ],
    [
      "a Secret has a key for the organisation's repositories",
      having(pullSecret('other', 'mine', { 'docker.io/kong/secret': PLANTED_USER })),
      ['problem undeclared-secret: Secret other/mine'],
    ],
    [
      'a Secret is of another registry, user or organisation',
      having(
        pullSecret('other', 'a', { 'quay.io/kong/x': 'kong' }),
        pullSecret('other', 'b', { 'docker.io/kongregate/x': 'somebody' }),
        pullSecret('other', 'c', { 'docker.io': 'somebody' }),
      ),
      [],
    ],
    [
      'another ServiceAccount of the namespace lists it',
      having(serviceAccount('kong', 'default', RELEASE)),
      ['problem undeclared-use: ServiceAccount kong/default'],
    ],
    [
      'a ServiceAccount names it where it is not',
      having(serviceAccount('build', 'builder', RELEASE)),
      ['warning dangling: ServiceAccount build/builder'],
    ],
    [
      'pods of another ServiceAccount name it, each workload once',
      having(
        workload('Deployment', 'kong', 'web', pulls(RELEASE)),
        podOf('web', 'kong', 'a', pulls(RELEASE)),
        podOf('stray', 'kong', 'a', pulls(RELEASE)),
        podOf('stray', 'kong', 'b', pulls(RELEASE)),
        pod('kong', 'alone', pulls(RELEASE)),
      ),
      [
        'problem undeclared-use: 2 pods of ReplicaSet kong/stray-5d4f',
        'problem undeclared-use: Deployment kong/web',
        'problem undeclared-use: Pod kong/alone',
      ],
    ],
    [
      'a token that pushes is an imagePullSecret',
      having(serviceAccount('build', 'builder', RELEASE_PUSH)),
      ['problem push-pulls: ServiceAccount build/builder'],
    ],
    [
      'others read the token that pushes',
      having(
        workload('CronJob', 'build', 'other', {
          containers: [{ name: 'c', env: [{ valueFrom: { secretKeyRef: { name: RELEASE_PUSH } } }] }],
        }),
      ),
      ['problem push-read: CronJob build/other'],
    ],
    [
      'containers read a token that pulls',
      having(pod('kong', 'reader', { volumes: [{ name: 'v', secret: { secretName: RELEASE } }] })),
      ['warning mounted: Pod kong/reader'],
    ],
    [
      'the shared account is beside a token',
      having(shared('kong'), serviceAccount('kong', 'controller', 'shared-account', RELEASE, NIGHTLY)),
      [
        'warning shared-account: Secret kong/shared-account',
        `warning takes-away: ${ACCOUNT}`,
        `warning masks: ${ACCOUNT}`,
      ],
    ],
    [
      'a key of the organisation is beside a token',
      having(
        pullSecret('kong', 'wide', { 'docker.io/kong': 'somebody' }),
        serviceAccount('kong', 'controller', RELEASE, NIGHTLY, 'wide'),
      ),
      ['problem undeclared-secret: Secret kong/wide', `warning takes-away: ${ACCOUNT}`, `warning masks: ${ACCOUNT}`],
    ],
    [
      'a key of the host is in the same Secret',
      release({ ...hubKeys('kong', REPOSITORY), 'docker.io': 'kong' }),
      [`warning masks: ${ACCOUNT}`],
    ],
    [
      'the last resort of Docker Hub is beside a token',
      having(
        pullSecret('kong', 'other', { 'https://index.docker.io/v1/': 'somebody' }),
        serviceAccount('kong', 'controller', RELEASE, NIGHTLY, 'other'),
      ),
      [`warning takes-away: ${ACCOUNT}`, `warning masks: ${ACCOUNT}`],
    ],
    [
      'a Secret elsewhere is malformed',
      having(secret('other', 'broken', 'kubernetes.io/dockercfg', { '.dockercfg': 'no' })),
      ['warning unreadable: Secret other/broken'],
    ],
  ])('%s', (_, objects, expected) => {
    expect(drift(objects)).toEqual(expected);
  });

  it('is a Secret that the workload of a Job of a CronJob uses, told of the CronJob', () => {
    const objects = having(
      workload('CronJob', 'kong', 'nightly', pulls(RELEASE)),
      workload('Job', 'kong', 'nightly-1', pulls(RELEASE), ownedBy('CronJob', 'nightly')),
      pod('kong', 'nightly-1-x', pulls(RELEASE), ownedBy('Job', 'nightly-1')),
    );
    expect(drift(objects)).toEqual(['problem undeclared-use: CronJob kong/nightly']);
  });

  it('is the shared account from the day after its last, declared or not', () => {
    const usedBy = `          usedBy:
            serviceAccounts: [{namespace: kong, names: [default]}]
`;
    const objects = having(shared('kong'), serviceAccount('kong', 'default', 'shared-account'));
    expect(drift(objects, stackText({ usedBy }), '2025-06-15')).toEqual([]);
    const late = ['problem shared-account: Secret kong/shared-account'];
    expect(drift(objects, stackText({ usedBy }), '2025-06-16')).toEqual(late);
    expect(drift(objects, stackText(), '2025-06-15')).toEqual(['warning shared-account: Secret kong/shared-account']);
  });

  it('is told with the worst first', () => {
    const objects = having(
      serviceAccount('kong', 'controller', RELEASE_PUSH, RELEASE),
      pullSecret('other', NIGHTLY, hubKeys('kong', 'kong/nightly-ingress-controller')),
      pod('kong', 'reader', { volumes: [{ name: 'v', secret: { secretName: NIGHTLY } }] }),
    );
    expect(drift(objects).map((text) => text.split(':')[0])).toEqual([
      'problem push-pulls',
      'problem spread',
      'problem not-listed',
      'warning takes-away',
      'warning mounted',
    ]);
  });
});
