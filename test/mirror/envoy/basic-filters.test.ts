import { basicFilters, credentialInjector } from '../../../src/mirror/envoy/basic-filters';
import { AuthenticatedListener } from '../../../src/mirror/envoy/proxy-authentication';

const configOf = (listener: AuthenticatedListener) => basicFilters(listener).map(({ typed_config }) => typed_config);

describe('basic authentication', () => {
  it.each([AuthenticatedListener.ENTRY, AuthenticatedListener.PEERS, AuthenticatedListener.METRICS])(
    'at %s sends no challenge, and keeps credential and user from Spegel',
    (listener) => {
      expect(configOf(listener).at(0)?.mutations).toEqual({ response_mutations: [{ remove: 'www-authenticate' }] });
      const request_mutations = [{ remove: 'authorization' }, { remove: 'x-mirror-user' }];
      expect(configOf(listener).at(-1)?.mutations).toEqual({ request_mutations });
    },
  );

  it('has no filter at the router', () => {
    expect(basicFilters(AuthenticatedListener.ROUTER)).toEqual([]);
  });

  it('replaces the empty credential that Spegel sends to peers', () => {
    expect(credentialInjector().typed_config?.overwrite).toBe(true);
  });
});
