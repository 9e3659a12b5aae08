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
import { readStack, type Stack } from '../kubectl/stack';
import { exitCodeFor, type Finding } from '../shared/finding';
import { findingsJson } from '../shared/findings-json';
import { findingsText } from '../shared/findings-text';
import { asJson, print, table } from '../shared/table';
import type { CertificateFacts, StatusFacts } from './facts';
import { askNodes } from './nodes';
import { HEAD, row } from './nodes-table';
import { countedBySource } from './permissive';
import { statusFindings } from './verdict';

/**
 * Prints the state of a stack.
 *
 * @param kubectl asks the cluster
 * @param json whether it prints JSON
 * @returns the exit code
 */
export async function status(kubectl: Kubectl, json: boolean): Promise<number> {
  const facts = await readStatus(kubectl);
  const findings = statusFindings(facts);
  print(json ? asJson(asValue(facts, findings)) : asText(facts, findings));
  return exitCodeFor(findings);
}

/**
 * Reads the state of a stack.
 *
 * @throws CliError when the namespace has no stack, or the user may not read it
 */
export async function readStatus(kubectl: Kubectl): Promise<StatusFacts> {
  const stack = await readStack(kubectl);
  const certificates = await readCertificateFacts(kubectl, stack);
  const nodes = await askNodes(kubectl);
  return { now: new Date(), scheduled: stack.scheduled, permissive: stack.permissive, nodes, certificates };
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

/** The Certificates' issuers that sign by ACME. It asks for each issuer once. */
async function acmeIssuers(kubectl: Kubectl, objects: CertificateObject[]): Promise<string[]> {
  const issuers = new Map(objects.map(({ issuer }) => [issuerName(issuer), issuer]));
  const asked = [...issuers].map(async ([name, issuer]) => ((await signsByAcme(kubectl, issuer)) ? [name] : []));
  return (await Promise.all(asked)).flat();
}

/** As in cert-manager: a third of the real time where the Certificate names no time, or a longer one than the certificate's. */
function renewalOf({ renewBefore }: CertificateObject, valid?: { from: Date; to: Date }): number {
  const hours = valid ? (valid.to.getTime() - valid.from.getTime()) / 3600_000 : 0;
  const declared = renewBefore === undefined ? hours : hoursOf(renewBefore);
  return declared < hours ? declared : hours / 3;
}

function asText(facts: StatusFacts, findings: Finding[]): string[] {
  return [...table(HEAD, facts.nodes.map(row)), '', ...findingsText(findings)];
}

function asValue({ nodes, certificates, permissive }: StatusFacts, findings: Finding[]): object {
  return {
    ...findingsJson(findings),
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
