import type { ResolvedMirror } from '../../../mirror/resolved';
import type { Check, CheckContext } from '../../probe/check';
import { type Finding, finding } from '../../shared/finding';
import { spellingOf } from '../../shared/started';
import { names } from '../../shared/table';

/** Whether the objects are there that only the user can make. */
export const secrets: Check = {
  name: 'secrets',
  title: 'the Secrets that you provide',
  when: 'always',
  run: look,
};

/** An object that the user makes. */
export interface Provided {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  /** What it is for. */
  readonly purpose: string;
  /** The end of the command of kubectl that makes it. */
  readonly create: string;
}

async function look({ kubectl, mirror }: CheckContext): Promise<Finding[]> {
  const all = provided(mirror);
  const { namespace } = mirror;
  const about = (level: 'ok' | 'note' | 'problem', message: string, fix?: string) =>
    finding(level, secrets.name, '', message, fix);
  if (all.length === 0) return [about('note', 'stack.yaml names no Secret that you provide')];
  const found = await Promise.all(all.map(({ kind, name }) => kubectl.exists(kind.toLowerCase(), name)));
  const missing = all.filter((_, index) => !found[index]);
  if (missing.length === 0) {
    return [about('ok', `the namespace ${namespace} has ${names(all.map(({ kind, name }) => `${kind} ${name}`))}`)];
  }
  const words = spellingOf(kubectl.access).kubectl();
  const before = (await kubectl.exists('namespace', namespace)) ? [] : [`${words} create namespace ${namespace}`];
  const commands = missing.map(({ create }) => `${words} --namespace ${namespace} create ${create}`);
  const what = missing.map(({ kind, name, purpose }) => `${kind} ${name} (${purpose})`);
  return [about('problem', `the namespace ${namespace} lacks ${names(what)}`, [...before, ...commands].join('\n'))];
}

/** The objects that the user makes for a mirror. */
export function provided({
  authentication,
  imagePullSecrets,
  metrics,
}: Pick<ResolvedMirror, 'authentication' | 'imagePullSecrets' | 'metrics'>): Provided[] {
  const { mutualTls, basic, mounted } = authentication;
  const caSecret = mutualTls?.issuer?.caSecret;
  const ca: Provided[] =
    caSecret === undefined
      ? []
      : [
          {
            kind: 'Secret',
            name: caSecret,
            purpose: 'the CA that signs',
            create: `secret tls ${caSecret} --cert=ca.crt --key=ca.key`,
          },
        ];
  const own: Provided[] =
    mutualTls !== undefined && mutualTls.issuer === undefined
      ? Object.entries(mounted.secrets).map(([identity, name]) => ({
          kind: 'Secret',
          name,
          purpose: `the certificate of the identity ${identity}`,
          create: `secret generic ${name} --type=kubernetes.io/tls --from-file=tls.crt --from-file=tls.key --from-file=ca.crt`,
        }))
      : [];
  const password = (name: string, purpose: string): Provided => ({
    kind: 'Secret',
    name,
    purpose,
    create: `secret generic ${name} --type=kubernetes.io/basic-auth --from-file=username --from-file=password`,
  });
  const passwords =
    basic === undefined
      ? []
      : [
          ...(basic.externalSecret === undefined ? [password(mounted.credential, 'the password of the mirrors')] : []),
          ...(metrics === undefined || mutualTls !== undefined
            ? []
            : [password(mounted.metricsCredential, 'the password of scrapers')]),
        ];
  return [...ca, ...own, ...trust(mounted.trust), ...passwords, ...imagePullSecrets.map(pullSecret)];
}

function trust(source: ResolvedMirror['authentication']['mounted']['trust']): Provided[] {
  if (source === undefined) return [];
  const { configMap, secret, key } = source;
  const kind = configMap === undefined ? 'Secret' : 'ConfigMap';
  const name = configMap ?? secret ?? '';
  const create = `${kind === 'Secret' ? 'secret generic' : 'configmap'} ${name} --from-file=${key}=bundle.crt`;
  return [{ kind, name, purpose: 'the CAs that mirrors trust', create }];
}

function pullSecret(name: string): Provided {
  const create = `secret generic ${name} --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=config.json`;
  return { kind: 'Secret', name, purpose: "it opens the mirror's images", create };
}
