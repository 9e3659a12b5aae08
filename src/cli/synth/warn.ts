import type { Spelling } from '../../stack/spelling';
import { notice, warning } from '../shared/messages';

/**
 * Prints a cluster's warnings to stderr.
 *
 * @param cluster the cluster
 * @param spelling how commands are spelled for the user, about this cluster
 */
export function warn(cluster: { readonly name: string; readonly warnings: string[] }, spelling: Spelling): void {
  const { name, warnings } = cluster;
  for (const text of warnings) warning(`cluster ${name}: ${text}`);
  if (warnings.some((text) => text.startsWith('token '))) {
    notice(`what to do about tokens, and when: ${spelling.plan()}`);
  }
}
