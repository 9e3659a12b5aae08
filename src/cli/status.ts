import { type CertificateObject, hoursOf, identitySecrets, readCertificates } from './cert-manager';
import { certificatesIn } from './certificates';
import type { Kubectl } from './kubectl';
import { askNodes } from './nodes';
import { readStack, type Stack } from './stack';
import type { CertificateFacts, Finding, StatusFacts } from './status-facts';
import { countedBySource, findings, HEAD, row } from './status-verdict';
import { asJson, print, table } from './table';

/**
 * Says how a stack is doing.
 *
 * @param kubectl how the cluster is asked
 * @param json whether it is said to a program
 * @returns 0 when nothing is wrong, 1 when something is
 */
export async function status(kubectl: Kubectl, json: boolean): Promise<number> {
  const facts = await gather(kubectl);
  const all = findings(facts);
  const code = all.some(({ level }) => level === 'wrong') ? 1 : 0;
  print(json ? asJson(asValue(facts, all)) : asText(facts, all));
  return code;
}

async function gather(kubectl: Kubectl): Promise<StatusFacts> {
  const stack = await readStack(kubectl);
  const certificates = await readCertificateFacts(kubectl, stack);
  const nodes = await askNodes(kubectl);
  return { now: new Date(), wanted: stack.wanted, shadow: stack.shadow, nodes, certificates };
}

async function readCertificateFacts(kubectl: Kubectl, stack: Stack): Promise<CertificateFacts[]> {
  const objects = await readCertificates(kubectl);
  return Promise.all(
    identitySecrets(stack, objects).map(async ({ identity, secret }) => {
      const [pem = ''] = (await kubectl.secret(secret, ['tls.crt'])) ?? [];
      const [certificate] = certificatesIn(pem);
      const valid = certificate && { from: new Date(certificate.validFrom), to: new Date(certificate.validTo) };
      const object = objects.find((object) => object.secret === secret);
      return { identity, secret, valid, renewBefore: object && renewalOf(object, valid) };
    }),
  );
}

/** cert-manager's own default is a third of the time. */
function renewalOf({ renewBefore }: CertificateObject, valid?: { from: Date; to: Date }): number {
  if (renewBefore !== undefined) {
    return hoursOf(renewBefore);
  }
  return valid ? (valid.to.getTime() - valid.from.getTime()) / 3 / 3600_000 : 0;
}

function asText(facts: StatusFacts, all: Finding[]): string[] {
  return [...table(HEAD, facts.nodes.map(row)), '', ...all.map(({ level, text }) => `${level.padEnd(7)}  ${text}`)];
}

function asValue({ nodes, certificates, shadow }: StatusFacts, all: Finding[]): object {
  const texts = (wanted: string) => all.filter(({ level }) => level === wanted).map(({ text }) => text);
  return {
    fine: texts('wrong').length === 0,
    problems: texts('wrong'),
    warnings: texts('warning'),
    nodes: nodes.map(({ node, pod, ready, since, silence, report }) => ({
      node,
      pod,
      ready,
      since,
      silence,
      ...report,
    })),
    certificates: certificates.map(({ identity, secret, valid }) => ({ identity, secret, notAfter: valid?.to })),
    ...(shadow ? { unauthenticated: countedBySource(nodes) } : {}),
  };
}
