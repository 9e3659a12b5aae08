import { statusFiles } from '../contract/directories';
import { DynamicFile, HASH_DIGITS } from '../contract/dynamic-files';
import { counters, usageCounters } from '../contract/http';
import { metrics } from '../contract/metrics';
import { templates } from '../envoy/dynamic-files';

/** A metric of the node agent's report. */
type Metric = keyof typeof metrics;

/** What each metric of the report means. */
const HELP: { readonly [metric in Metric]: string } = {
  registries: 'Registries by how their settings stand on this node.',
  onlyMirror: 'Whether this is the only node with a mirror, which waits for a second one.',
  unreachedFolders: 'Folders of registries on the node that _default does not reach.',
  unreachedFolderInfo: 'The first of them.',
  defaultListLinked: 'Whether the default list of containerd leads to the registry settings.',
  entryRequests: 'Requests of the containerd of this node at the mirror, by registry; _default stands for all others.',
  peerBytes: 'Bytes received from peers.',
  servedBytes: 'Bytes sent to peers.',
  originBytes: 'Bytes of content that arrived on this node, but not through the mirror.',
  hitRatio: 'Share of the bytes from peers in all bytes that arrived.',
  bypassed: 'Whether pulls from a published registry go past the mirror on this node.',
  identityInfo: 'Version of the identity in use.',
  upstreamAuthenticationInfo: 'Authentication method that containerd and the proxy present.',
  trustInfo: 'Certificates of the CA in force.',
  credentialPhase: 'Rotation of the credential: 0 steady, 1 propagating, 2 presenting the new one.',
  credentialVersionInfo: 'Version that is presented, and the newest.',
  credentialVersions: 'Accepted versions of the credential.',
  credentialLagging: 'Whether a rotation waits for peers that are behind.',
  credentialValid: 'Whether the Secret holds a usable credential.',
  credentialDropOld: 'Whether the Secret says to drop older versions at once.',
  unauthenticatedRequests: 'Requests served without a credential.',
};

/**
 * A file of what the scripts share with TypeScript and Envoy, so that bash builds no JSON and repeats no name: one line `key=text` each.
 * The template of a dynamic file has the file's name for a key, with `.none` where there is a template for no value. A metric has two
 * formats of printf: its comments, and one sample with a place for each label and for the value, which is always 1 in an info metric.
 */
export function contractFile(): string {
  const lines = {
    [DynamicFile.USERS]: templates.users,
    [`${DynamicFile.USERS}.none`]: templates.usersNone,
    [DynamicFile.METRICS_USERS]: templates.metricsUsers,
    [`${DynamicFile.METRICS_USERS}.none`]: templates.metricsUsersNone,
    [DynamicFile.OLD]: templates.old,
    [`${DynamicFile.OLD}.none`]: templates.oldNone,
    [DynamicFile.INJECTED]: templates.injected,
    [DynamicFile.REPORT]: templates.report,
    'old-version': templates.oldVersion,
    identity: templates.identity,
    'old-counters': `${counters.old}$`,
    'refused-counters': `${counters.refused}$`,
    'requests-before': usageCounters.requests.before,
    'requests-after': usageCounters.requests.after,
    'other-requests': usageCounters.otherRequests,
    'peer-bytes': usageCounters.peerBytes,
    'served-bytes': usageCounters.servedBytes,
    'entry-bytes': usageCounters.entryBytes,
    answers: usageCounters.answers,
    'hash-digits': `${HASH_DIGITS}`,
    'alive-file': statusFiles.alive,
    'report-file': statusFiles.report,
    ...Object.fromEntries(Object.keys(metrics).flatMap((metric) => formats(metric as Metric))),
  };
  return Object.entries(lines)
    .map(([key, text]) => `${key}=${text}\n`)
    .join('');
}

function formats(metric: Metric): [string, string][] {
  const { name, labels = {} }: { name: string; labels?: { readonly [label: string]: string } } = metrics[metric];
  const type = name.endsWith('_total') ? 'counter' : 'gauge';
  const places = Object.values(labels).map((label) => `${label}="%s"`);
  const value = name.endsWith('_info') ? '1' : '%s';
  return [
    [`${metric}.comments`, `# HELP ${name} ${HELP[metric]}\\n# TYPE ${name} ${type}\\n`],
    [`${metric}.sample`, `${name}${places.length > 0 ? `{${places.join(',')}}` : ''} ${value}\\n`],
  ];
}
