import { Authentication, type AuthenticationProps } from '../../../src/mirror/props/authentication-props';
import { SecuredStack } from '../../../src/stack/secured-stack';
import { chartOf, envoyFile, kind, listenersOf, type Manifest, minimal, objectsOf } from '../../support';

const mutualTls = { issuer: { caSecret: 'mirror-ca' } };
const basic = { credential: { secret: 'mirror-credential' } };
const metrics = { from: [{ namespace: 'monitoring' }], credentialSecret: 'mirror-metrics-credential' };

/** The move from basic to mutual TLS; the same steps lead back. */
const steps: [string, AuthenticationProps][] = [
  ['basic', Authentication.basic(basic)],
  ['both, with basic upstream', Authentication.both({ mutualTls, basic, present: 'basic' })],
  ['both, with mutual TLS upstream', Authentication.both({ mutualTls, basic, present: 'mutualTls' })],
  ['mutual TLS', Authentication.mutualTls(mutualTls)],
];

const stackOf = (authentication: AuthenticationProps) => objectsOf({ ...minimal, authentication });
const settingsOf = (objects: Manifest[]) =>
  kind(objects, 'ConfigMap').find(({ metadata }) => metadata.name === 'mirror-node-agent').data.settings;
const filtersOf = (chain: Manifest) => chain.filters[0].typed_config.http_filters ?? [];

const upstreamFiltersOf = ({ typed_extension_protocol_options = {} }: Manifest): string[] =>
  Object.values<Manifest>(typed_extension_protocol_options)
    .flatMap(({ http_filters = [] }) => http_filters)
    .map(({ name }) => name);

describe.each(steps)('%s', (_, authentication) => {
  const objects = stackOf(authentication);

  it('gives the node agent these settings', () => {
    expect(settingsOf(objects)).toMatchSnapshot();
  });

  it('has these filter chains and this upstream authentication', () => {
    const listeners = listenersOf(objects);
    const chains = ['entry', 'peers', 'router', 'metrics'].map((listener) => [
      listener,
      listeners[listener].filter_chains.map((chain: Manifest) => [
        chain.name,
        chain.filter_chain_match.transport_protocol,
        ...filtersOf(chain).map(({ name }: Manifest) => name),
      ]),
    ]);
    const upstream = [
      ...filtersOf(listeners['egress-registry'].filter_chains[0]).map(({ name }: Manifest) => name),
      ...envoyFile(objects, 'clusters.json').resources.flatMap((cluster: Manifest) => [
        ...(cluster.transport_socket ? [`${cluster.name} by TLS`] : []),
        ...upstreamFiltersOf(cluster).map((filter) => `${cluster.name} through ${filter}`),
      ]),
    ];
    expect({ listeners: Object.fromEntries(chains), upstream }).toMatchSnapshot();
  });
});

describe('a move between the methods', () => {
  it('replaces no pod: all steps have the same', () => {
    const templates = steps.map(([, authentication]) => kind(stackOf(authentication), 'DaemonSet')[0].spec.template);
    for (const template of templates) {
      expect(template).toEqual(templates[0]);
    }
  });

  it('changes what runs by ConfigMaps and certificates alone', () => {
    const others = (authentication: AuthenticationProps) =>
      stackOf(authentication).filter((object) => !['ConfigMap', 'Certificate', 'Issuer'].includes(object.kind));
    for (const [, authentication] of steps) {
      expect(others(authentication)).toEqual(others(Authentication.basic(basic)));
    }
  });

  it('leaves each listener in place but for its chains, which live on until their connections end', () => {
    const frames = steps.map(([, authentication]) => {
      const { entry, peers, router } = listenersOf(stackOf(authentication));
      return [entry, peers, router].map(({ filter_chains, ...frame }: Manifest) => frame);
    });
    for (const frame of frames) {
      expect(frame).toEqual(frames[0]);
    }
  });
});

describe('the basic credential', () => {
  it('is named, and nothing in any object could hold it', () => {
    const objects = objectsOf({ ...minimal, authentication: Authentication.basic(basic), metrics });
    expect(kind(objects, 'Secret')).toEqual([]);
    const holding = objects
      .filter(({ metadata }) => metadata.name !== 'mirror-node-agent') // scripts, which contain these words
      .filter((object) => /[{]SHA[}]|Basic [A-Za-z0-9+/]/.test(JSON.stringify(object)))
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(holding).toEqual([]);
  });

  it('comes from an external store by this object', () => {
    const externalSecret = { store: 'vault', key: 'teams/platform/mirror' };
    const objects = stackOf(Authentication.basic({ credential: { externalSecret } }));
    expect(kind(objects, 'ExternalSecret')).toMatchSnapshot();
  });

  it('gives no access to metrics, which have one of their own', () => {
    const objects = objectsOf({ ...minimal, authentication: Authentication.basic(basic), metrics });
    const [chain] = listenersOf(objects).metrics.filter_chains;
    expect(JSON.stringify(chain)).toContain('/run/secured-mirror-proxy/metrics-users.json');
    expect(JSON.stringify(chain)).not.toContain('/run/secured-mirror-proxy/users.json');
  });

  it('keeps tags at the origin, also of public repositories', () => {
    const publicRepositories = ['docker.io/library/*'];
    for (const [name, authentication] of steps) {
      const settings = settingsOf(objectsOf({ ...minimal, authentication, publicRepositories }));
      expect(settings).toMatch(name === 'mutual TLS' ? /^resolve=docker[.]io$/m : /^resolve=$/m);
    }
  });
});

describe('permissive', () => {
  const objects = stackOf(Authentication.permissive(mutualTls));

  it('serves and notes requests without a credential, at the entry and the listener for peers only', () => {
    const listeners = listenersOf(objects);
    for (const listener of ['entry', 'peers', 'router', 'metrics']) {
      const open = listeners[listener].filter_chains.find((chain: Manifest) => chain.name === 'permissive');
      const log = open?.filters[0].typed_config.access_log[0].typed_config;
      expect(log?.log_format.text_format_source.inline_string).toBe(
        ['entry', 'peers'].includes(listener)
          ? `${listener} %DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%\n`
          : undefined,
      );
    }
  });

  it('ends with its setting', () => {
    expect(JSON.stringify(stackOf(Authentication.mutualTls(mutualTls)))).not.toMatch(
      /permissive"|secured-mirror-permissive/,
    );
  });
});

it('a stack without any method is refused', () => {
  const chart = chartOf(minimal);
  expect(() => new SecuredStack(chart, 'none', { ...minimal, authentication: {} })).toThrow(/mutualTls/);
});
