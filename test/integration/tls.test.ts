import { statSync } from 'node:fs';
import { ports } from '../../src/mirror/contract/ports';
import { listeningPorts } from './harness/listening';
import { Mirror } from './harness/mirror';
import { ask, connectTls, send } from './harness/request';

const listeners = ['entry', 'peers', 'router', 'metrics'] as const;

let mirror: Mirror;

beforeAll(async () => {
  mirror = await Mirror.start();
});

afterAll(() => mirror.stop());

describe.each(listeners)('%s', (name) => {
  it('refuses TLS 1.2', async () => {
    await expect(connectTls(mirror.listener(name), { maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version/);
  });

  it.each([
    [['h2', 'http/1.1'], 'http/1.1'],
    [['h2'], false],
  ])('offered %p, speaks %p', async (ALPNProtocols, spoken) => {
    const socket = await connectTls(mirror.listener(name), { ALPNProtocols });
    expect(socket.alpnProtocol).toBe(spoken);
    socket.destroy();
  });

  it('gives no session to resume', async () => {
    const socket = await connectTls(mirror.listener(name));
    const sessions: Buffer[] = [];
    socket.on('session', (session) => sessions.push(session));
    socket.write('GET / HTTP/1.1\r\nHost: mirror\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));

    expect(sessions).toEqual([]);
    socket.destroy();
  });
});

it('the entry shows the address that containerd dials', async () => {
  await expect(send({ ...mirror.listener('entry'), server: undefined }, 'x\r\n\r\n')).resolves.toMatch(/^HTTP/);
});

it('the metrics show the name of a Service', async () => {
  const { port, client } = mirror.listener('metrics');
  const servername = 'entry.secured-mirror.svc';
  expect(await ask({ port, client: { ...client, servername } }, '/metrics')).toMatchObject({ status: 200 });
});

it('listens on the ports of the pod, and on no other', () => {
  const expected = [ports.listeners, ports.egress, ports.agent]
    .flatMap(Object.values<number>)
    .map((port) => mirror.port(port));
  expect(listeningPorts(mirror.envoy.pid).sort()).toEqual(expected.sort());
});

it('has its administration on a socket in the file system, for its own user only', async () => {
  expect(statSync(mirror.envoy.adminPath).mode & 0o777).toBe(0o600);
  expect(await mirror.envoy.admin('/ready')).toBe('LIVE\n');
});

describe('of what Envoy says that it runs', () => {
  interface Chain {
    readonly transport_socket?: { readonly typed_config: { readonly [field: string]: unknown } };
    readonly filters: { readonly typed_config: { readonly [field: string]: unknown } }[];
  }
  interface RunningListener {
    readonly name: string;
    readonly address: { readonly socket_address: { readonly address: string } };
    readonly filter_chains: Chain[];
    readonly default_filter_chain?: Chain;
  }
  let running: RunningListener[];

  beforeAll(async () => {
    const dump = JSON.parse(await mirror.envoy.admin('/config_dump?resource=dynamic_listeners'));
    running = dump.configs.map(
      (config: { active_state: { listener: RunningListener } }) => config.active_state.listener,
    );
  });

  it('every listener but health and those on loopback demands a certificate', () => {
    const asking = running.filter(({ name }) => name !== 'health' && !/^(egress|agent)-/.test(name));

    expect(asking.map(({ name }) => name)).toEqual(expect.arrayContaining([...listeners]));
    for (const listener of asking) {
      expect(listener).not.toHaveProperty('default_filter_chain');
      expect(listener.filter_chains).not.toEqual([]);
      for (const { transport_socket } of listener.filter_chains) {
        expect(transport_socket?.typed_config).toMatchObject({
          '@type': expect.stringMatching(/DownstreamTlsContext$/),
          require_client_certificate: true,
          common_tls_context: {
            tls_params: { tls_minimum_protocol_version: 'TLSv1_3' },
            validation_context_sds_secret_config: { name: expect.stringMatching(/^only-/) },
          },
        });
      }
    }
  });

  it('egress is on loopback', () => {
    const egress = running.filter(({ name }) => name.startsWith('egress-'));
    expect(egress.map(({ address }) => address.socket_address.address)).toEqual(['127.0.0.1', '127.0.0.1']);
  });

  it('every connection ends', () => {
    for (const { name, filter_chains } of running) {
      const most = name === 'health' ? '2s' : '600s';
      const [filter] = filter_chains.flatMap(({ filters }) => filters.map(({ typed_config }) => typed_config));
      expect([filter?.max_downstream_connection_duration, filter?.common_http_protocol_options]).toContainEqual(
        filter?.common_http_protocol_options ? expect.objectContaining({ max_connection_duration: most }) : most,
      );
    }
  });
});
