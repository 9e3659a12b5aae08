import { notPossiblePlatform } from '../../mirror/platform-settings/not-possible';
import type { Platform } from '../../mirror/props/containerd-props';
import { mirrorDefaults } from '../../mirror/props/defaults';
import { type Problem, SettingsError } from '../../settings/errors';
import { valueMistake } from '../../settings/expected';
import { shown } from '../../settings/shown';
import { parseStackFile } from '../../stack/reader';
import { type NewStack, PLATFORMS } from './new-stack';
import { stackText } from './stack-text';

/** The options of the command that say what goes into the file. */
export interface GivenSettings {
  readonly platform?: string;
  readonly registries?: string[];
  readonly name: string;
  readonly tokens?: string;
}

/** Public registries that most clusters pull from. */
const REGISTRIES = ['docker.io', 'ghcr.io', 'quay.io', 'registry.k8s.io'];

/**
 * What goes into the file. The reader of stack.yaml judges it.
 *
 * @param given the user's options
 * @throws SettingsError naming each wrong option
 */
export function settingsOf({ platform, registries, name, tokens }: GivenSettings): NewStack {
  const stack = {
    name,
    platform: platformOf(platform),
    registries: registries === undefined ? REGISTRIES : hostsOf(registries),
    organization: tokens,
  };
  check(stack);
  return stack;
}

function platformOf(word: string = mirrorDefaults.platform): Platform {
  const against = notPossiblePlatform(word);
  if (against !== undefined) {
    const { name, why } = against;
    throw wrong(
      '--platform',
      word,
      `the mirror cannot work with ${name}. ${why} Organisation tokens need no mirror: docs/tokens.md`,
    );
  }
  const mistake = valueMistake(word, { type: 'string', enum: PLATFORMS });
  if (mistake === undefined) return word as Platform;
  throw wrong('--platform', word, `${mistake}; for kubeadm and packages of distributions: containerd`);
}

function hostsOf(words: string[]): string[] {
  const hosts = words.flatMap((word) => word.split(',')).map((host) => host.trim());
  const given = hosts.filter((host) => host !== '');
  if (given.length === 0) throw wrong('--registries', words.join(' '), 'expected host names, such as docker.io');
  return [...new Set(given)];
}

/** Reads the text as synth will, and says which options its mistakes come from. */
function check(stack: NewStack): void {
  try {
    parseStackFile(stackText(stack), '');
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new SettingsError(optionProblems(error.problems, stack));
  }
}

function optionProblems(problems: Problem[], { name, organization = '' }: NewStack): Problem[] {
  const of = (key: string) => problems.filter((problem) => problem.key.startsWith(`clusters[0].${key}`));
  const [badName] = of('name');
  const [badOrganization] = of('tokens');
  return [
    ...(badName ? [{ ...badName, file: '--name', value: shown(name) }] : []),
    ...of('registries').map((problem) => ({ ...problem, file: '--registries' })),
    ...(badOrganization
      ? [
          {
            file: '--tokens',
            value: shown(organization),
            message: 'expected the name of an organisation at Docker Hub, such as kong; a token never belongs here',
          },
        ]
      : []),
  ].map(({ file, value, message }) => ({ file, value, message, key: '' }));
}

function wrong(option: string, value: string, message: string): SettingsError {
  return new SettingsError([{ file: option, key: '', value: shown(value), message }]);
}
