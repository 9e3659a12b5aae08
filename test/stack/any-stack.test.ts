import fc from 'fast-check';
import type { AuthenticationProps } from '../../src/mirror/props/authentication-props';
import { envoyFile, kind, listenersOf, type Manifest, objectsOf, podOf } from '../support';
import { stackFile } from './arbitraries';

const NAME = /^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/;

describe('any valid stack', () => {
  it('becomes objects with unique names that are DNS names, and opens no listener to strangers', () => {
    fc.assert(
      fc.property(stackFile(), ({ clusters }) => {
        for (const cluster of clusters) {
          const objects = objectsOf(cluster);
          const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`);
          expect(new Set(names).size).toBe(names.length);
          for (const { metadata } of objects) {
            expect(metadata.name).toMatch(NAME);
          }
          for (const { spec } of kind(objects, 'Service')) {
            expect(spec.type ?? 'ClusterIP').toBe('ClusterIP');
          }
          for (const { ports = [] } of podOf(objects).containers) {
            for (const { hostPort, hostIP } of ports) {
              // The permissive serves whom plain Spegel served: those who reach the node's port.
              const wanted = hostPort === undefined || cluster.authentication.permissive ? undefined : '127.0.0.1';
              expect(hostIP).toBe(wanted);
            }
          }
          if (cluster.authentication.basic) expect(kind(objects, 'NetworkPolicy').length).toBeGreaterThan(0);
          expect(Object.keys(envoyFile(objects, 'envoy.json').admin.address)).toEqual(['pipe']);
          for (const { name, address, filter_chains } of Object.values(listenersOf(objects))) {
            const reached = address.socket_address.address !== '127.0.0.1' && name !== 'health';
            const expected = reached ? guardsAt(name, cluster.authentication) : ['nothing'];
            expect(filter_chains.map(guardOf)).toEqual(expected);
          }
        }
      }),
      { numRuns: 20 },
    );
  });
});

/** What guards each filter chain of a listener. The router carries no requests: with basic, policies alone guard it. */
function guardsAt(listener: string, { mutualTls, basic, permissive }: AuthenticationProps): string[] {
  return [
    ...(mutualTls ? ['certificate'] : []),
    ...(basic ? [listener === 'router' ? 'nothing' : 'credential'] : []),
    ...(permissive && ['entry', 'peers'].includes(listener) ? ['nothing'] : []),
  ];
}

function guardOf({ transport_socket, filters }: Manifest): string {
  if (transport_socket?.typed_config.require_client_certificate) return 'certificate';
  const passed = filters.flatMap(({ typed_config }: Manifest) => typed_config.http_filters ?? []);
  return passed.some(({ config_discovery }: Manifest) => config_discovery) ? 'credential' : 'nothing';
}
