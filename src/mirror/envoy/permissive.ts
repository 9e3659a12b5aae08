import { PERMISSIVE_LOG } from '../contract/directories';
import { type AuthenticatedFilterChain, AuthenticatedListener } from './proxy-authentication';
import { extension } from './types';

/**
 * The filter chain for requests without a credential, where plain Spegel would have served them: the proxy serves them and notes
 * them for the node agent's count. The router has none: a stranger in the mesh could make mirrors believe anything.
 *
 * @param listener the listener
 */
export function permissiveFilterChains(listener: AuthenticatedListener): AuthenticatedFilterChain[] {
  if (listener !== AuthenticatedListener.ENTRY && listener !== AuthenticatedListener.PEERS) {
    return [];
  }
  const accessLog = extension('envoy.access_loggers.file', 'envoy.extensions.access_loggers.file.v3.FileAccessLog', {
    path: PERMISSIVE_LOG,
    log_format: {
      text_format_source: { inline_string: `${listener} %DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%\n` },
    },
  });
  return [{ name: 'permissive', match: { transport_protocol: 'raw_buffer' }, httpFilters: [], accessLog }];
}
