import {
  type CertificateObject,
  hoursOf,
  identitySecrets,
  issuerName,
  readCertificates,
  signsByAcme,
} from '../ca/cert-manager';
import { certificatesIn } from '../ca/certificates';
import type { Kubectl } from '../kubectl/kubectl';
import { readStack, type Stack } from '../shared/stack';
import { asJson, print, table } from '../shared/table';
import { askNodes } from './nodes';
import type { CertificateFacts, Finding, StatusFacts } from './status-facts';
import { countedBySource, findings, HEAD, row } from './status-verdict';

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
  const code = all.some(({ level }) => level === 'problem') ? 1 : 0;
  print(json ? asJson(asValue(facts, all)) : asText(facts, all));
  return code;
}

async function gather(kubectl: Kubectl): Promise<StatusFacts> {
  const stack = await readStack(kubectl);
  const certificates = await readCertificateFacts(kubectl, stack);
  const nodes = await askNodes(kubectl);
  return { now: new Date(), wanted: stack.wanted, permissive: stack.permissive, nodes, certificates };
}

async function readCertificateFacts(kubectl: Kubectl, stack: Stack): Promise<CertificateFacts[]> {
  const objects = await readCertificates(kubectl);
  const secrets = identitySecrets(stack, objects);
  const acme = await acmeIssuers(
    kubectl,
    objects.filter((object) => secrets.some(({ secret }) => secret === object.secret)),
  );
  return Promise.all(
    secrets.map(async ({ identity, secret }) => {
      const [pem = ''] = (await kubectl.secret(secret, ['tls.crt'])) ?? [];
      const [certificate] = certificatesIn(pem);
      const valid = certificate && { from: new Date(certificate.validFrom), to: new Date(certificate.validTo) };
      const object = objects.find((object) => object.secret === secret);
      const acmeIssuer = object && acme.find((name) => name === issuerName(object.issuer));
      return { identity, secret, valid, renewBefore: object && renewalOf(object, valid), acmeIssuer };
    }),
  );
}

/** Those of the Certificates' issuers that sign by ACME, each asked for once. */
async function acmeIssuers(kubectl: Kubectl, objects: CertificateObject[]): Promise<string[]> {
  const issuers = new Map(objects.map(({ issuer }) => [issuerName(issuer), issuer]));
  const asked = [...issuers].map(async ([name, issuer]) => ((await signsByAcme(kubectl, issuer)) ? [name] : []));
  return (await Promise.all(asked)).flat();
}

/** As cert-manager does it: a third of the real time where nothing else is asked for, or more than there is. */
function renewalOf({ renewBefore }: CertificateObject, valid?: { from: Date; to: Date }): number {
  const hours = valid ? (valid.to.getTime() - valid.from.getTime()) / 3600_000 : 0;
  const asked = renewBefore === undefined ? hours : hoursOf(renewBefore);
  return asked < hours ? asked : hours / 3;
}

function asText(facts: StatusFacts, all: Finding[]): string[] {
  return [...table(HEAD, facts.nodes.map(row)), '', ...all.map(({ level, text }) => `${level.padEnd(7)}  ${text}`)];
}

function asValue({ nodes, certificates, permissive }: StatusFacts, all: Finding[]): object {
  const texts = (wanted: string) => all.filter(({ level }) => level === wanted).map(({ text }) => text);
  return {
    ok: texts('problem').length === 0,
    problems: texts('problem'),
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
    ...(permissive ? { unauthenticated: countedBySource(nodes) } : {}),
  };
}
