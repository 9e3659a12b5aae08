import { DEFAULT_NAMESPACE } from '../../kubernetes/names';
import { quoted } from '../../kubernetes/quoted';
import { type Spelling, stackWords } from '../../stack/spelling';
import { CA_SECRET, type NewStack } from './new-stack';

/**
 * What to do with a new stack.yaml.
 *
 * @param stack what is in it
 * @param file its path
 * @param spelling how commands are spelled for the user, about this file
 */
export function nextSteps({ name, platform, organization }: NewStack, file: string, spelling: Spelling): string[] {
  const check = (...words: string[]) =>
    [spelling.program.command, ...['check', ...words, ...stackWords({ file })].map(quoted)].join(' ');
  const kubectl = spelling.kubectl();
  const withTokens = ['# The tokens and their Secrets, once the file names yours:', spelling.plan()];
  return [
    `${file}: a stack for ${platform}. Read its comments, then type, with cert-manager in the cluster:`,
    '',
    '# Your CA signs the certificates. If an issuer of yours does, name it in the file instead.',
    `${kubectl} create namespace ${DEFAULT_NAMESPACE}`,
    `${kubectl} -n ${DEFAULT_NAMESPACE} create secret tls ${CA_SECRET} --cert=ca.crt --key=ca.key`,
    ...(organization === undefined ? [] : withTokens),
    '# Can it work here? Then make the manifests, apply them, and see that it works.',
    check('--pre'),
    spelling.synth(),
    `${kubectl} apply --server-side --field-manager=secure-mirror -f ${spelling.manifests(name)}`,
    check('--wait', '5m'),
  ];
}
