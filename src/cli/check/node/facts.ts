/** What a probe saw on a node. */
export interface NodeFacts {
  /** The main file of containerd's configuration. */
  readonly main: string;
  /** When containerd started, in seconds since 1970; unknown where the probe could not tell its process. */
  readonly started?: number;
  /** Files of the configuration in the order in which containerd loads them, without values that may be secret. */
  readonly files: readonly ConfigurationFile[];
  /** Files that containerd should load, and that do not exist. */
  readonly missing: readonly string[];
  /** Files that the probe could not read or not understand. */
  readonly unreadable: readonly string[];
  readonly registries: readonly RegistryFact[];
  /** Folders of registry settings for registries that the stack does not name. */
  readonly folders: readonly string[];
  /** Where the name of containerd's default list leads, taken for one path: nowhere, to the registry settings, or elsewhere. */
  readonly list: string;
  /** The files of containerd's systemd unit. */
  readonly units: readonly string[];
  /** Proxy variables, the later ones count more; without user and password. */
  readonly variables: readonly { readonly file: string; readonly name: string; readonly value: string }[];
  /** Whether the sockets of the node could be read. */
  readonly sockets: boolean;
  /** Addresses at which the node listens on the port of the entry, in hexadecimal. */
  readonly listening: readonly string[];
  /** fs.inotify.max_user_instances. */
  readonly inotify: number;
}

/** A file of containerd's configuration. */
export interface ConfigurationFile {
  readonly path: string;
  /** When it was changed last, in seconds since 1970. */
  readonly changed: number;
  readonly toml: string;
}

/** What others set for a registry, and what the node agent will do. */
export interface RegistryFact {
  readonly registry: string;
  /** Nobody set anything; the agent did; others did, and ours go in front; others did for `_default` alone; the agent leaves it as it is. */
  readonly kind: 'none' | 'ours' | 'joined' | 'default' | 'refused';
  /** Why the agent leaves it. */
  readonly reason: string;
}

const KINDS: readonly string[] = ['none', 'ours', 'joined', 'default', 'refused'] satisfies RegistryFact['kind'][];

/**
 * Reads the log of a probe: a line for each fact, its word and then its fields, each as : and base64.
 *
 * @param log what probe.sh printed
 * @throws Error where it is cut or says what nobody understands
 */
export function nodeFacts(log: string): NodeFacts {
  const lines = log.trimEnd().split('\n');
  if (lines.pop() !== 'end') throw new Error('the probe did not come to its end');
  const facts = lines.map((line) => {
    const [word = '', ...fields] = line.split(' ');
    return { word, fields: fields.map((field) => Buffer.from(field.slice(1), 'base64').toString()) };
  });
  const all = (word: string) => facts.filter((fact) => fact.word === word).map(({ fields }) => fields);
  const first = (word: string) => all(word).map(([field = '']) => field);
  const started = first('process')[0];
  const [main] = first('main');
  // The kubelet throws the beginning of a very long log away.
  if (main === undefined) throw new Error('the log of the probe has lost its beginning');
  return {
    main,
    ...(started === undefined ? {} : { started: Number(started) }),
    files: all('file').map(([path = '', changed, toml = '']) => ({ path, changed: Number(changed), toml })),
    missing: first('missing'),
    unreadable: first('unreadable'),
    registries: all('registry').map(([registry = '', kind = '', reason = '']) => ({
      registry,
      kind: kindOf(kind),
      reason,
    })),
    folders: first('folder'),
    list: first('list')[0] ?? '',
    units: first('unit'),
    variables: all('variable').map(([file = '', name = '', value = '']) => ({ file, name, value })),
    sockets: all('sockets').length > 0,
    listening: first('listening'),
    inotify: Number(first('inotify')[0]),
  };
}

function kindOf(text: string): RegistryFact['kind'] {
  if (!KINDS.includes(text)) throw new Error(`the probe said '${text}' of a registry`);
  return text as RegistryFact['kind'];
}
