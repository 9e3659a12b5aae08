import { type Finding, finding } from '../shared/finding';
import { names } from '../shared/table';
import type { NodeFacts } from './nodes';

/** Likeliest first. */
const FIX =
  'run secure-mirror check. Likeliest first: config_path of containerd is a list of folders, or another folder than the mirror has; ' +
  'containerd has not started again since somebody changed config_path; HTTPS_PROXY of containerd takes the requests; containerd does not reach the entry; ' +
  'or somebody pulled by ctr or nerdctl, which read the settings only where told to. The next pull through the mirror ends this finding';

/**
 * Findings about nodes whose pulls go past the mirror. It is a problem where containerd has never asked for that registry: the mirror
 * does nothing then. Where it has, one pull by another program may be the reason.
 */
export function bypassedFindings(nodes: NodeFacts[]): Finding[] {
  return nodes.flatMap(({ node, report }) => {
    const { usage } = report ?? {};
    if (usage === undefined || usage.bypassed.length === 0) {
      return [];
    }
    const never = usage.bypassed.some((registry) => (usage.requests[registry] ?? 0) === 0);
    const message =
      `bypassed: pulls from ${names(usage.bypassed)} go past the mirror, ` +
      `as content arrived and containerd ${never ? 'has never asked the mirror' : 'has not asked the mirror lately'}`;
    return [finding(never ? 'problem' : 'warning', 'bypassed', `node ${node}`, message, FIX)];
  });
}
