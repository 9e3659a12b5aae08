import { OCI_NAME, OCI_REFERENCE } from '../../kubernetes/oci-name';
import type { AccessLogLine, Verdict } from '../contract/access-log-line';
import { OLD_PREFIX } from '../contract/http';
import { NODE_NAME_VARIABLE } from '../contract/names';
import type { ResolvedAccessLog } from '../resolved';
import { directPeer } from './direct-path';
import { logLine, outcome } from './log-line';
import type { AuthenticatedListener } from './proxy-authentication';
import { type AccessLog, type Extension, extension, FILTERS } from './types';

/** Name of the metadata with what a request names. */
const METADATA = 'secured-mirror-asked';

/** Which part of the path each field is: of a path in any other form none. A byte is a byte here, so every path has one of the two forms. */
const ASKED = `^/v2/(${OCI_NAME})/(?:blobs|manifests)/(${OCI_REFERENCE})(?:[?]ns=([a-zA-Z0-9.-]+))?$|^\\C*$`;
const PARTS = { repository: '\\1', reference: '\\2', registry: '\\3' } as const;

/** No name of content is longer, and no host. */
const LONGEST = 255;

/** Whether Spegel speaks, or the program that asked it; otherwise the proxy says no by itself, which costs a stranger nothing. */
const SPEGEL = `response.code_details in ['via_upstream', 'lua_response']`;
const OWN = `!(${SPEGEL} || response.code_details.startsWith('upstream_'))`;
/** Conditions in CEL, of which the first that holds decides. */
const VERDICTS: Record<Verdict, string> = {
  refused: `response.code >= 400 && ${OWN}`,
  failed: 'response.code == 0 || response.code >= 500 || response.flags != 0',
  served: 'response.code < 400',
  'not found': 'true',
};

/**
 * Notes who read what, on a listener whose requests `askedFilter` reads.
 *
 * @param listener the listener
 * @param settings which part of the requests
 */
export function accessLogs(
  listener: AuthenticatedListener.ENTRY | AuthenticatedListener.PEERS,
  settings: ResolvedAccessLog,
): AccessLog[] {
  const conditions: string[] = [];
  return Object.entries(VERDICTS).map(([verdict, condition]) => {
    const expression = [...conditions.map((earlier) => `!(${earlier})`), `(${condition})`].join(' && ');
    conditions.push(condition);
    const percent = verdict === 'refused' ? settings.refusedPercent : settings.percent;
    return logLine({ verdict, listener, ...FIELDS }, both(fitting(expression), sampled(percent)));
  });
}

const asked = (key: keyof typeof PARTS) => `%DYNAMIC_METADATA(${METADATA}:${key}):${LONGEST}%`;

const FIELDS: Record<Exclude<keyof AccessLogLine, 'verdict' | 'listener'>, string> = {
  ...outcome,
  time: '%START_TIME%',
  node: `%ENVIRONMENT(${NODE_NAME_VARIABLE})%`,
  reason: '%RESPONSE_CODE_DETAILS%',
  authentication: '%FILTER_CHAIN_NAME%',
  identity: '%DOWNSTREAM_PEER_URI_SAN%',
  credential: `%DYNAMIC_METADATA(envoy.filters.http.rbac:${OLD_PREFIX}shadow_effective_policy_id)%`,
  source: '%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%',
  method: '%REQ(:METHOD):10%',
  registry: asked('registry'),
  repository: asked('repository'),
  reference: asked('reference'),
  peer: directPeer,
  duration: '%DURATION%',
};

/** The filter that reads what a request names, also of one that is refused: never a query, nor words of another form. */
export function askedFilter(): Extension {
  const type = `${FILTERS}.header_to_metadata.v3.Config`;
  return extension('envoy.filters.http.header_to_metadata', type, {
    request_rules: Object.entries(PARTS).map(([key, substitution]) => ({
      header: ':path',
      on_header_present: {
        metadata_namespace: METADATA,
        key,
        regex_value_rewrite: { pattern: { regex: ASKED }, substitution },
      },
    })),
  });
}

function both(...filters: object[]): object {
  return { and_filter: { filters } };
}

function fitting(expression: string): object {
  const type = 'envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter';
  return { extension_filter: extension('envoy.access_loggers.extension_filters.cel', type, { expression }) };
}

/** A part of the requests, by chance alone: without `use_independent_randomness` a header of the caller's would decide. */
function sampled(percent: number): object {
  return {
    runtime_filter: {
      runtime_key: 'unused',
      percent_sampled: { numerator: percent, denominator: 'HUNDRED' },
      use_independent_randomness: true,
    },
  };
}
