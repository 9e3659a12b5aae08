import type { X509Certificate } from 'node:crypto';
import type { Kubectl } from '../kubectl/kubectl';
import { readStack, type TrustSource } from '../kubectl/stack';
import { askNodes, type NodeFacts } from '../status/nodes';
import {
  type CertificateObject,
  identitySecrets,
  readCertificates,
  readIssuerSecret,
  signsByAcme,
} from './cert-manager';
import { authority, certificatesIn, distinct, signers } from './certificates';
import type { BundleFacts, CaFacts, CaNode, IssuerFacts, LeafFacts } from './facts';

interface Bundle extends TrustSource {
  readonly certificates: X509Certificate[];
  readonly keeper?: string;
}

interface Leaf {
  readonly identity: string;
  readonly secret: string;
  readonly chain: X509Certificate[];
  readonly beside: X509Certificate[];
}

interface Issuer extends Omit<IssuerFacts, 'signers'> {
  readonly chain: X509Certificate[];
}

const KEEPER = 'trust.cert-manager.io/bundle';

/** Gathers the facts about a stack's CAs: public parts only. */
export async function gather(kubectl: Kubectl): Promise<CaFacts> {
  const stack = await readStack(kubectl);
  const objects = await readCertificates(kubectl);
  const leafs = await Promise.all(identitySecrets(stack, objects).map((secret) => readLeaf(kubectl, secret)));
  const bundle = stack.trust && (await readBundle(kubectl, stack.trust));
  const issuer = await readIssuer(kubectl, leafs, objects);
  const files = stack.identities.map(({ container, file }): [string, string] => [container, file]);
  const nodes = await askNodes(kubectl, bundle === undefined ? [] : files);

  const along = leafs.flatMap(({ chain, beside }) => [...chain.slice(1), ...beside]);
  const all = distinct([...(bundle?.certificates ?? []), ...(issuer?.chain ?? []), ...along]).filter(({ ca }) => ca);
  return {
    now: new Date(),
    authorities: all.map(authority),
    bundle: bundle && bundleFacts(bundle),
    leafs: leafs.map((leaf) => ({
      ...leafFacts(leaf, all, objects),
      held: stack.identities.some(({ secret }) => secret === leaf.secret),
    })),
    issuer: issuer && issuerFacts(issuer, all),
    nodes: nodes.map(nodeFacts),
  };
}

async function readLeaf(kubectl: Kubectl, which: { identity: string; secret: string }): Promise<Leaf> {
  const [chain = '', beside = ''] = (await kubectl.secret(which.secret, ['tls.crt', 'ca.crt'])) ?? [];
  return { ...which, chain: certificatesIn(chain), beside: certificatesIn(beside) };
}

async function readBundle(kubectl: Kubectl, trust: TrustSource): Promise<Bundle> {
  const { kind, name, key } = trust;
  if (kind === 'Secret') {
    const [pem = ''] = (await kubectl.secret(name, [key])) ?? [];
    return { ...trust, certificates: distinct(certificatesIn(pem)) };
  }
  const object = await kubectl.object<{
    metadata: { labels?: { [label: string]: string } };
    data?: { [key: string]: string };
  }>('configmap', name);
  const certificates = distinct(certificatesIn(object?.data?.[key] ?? ''));
  return { ...trust, certificates, keeper: object?.metadata.labels?.[KEEPER] };
}

/** The issuer of the Certificates in use: a stack has one. */
async function readIssuer(kubectl: Kubectl, leafs: Leaf[], objects: CertificateObject[]): Promise<Issuer | undefined> {
  const object = objects.find(({ secret }) => leafs.some((leaf) => leaf.secret === secret));
  if (object === undefined) {
    return undefined;
  }
  const secret = await readIssuerSecret(kubectl, object.issuer);
  const acme = secret === undefined && (await signsByAcme(kubectl, object.issuer));
  return { ...object.issuer, acme, secret, chain: certificatesIn(secret?.pem ?? '') };
}

function bundleFacts({ kind, name, key, keeper, certificates }: Bundle): BundleFacts {
  return { kind, name, key, keeper, trusts: certificates.map(({ fingerprint256 }) => fingerprint256) };
}

function leafFacts(leaf: Leaf, all: X509Certificate[], objects: CertificateObject[]): Omit<LeafFacts, 'held'> {
  const [certificate] = leaf.chain;
  return {
    identity: leaf.identity,
    secret: leaf.secret,
    fingerprint: certificate?.fingerprint256,
    issuedBy: certificate?.issuer?.replaceAll('\n', ', ') || 'an unnamed CA',
    signers: signers(leaf.chain, all),
    certificate: objects.find(({ secret }) => secret === leaf.secret)?.name,
  };
}

function issuerFacts({ name, kind, group, acme, secret, chain }: Issuer, all: X509Certificate[]): IssuerFacts {
  const [ca] = chain;
  return {
    ...{ name, kind, group, acme, secret },
    signers: ca && [...new Set([ca.fingerprint256, ...signers(chain, all)])],
  };
}

function nodeFacts({ node, report, read, silence }: NodeFacts): CaNode {
  return {
    node,
    trusts: report?.trusts ?? [],
    holds: certificatesIn(read).map(({ fingerprint256 }) => fingerprint256),
    version: report?.identity,
    silence,
  };
}
