import { PERMISSIVE_LOG } from '../contract/directories';
import { extension } from '../envoy/types';
import { Door, type WayIn } from './authentication';

/**
 * The way in for requests that show nothing, where plain Spegel would have served them: they are served, and noted down for the node
 * agent to count. Not to the router: who joins the mesh could make mirrors believe anything.
 *
 * @param door the door
 */
export function permissiveWays(door: Door): WayIn[] {
  if (door !== Door.ENTRY && door !== Door.PEERS) {
    return [];
  }
  const accessLog = extension('envoy.access_loggers.file', 'envoy.extensions.access_loggers.file.v3.FileAccessLog', {
    path: PERMISSIVE_LOG,
    log_format: {
      text_format_source: { inline_string: `${door} %DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%\n` },
    },
  });
  return [{ name: 'permissive', match: { transport_protocol: 'raw_buffer' }, httpFilters: [], accessLog }];
}
