import type { Check, CheckContext } from '../../probe/check';
import { type Finding, finding } from '../../shared/finding';
import { spellingOf } from '../../shared/started';
import { names } from '../../shared/table';

/** Whether cert-manager has issued the stack's certificates. */
export const certificates: Check = {
  name: 'certificates',
  title: "the stack's Certificates",
  when: 'after',
  run: look,
};

/** The fields of a Certificate that tell how it is doing. */
export interface CertificateState {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly conditions?: { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

async function look({ kubectl, objects, mirror }: CheckContext): Promise<Finding[]> {
  const expected = objects.filter(({ kind }) => kind === 'Certificate').map(({ metadata }) => metadata.name);
  if (expected.length === 0)
    return [finding('note', certificates.name, '', 'not needed: the stack makes no Certificate')];
  const list = await kubectl.object<{ items: CertificateState[] }>('certificates.cert-manager.io');
  const fix = (name: string) => `${spellingOf(kubectl.access).kubectl(mirror.namespace)} describe certificate ${name}`;
  return certificatesFindings(expected, list?.items ?? [], fix);
}

/**
 * Findings about the Certificates.
 *
 * @param expected their names
 * @param found what the namespace has
 * @param fix the command that shows more about one
 */
export function certificatesFindings(
  expected: readonly string[],
  found: readonly CertificateState[],
  fix: (name: string) => string,
): Finding[] {
  const about = (level: 'ok' | 'problem', message: string, fix?: string) =>
    finding(level, certificates.name, '', message, fix);
  const missing = expected.filter((name) => !found.some(({ metadata }) => metadata.name === name));
  const problems = found.flatMap(({ metadata: { name }, status }) => {
    const ready = status?.conditions?.find(({ type }) => type === 'Ready');
    if (!expected.includes(name) || ready?.status === 'True') return [];
    return [
      about('problem', `${name} is not ready: ${ready?.message ?? 'cert-manager has not looked at it'}`, fix(name)),
    ];
  });
  if (missing.length > 0) problems.push(about('problem', `not there: ${names(missing)}`, 'apply the manifests again'));
  return problems.length > 0 ? problems : [about('ok', `cert-manager has issued all ${expected.length}`)];
}
