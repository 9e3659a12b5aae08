import { ApiObject, type ApiObjectMetadata, App, Chart } from 'cdk8s';
import { BasicAuthSecret, k8s, Secret, ServiceAccount } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { BasicCredential, CertificateIssuer, MirrorSecret, PodsOf } from '../../src';

/** An issuer as `cdk8s import` writes it. */
class Issuer extends ApiObject {
  public static readonly GVK = { apiVersion: 'cert-manager.io/v1', kind: 'Issuer' };
  public constructor(scope: Construct, id: string, props: { metadata?: ApiObjectMetadata }, kind = Issuer.GVK.kind) {
    super(scope, id, { ...Issuer.GVK, ...props, kind });
  }
}

const chart = (namespace?: string) => new Chart(new App(), 'chart', { namespace });
const named = (name: string, namespace?: string) => ({ metadata: { name, namespace } });
const plain = (scope: Construct, kind: string, name: string, namespace?: string) =>
  new ApiObject(scope, `${kind}-${name}`, { apiVersion: 'v1', kind, ...named(name, namespace) });

describe('a Secret', () => {
  const here = chart('secured-mirror');
  const secrets = {
    'of cdk8s-plus': new Secret(here, 'secret', named('ours')),
    'of cdk8s-plus, in a class of its own': new BasicAuthSecret(chart(), 'basic', {
      ...named('ours', 'secured-mirror'),
      username: 'u',
      password: 'p',
    }),
    'as a plain object': plain(here, 'Secret', 'ours'),
    'of the API in cdk8s-plus': new k8s.KubeSecret(here, 'kube', named('ours')),
    'that cdk8s-plus imports': Secret.fromSecretName(here, 'imported', 'ours'),
    'by shape': { name: 'ours' },
  };

  it.each(Object.entries(secrets))('%s is named in all props that name one', (_kind, secret) => {
    expect(MirrorSecret.nameOf(secret)).toBe('ours');
    expect(BasicCredential.of(secret)).toEqual({ credential: { secret: 'ours' } });
    expect(CertificateIssuer.ofCaSecret(secret)).toEqual({ caSecret: 'ours' });
  });

  it('has the name that cdk8s-plus makes up', () => {
    const made = new Secret(here, 'made-up');
    expect(MirrorSecret.nameOf(made)).toBe(ApiObject.of(made).name);
  });

  it('is in the namespace of a mirror that has another', () => {
    expect(MirrorSecret.nameOf(plain(chart('images'), 'Secret', 'ours'), 'images')).toBe('ours');
  });

  it.each([
    [
      'somewhere else',
      plain(chart('default'), 'Secret', 'ours'),
      'Secret ours: it is in the namespace default, and it must be',
    ],
    [
      'nowhere in particular',
      plain(chart(), 'Secret', 'ours'),
      "Secret ours: it has no namespace, and it must be in the mirror's",
    ],
    ['something else', plain(here, 'ConfigMap', 'ours'), 'ConfigMap ours: expected a Secret'],
    ['without a name', { name: '' }, 'expected a Secret, an object with a name'],
  ])('%s is refused', (_what, secret, message) => {
    for (const make of [MirrorSecret.nameOf, BasicCredential.of, CertificateIssuer.ofCaSecret]) {
      expect(() => make(secret)).toThrow(message);
    }
  });

  it('that is a text by mistake is refused, and not shown', () => {
    const text = 'hunter2-hunter2' as unknown as Secret;
    expect(() => BasicCredential.of(text)).toThrow('expected a Secret, an object with a name');
    expect(() => BasicCredential.of(text)).not.toThrow(/hunter2/);
  });
});

describe('an object of whatever form', () => {
  const here = { namespace: 'secured-mirror' };
  const manifest = {
    ...{ apiVersion: 'v1', kind: 'Secret', name: 'ours', type: 'Opaque', immutable: true, data: {}, stringData: {} },
    metadata: {
      ...here,
      name: 'ours',
      labels: { a: 'b' },
      annotations: {},
      uid: 'u',
      generateName: 'o',
      finalizers: [],
    },
  };

  it('may have other properties', () => {
    expect(MirrorSecret.nameOf(manifest)).toBe('ours');
    const issuer = { ...manifest, kind: 'Issuer', spec: {}, status: {} };
    expect(CertificateIssuer.of(issuer)).toEqual({ ref: { name: 'ours', kind: 'Issuer' } });
    expect(PodsOf.serviceAccounts([{ ...manifest, kind: 'ServiceAccount' }])).toHaveLength(1);
  });

  it('is refused where one of them is near a known one', () => {
    const said = 'metadata.namespce: there is no such key here; did you mean namespace?';
    expect(() => MirrorSecret.nameOf({ name: 'ours', metadata: { namespce: 'a' } } as never)).toThrow(said);
    expect(() => MirrorSecret.nameOf({ nmae: 'ours' } as never)).toThrow('did you mean name?');
  });

  class Given {
    public readonly name = 'ours';
    public readonly apiVersion = 'v1';
    public constructor(
      public readonly kind: unknown,
      public readonly metadata: unknown,
    ) {}
  }

  it.each<[string, unknown, unknown, string]>([
    ['metadata', 'Secret', null, 'a Secret: these settings are wrong\nmetadata: got nothing; '],
    ['metadata', 'Secret', 'a', 'a Secret: these settings are wrong\nmetadata: got "a"; '],
    ['a namespace', 'Secret', { namespace: 7 }, 'a Secret: these settings are wrong\nmetadata.namespace: got 7; '],
    ['a kind', Symbol('Secret'), here, 'a Secret: these settings are wrong\nkind: got '],
    ['a kind', null, here, 'a Secret: these settings are wrong\nkind: got nothing; '],
  ])('is refused in words where it is of a class and has %s that is none: %#', (_, kind, metadata, said) => {
    const secret = new Given(kind, metadata) as never;
    expect(() => MirrorSecret.nameOf(secret)).toThrow(said);
    expect(MirrorSecret.nameOf(new Given(undefined, here) as never)).toBe('ours');
  });

  it.each([null, {}, 7, 'Not A Name', Symbol('a')])('is refused with a namespace that is none: %p', (namespace) => {
    for (const make of [MirrorSecret.nameOf, BasicCredential.of, CertificateIssuer.ofCaSecret]) {
      expect(() => make(manifest, namespace as never)).toThrow(
        /^a Secret: these settings are wrong\nmirrorNamespace: got /,
      );
    }
  });
});

