import { REFUSES_ACME } from '../../../mirror/authentication/acme';
import { issuerName, signsByAcme } from '../../ca/cert-manager';
import type { Check, CheckContext } from '../../probe/check';
import { type Finding, finding } from '../../shared/finding';
import { spellingOf } from '../../shared/started';

/** Whether the issuer that the user names is ready. */
export const issuer: Check = {
  name: 'issuer',
  title: 'the issuer of the certificates',
  when: 'always',
  run: look,
};

interface IssuerObject {
  readonly status?: {
    readonly conditions?: { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

async function look({ kubectl, mirror }: CheckContext): Promise<Finding[]> {
  const about = (level: 'ok' | 'note' | 'warning' | 'problem', message: string, fix?: string) => [
    finding(level, issuer.name, '', message, fix),
  ];
  const resolved = mirror.authentication.mutualTls?.issuer;
  if (resolved === undefined) return about('note', 'not needed: stack.yaml names none');
  const { ref } = resolved;
  const name = issuerName(ref);
  const resource = `${ref.kind.toLowerCase()}s.${ref.group}`;
  const found = await kubectl.object<IssuerObject>(resource, ref.name);
  if (found === undefined && resolved.caSecret !== undefined) {
    return about('note', `the stack will make ${name} of the Secret ${resolved.caSecret}`);
  }
  if (found === undefined) {
    return about(
      'problem',
      `${name} does not exist`,
      'make it, or name another one in stack.yaml; docs/issuers.md says what it must allow',
    );
  }
  if (await signsByAcme(kubectl, ref)) return about('problem', `${name} ${REFUSES_ACME}`);
  const ready = found.status?.conditions?.find(({ type }) => type === 'Ready');
  if (ready?.status === 'True') return about('ok', `${name} is ready`);
  const fix = `${spellingOf(kubectl.access).kubectl(mirror.namespace)} describe ${resource} ${ref.name}`;
  // Issuers of other groups may have no such condition.
  return ready === undefined
    ? about('warning', `${name} does not say whether it is ready`, fix)
    : about('problem', `${name} is not ready: ${ready.message ?? 'it does not say why'}`, fix);
}
