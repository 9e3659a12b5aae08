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

/** One line of a report. */
export interface Sample {
  readonly name: string;
  readonly labels: { readonly [label: string]: string };
  readonly value: number;
}

const PREFIX = 'secured_mirror_';
const LINE = /^([a-zA-Z_:][\w:]*)(?:\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\})?[ \t]+(\S+)/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** The samples in a text of Prometheus' format, without other lines. */
export function samplesOf(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const [, name, labels = '', number] = LINE.exec(line) ?? [];
    const value = Number(number);
    if (name === undefined || Number.isNaN(value)) {
      return [];
    }
    const pairs = [...labels.matchAll(LABEL)].map(([, label = '', text = '']) => [label, unescaped(text)]);
    return [{ name, labels: Object.fromEntries(pairs), value }];
  });
}

/** A node agent's report; nothing when the text is no report. */
export function parseReport(text: string): Report | undefined {
  const all = samplesOf(text).filter(({ name }) => name.startsWith(PREFIX));
  if (all.length === 0) {
    return undefined;
  }
  const named = (name: string) => all.filter((sample) => sample.name === PREFIX + name);
  const label = (name: string, key: string) => named(name).find(({ value }) => value === 1)?.labels[key] || undefined;
  const registries = (state: string) => named('registries').find(({ labels }) => labels.state === state)?.value ?? 0;
  return {
    presents: label('upstream_authentication_info', 'method'),
    registries: {
      published: registries('published'),
      refused: registries('refused'),
      waiting: registries('waiting'),
    },
    only: named('only_mirror')[0]?.value === 1,
    ...unreachedIn(named),
    identity: label('identity_info', 'version'),
    trusts: named('trust_info').flatMap(({ labels }) => labels.ca ?? []),
    credential: credentialIn(named, label),
    unauthenticated: named('unauthenticated_requests_total').map(({ labels, value }) => ({
      listener: labels.listener ?? '',
      source: labels.source ?? '',
      count: value,
    })),
  };
}

type Named = (name: string) => Sample[];

function unreachedIn(named: Named): Pick<Report, 'unreached'> {
  const [count] = named('unreached_folders');
  const folders = named('unreached_folder_info').flatMap(({ labels }) => labels.folder ?? []);
  return count === undefined ? {} : { unreached: { count: count.value, folders } };
}

function credentialIn(
  named: Named,
  label: (name: string, key: string) => string | undefined,
): CredentialReport | undefined {
  const [phase] = named('credential_phase');
  if (phase === undefined) {
    return undefined;
  }
  const number = (name: string) => named(name)[0]?.value;
  return {
    phase: phase.value,
    presented: label('credential_version_info', 'presented') ?? '',
    newest: label('credential_version_info', 'newest') ?? '',
    versions: number('credential_versions') ?? 0,
    lagging: number('credential_lagging') === 1,
    valid: number('credential_valid') !== 0,
    dropOld: number('credential_drop_old') === 1,
  };
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : character));
}
