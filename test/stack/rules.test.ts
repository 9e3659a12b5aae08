import { Authentication } from '../../src/mirror/props/authentication-props';
import { Entry } from '../../src/mirror/props/entry-props';
import { formatProblem } from '../../src/settings/rule-problem';
import { checkSecuredStack } from '../../src/stack/check-secured-stack';
import type { SecuredStackProps } from '../../src/stack/secured-stack-props';

const right: SecuredStackProps = {
  name: 'one',
  registries: ['docker.io'],
  authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
};

const issuer = { caSecret: 'mirror-ca' };
const credential = { secret: 'mirror-credential' };
const scrapers = { from: [{ namespace: 'monitoring' }], credentialSecret: 'mirror-metrics-credential' };

function problemsOf(props: object): string[] {
  return checkSecuredStack({ ...right, ...props }).map(formatProblem);
}

describe('checkSecuredStack', () => {
  it.each<[string, object]>([
    ['what is needed', {}],
    ['settings that are undefined', { entry: undefined, limits: { requests: undefined }, nodeSelector: undefined }],
    ['an entry without a port', { entry: Entry.loopback() }],
    ['an entry with an address', { entry: Entry.clusterIp('10.96.0.30', 30021) }],
    ['mutual TLS', { authentication: Authentication.mutualTls({ issuer }) }],
    ['basic', { authentication: Authentication.basic({ credential }) }],
    [
      'both, presenting basic',
      { authentication: Authentication.both({ mutualTls: { issuer }, basic: { credential }, present: 'basic' }) },
    ],
    [
      'both, presenting mutual TLS',
      { authentication: Authentication.both({ mutualTls: { issuer }, basic: { credential }, present: 'mutualTls' }) },
    ],
    ['a permissive', { authentication: Authentication.permissive({ issuer }) }],
    ['the only way as the one that is presented', { authentication: { basic: { credential }, present: 'basic' } }],
    ['a way that is undefined', { authentication: { mutualTls: { issuer }, basic: undefined, present: undefined } }],
    ['metrics of basic', { authentication: { basic: { credential } }, metrics: scrapers }],
    ['empty settings', { containerd: {}, images: {}, limits: {}, network: {}, nodeSelector: {}, tolerations: [] }],
  ])('finds nothing wrong with %s', (_, props) => {
    expect(problemsOf(props)).toEqual([]);
  });

  it('fails with paths from the cluster on', () => {
    expect(checkSecuredStack({ ...right, entry: Entry.loopback(10250) })).toEqual([
      {
        path: ['entry', 'loopback', 'port'],
        value: '10250',
        message: 'on nodes this port belongs to the kubelet: choose another, or leave it out for 30020',
      },
    ]);
  });

  it('fails with every mistake at once', () => {
    const problems = problemsOf({
      name: 'One',
      namespace: 'default',
      entry: Entry.clusterIp('::1', 0),
      limits: { requests: 1.5 },
    });
    expect(problems).toEqual([
      'name: got "One"; expected a DNS label: at most 63 lower-case letters, digits and \'-\', with a letter or digit at both ends',
      'entry.clusterIp.address: got "::1"; expected an IPv4 address, such as 10.96.0.30',
      'entry.clusterIp.port: got 0; expected a whole number from 1 to 65535',
      'limits.requests: got 1.5; expected a whole number from 16 to 100000',
      'namespace: got "default"; all traffic of the mirror\'s namespace is denied by default, so it must be its own, such as secured-mirror',
    ]);
  });

  it('fails with a secret that was pasted, without showing it', () => {
    expect(problemsOf({ imagePullSecrets: ['dckr_pat_abcdefgh'] })).toEqual([
      'imagePullSecrets[0]: got (hidden); this looks like an access token of Docker: a secret is named here, never pasted; if this was committed or shared, take the value for leaked and replace it',
    ]);
  });

  it.each<[string, object]>([
    ['a password for a credential', { authentication: { basic: { credential: 'abcdefgh' } } }],
    ['a password for basic', { authentication: { basic: 'abcdefgh' } }],
    ['a password for the name of a Secret', { authentication: { basic: { credential: { secret: 'ABCDEFGH' } } } }],
    [
      'a password for an external Secret',
      { authentication: { basic: { credential: { externalSecret: 'abcdefgh' } } } },
    ],
    [
      'a password for the Secret of scrapers',
      {
        authentication: { basic: { credential } },
        metrics: { from: [{ namespace: 'monitoring' }], credentialSecret: 'abcd_efgh' },
      },
    ],
  ])('fails with %s once, without showing it', (_, props) => {
    expect(problemsOf(props)).toEqual([expect.stringMatching(/: got \(hidden\); .*never pasted/)]);
    expect(problemsOf(props).join()).not.toMatch(/abcd|ABCD/);
  });

  it.each<[string, object]>([
    ['a broken limit beside one that depends on it', { limits: { connections: 0, connectionsPerSource: 20_000 } }],
    ['a broken issuer', { authentication: { mutualTls: { issuer: { caSecret: 'My CA' } } } }],
    ['a broken way beside none', { authentication: { basic: 5 } }],
    [
      'a broken word for what is presented',
      { authentication: { mutualTls: { issuer }, basic: { credential }, present: 'tls' } },
    ],
    [
      'a broken duration beside a renewal',
      { authentication: { mutualTls: { issuer, certificates: { duration: '1d', renewBefore: '800h' } } } },
    ],
    ['a broken name beside that of another', { authentication: { mutualTls: { secrets: { peer: 'A', node: 'a' } } } }],
    [
      'a credential of scrapers where there is none',
      { metrics: { from: [{ namespace: 'monitoring' }], credentialSecret: 'mirror-credential' } },
    ],
    ['no way with everything beside it', { authentication: { present: 'basic', permissive: true }, metrics: scrapers }],
    [
      'a broken group beside a kind of its own',
      { authentication: { mutualTls: { issuer: { ref: { name: 'a', kind: 'VaultIssuer', group: 'A' } } } } },
    ],
    ['a broken entry', { entry: { loopback: 30020 } }],
    ['a broken operator', { tolerations: [{ operator: 'exists' }] }],
    [
      'a broken registry beside a repository of it',
      { registries: ['QUAY.io'], publicRepositories: ['quay.io/acme/app'] },
    ],
  ])('says one thing of %s', (_, props) => {
    expect(problemsOf(props)).toHaveLength(1);
  });
});