describe('an issuer', () => {
  it('of the mirror’s namespace is named with its kind and group', () => {
    const ref = { name: 'ours', kind: 'Issuer', group: 'cert-manager.io' };
    expect(CertificateIssuer.of(new Issuer(chart('secured-mirror'), 'issuer', named('ours')))).toEqual({ ref });
    expect(CertificateIssuer.of(new Issuer(chart(), 'issuer', named('ours', 'images')), 'images')).toEqual({ ref });
    expect(CertificateIssuer.of({ name: 'ours', kind: 'Issuer' })).toEqual({ ref: { name: 'ours', kind: 'Issuer' } });
  });

  it.each(['ClusterIssuer', 'AWSPCAClusterIssuer'])('of the whole cluster may be in any chart: %s', (kind) => {
    const issuer = new Issuer(chart('platform'), 'issuer', named('ours'), kind);
    expect(CertificateIssuer.of(issuer)).toEqual({ ref: { name: 'ours', kind, group: 'cert-manager.io' } });
  });

  it('of another namespace is refused', () => {
    const issuer = new Issuer(chart('platform'), 'issuer', named('ours'));
    expect(() => CertificateIssuer.of(issuer)).toThrow(
      'Issuer ours: it is in the namespace platform, and it must be in',
    );
    const nowhere = new Issuer(chart(), 'issuer', named('ours'));
    expect(() => CertificateIssuer.of(nowhere)).toThrow('Issuer ours: it has no namespace');
  });

  it('that is made elsewhere is known by its name', () => {
    expect(CertificateIssuer.fromName('org')).toEqual({ ref: { name: 'org' } });
    expect(CertificateIssuer.fromName('org', 'ClusterIssuer')).toEqual({ ref: { name: 'org', kind: 'ClusterIssuer' } });
    const group = 'awspca.cert-manager.io';
    const ref = { name: 'org', kind: 'AWSPCAIssuer', group };
    expect(CertificateIssuer.fromName('org', 'AWSPCAIssuer', group)).toEqual({ ref });
    expect(CertificateIssuer.fromCaSecretName('ca')).toEqual({ caSecret: 'ca' });
  });
});

describe('pods of ServiceAccounts', () => {
  it('are bindings, one for each namespace', () => {
    const accounts = [
      new ServiceAccount(chart('kong'), 'a', named('controller')),
      plain(chart(), 'ServiceAccount', 'default', 'nightly'),
      new k8s.KubeServiceAccount(chart(), 'b', named('gateway', 'kong')),
      { name: 'controller', metadata: { namespace: 'kong' } },
    ];
    expect(PodsOf.serviceAccounts(accounts)).toEqual([
      { namespace: 'kong', serviceAccounts: ['controller', 'gateway'] },
      { namespace: 'nightly', serviceAccounts: ['default'] },
    ]);
  });

  it('are none of no account', () => {
    expect(PodsOf.serviceAccounts([])).toEqual([]);
  });

  it('get the token as is said', () => {
    const account = plain(chart('kong'), 'ServiceAccount', 'controller');
    const binding = { namespace: 'kong', serviceAccounts: ['controller'] };
    const options = { apply: false, inject: true };
    expect(PodsOf.serviceAccounts([account], options)).toEqual([{ ...binding, ...options }]);
    expect(PodsOf.fromNames('kong', ['controller'], { apply: false })).toEqual([{ ...binding, apply: false }]);
    expect(PodsOf.fromNames('kong', ['controller'])).toEqual([binding]);
  });

  it.each([
    [
      'without a namespace',
      plain(chart(), 'ServiceAccount', 'controller'),
      'its namespace is not known: set metadata.namespace',
    ],
    [
      'imported by its name',
      ServiceAccount.fromServiceAccountName(chart('kong'), 'imported', 'controller'),
      'its namespace is not known: set metadata.namespace, or use PodsOf.fromNames',
    ],
    ['that are none', plain(chart('kong'), 'Role', 'controller'), 'Role controller: expected a ServiceAccount'],
  ])('%s are refused', (_what, account, message) => {
    expect(() => PodsOf.serviceAccounts([account])).toThrow(message);
  });
});
