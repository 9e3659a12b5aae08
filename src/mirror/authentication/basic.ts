import { methods } from '../contract/names';
import { basicFilters, credentialInjector } from '../envoy/basic-filters';
import type {
  AuthenticatedFilterChain,
  AuthenticatedListener,
  UpstreamAuthentication,
} from '../envoy/proxy-authentication';
import type { IAuthenticationMethod } from './authentication';

/**
 * Requests carry a user name and a password. The node agent writes both sides as dynamic files, so they change without a restart.
 * Only the network policies guard the router, which carries no requests: without policies, rules refuse this method.
 */
export class Basic implements IAuthenticationMethod {
  public readonly name = methods.basic;
  public readonly scheme = 'http';
  public readonly envoyFiles = {};

  public filterChains(listener: AuthenticatedListener): AuthenticatedFilterChain[] {
    return [{ name: this.name, match: { transport_protocol: 'raw_buffer' }, httpFilters: basicFilters(listener) }];
  }

  public upstream(): UpstreamAuthentication {
    return { httpFilters: [credentialInjector()] };
  }
}
