import { metrics, registryStates } from '../../mirror/contract/metrics';
import { type Metric, type Samples, samplesOf } from './samples';
import { type UsageReport, usageIn } from './usage';

/** What a node agent says about its node. */
export interface Report {
  /** The authentication method that the node presents to peers and containerd uses: basic or mutual-tls; nothing before either. */
  readonly presents?: string;
  /** How many registries are in which state. */
  readonly registries: { readonly published: number; readonly refused: number; readonly waiting: number };
  /** Whether this is the only node with a mirror, which waits for a second one. */
  readonly only: boolean;
  /**
   * Folders of registries on the node that `_default` does not reach: how many, and the names of the first.
   *
   * @default - the stack has no `_default`
   */
  readonly unreached?: { readonly count: number; readonly folders: string[] };
  /**
   * Whether containerd's default list leads to the registry settings.
   *
   * @default - the agent links none
   */
  readonly defaultListLinked?: boolean;
  /**
   * What the mirror is used for.
   *
   * @default - the agent has not measured it yet
   */
  readonly usage?: UsageReport;
  /** Version of the identity in force, if there is one. */
  readonly identity?: string;
  /** Ids of the trusted CA certificates. */
  readonly trusts: string[];
  /** The credential, where basic authentication is accepted. */
  readonly credential?: CredentialReport;
  /** Requests without authentication, where the node serves them. */
  readonly unauthenticated: Unauthenticated[];
}

/** The credential on a node. */
export interface CredentialReport {
  /** 0 steady, 1 propagating, 2 presenting. */
  readonly phase: number;
  /** Version that the node presents. */
  readonly presented: string;
  /** Version that the agent last read in the Secret. */
  readonly newest: string;
  /** How many versions the node accepts. */
  readonly versions: number;
  /** Whether a peer refuses the new version, or somebody still presents an old one. */
  readonly lagging: boolean;
  /** Whether the agent can use the Secret's content. */
  readonly valid: boolean;
  /** Whether the Secret demands that nodes drop old versions at once. */
  readonly dropOld: boolean;
}

/** Requests without authentication to one listener from one source. */
export interface Unauthenticated {
  readonly listener: string;
  readonly source: string;
  readonly count: number;
}

const NAMES = new Set(Object.values<Metric>(metrics).map(({ name }) => name));

/** A node agent's report; nothing when the text is no report. */
export function parseReport(text: string): Report | undefined {
  const all = samplesOf(text).filter(({ name }) => NAMES.has(name));
  if (all.length === 0) {
    return undefined;
  }
  const samples: Samples = ({ name }) => all.filter((sample) => sample.name === name);
  const label: Label = (metric, key) => samples(metric).find(({ value }) => value === 1)?.labels[key] || undefined;
  const registries = (state: string) =>
    samples(metrics.registries).find(({ labels }) => labels[metrics.registries.labels.state] === state)?.value ?? 0;
  return {
    presents: label(metrics.upstreamAuthenticationInfo, metrics.upstreamAuthenticationInfo.labels.method),
    registries: {
      published: registries(registryStates.published),
      refused: registries(registryStates.refused),
      waiting: registries(registryStates.waiting),
    },
    only: samples(metrics.onlyMirror)[0]?.value === 1,
    ...unreachedIn(samples),
    ...linkedIn(samples),
    ...usageIn(samples),
    identity: label(metrics.identityInfo, metrics.identityInfo.labels.version),
    trusts: samples(metrics.trustInfo).flatMap(({ labels }) => labels[metrics.trustInfo.labels.ca] ?? []),
    credential: credentialIn(samples, label),
    unauthenticated: samples(metrics.unauthenticatedRequests).map(({ labels, value }) => ({
      listener: labels[metrics.unauthenticatedRequests.labels.listener] ?? '',
      source: labels[metrics.unauthenticatedRequests.labels.source] ?? '',
      count: value,
    })),
  };
}

/** A label of a metric that is always 1. */
type Label = (metric: Metric, label: string) => string | undefined;

function unreachedIn(samples: Samples): Pick<Report, 'unreached'> {
  const [count] = samples(metrics.unreachedFolders);
  const { labels: keys } = metrics.unreachedFolderInfo;
  const folders = samples(metrics.unreachedFolderInfo).flatMap(({ labels }) => labels[keys.folder] ?? []);
  return count === undefined ? {} : { unreached: { count: count.value, folders } };
}

function linkedIn(samples: Samples): Pick<Report, 'defaultListLinked'> {
  const [linked] = samples(metrics.defaultListLinked);
  return linked === undefined ? {} : { defaultListLinked: linked.value === 1 };
}

function credentialIn(samples: Samples, label: Label): CredentialReport | undefined {
  const [phase] = samples(metrics.credentialPhase);
  if (phase === undefined) {
    return undefined;
  }
  const value = (metric: Metric) => samples(metric)[0]?.value;
  const { credentialVersionInfo: info } = metrics;
  return {
    phase: phase.value,
    presented: label(info, info.labels.presented) ?? '',
    newest: label(info, info.labels.newest) ?? '',
    versions: value(metrics.credentialVersions) ?? 0,
    lagging: value(metrics.credentialLagging) === 1,
    valid: value(metrics.credentialValid) !== 0,
    dropOld: value(metrics.credentialDropOld) === 1,
  };
}
