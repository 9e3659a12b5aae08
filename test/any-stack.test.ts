import fc from 'fast-check';
import { stackFile } from './config/arbitraries';
import { envoyFile, kind, listenersOf, objectsOf, podOf } from './support';

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

describe('any valid stack', () => {
  it('becomes objects with unique names that are DNS labels, and opens no door to strangers', () => {
    fc.assert(
      fc.property(stackFile(), ({ clusters }) => {
        for (const cluster of clusters) {
          const objects = objectsOf(cluster);
          const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`);
          expect(new Set(names).size).toBe(names.length);
          for (const { metadata } of objects) {
            expect(metadata.name).toMatch(LABEL);
          }
          for (const { spec } of kind(objects, 'Service')) {
            expect(spec.type ?? 'ClusterIP').toBe('ClusterIP');
          }
          for (const { ports = [] } of podOf(objects).containers) {
            for (const { hostPort, hostIP } of ports) {
              expect(hostPort === undefined || hostIP === '127.0.0.1').toBe(true);
            }
          }
          expect(Object.keys(envoyFile(objects, 'envoy.json').admin.address)).toEqual(['pipe']);
          for (const { name, address, filter_chains } of Object.values(listenersOf(objects))) {
            const reached = address.socket_address.address !== '127.0.0.1' && name !== 'health';
            for (const { transport_socket } of filter_chains) {
              expect(transport_socket?.typed_config.require_client_certificate ?? false).toBe(reached);
            }
          }
        }
      }),
      { numRuns: 20 },
    );
  });
});
