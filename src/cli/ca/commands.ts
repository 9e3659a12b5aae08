import { issuerName } from './cert-manager';
import { type Authority, authorityName } from './certificates';
import type { Advice, BundleFacts, CaFacts, LeafFacts } from './facts';

const APPLY = 'apply --server-side --force-conflicts -f -';

/**
 * The commands for the next step.
 *
 * @param advice the step
 * @param facts the facts
 * @param kubectl beginning of each command
 */
export function commandsFor(advice: Advice, facts: CaFacts, kubectl: string): string[] {
  switch (advice.kind) {
    case 'give':
      return give(facts, kubectl);
    case 'add':
      return facts.bundle ? add(facts.bundle, advice.missing, kubectl) : [];
    case 'issue':
      return issue(facts, advice.by, kubectl);
    case 'reissue':
      return reissue(advice.leafs, advice.by, kubectl);
    case 'drop':
      return facts.bundle ? drop(facts.bundle, advice.keep, kubectl) : [];
  }
}

function give({ leafs }: CaFacts, kubectl: string): string[] {
  const secret = leafs.find(({ fingerprint }) => fingerprint !== undefined)?.secret;
  return [
    `${kubectl} get secret ${secret} -o go-template='{{index .data "ca.crt" | base64decode}}' >ca.crt`,
    `${kubectl} create configmap mirror-trust --from-file=ca.crt`,
    '# then, in stack.yaml: authentication: {mutualTls: {trust: {configMap: mirror-trust}}}; synth, look, apply',
  ];
}

function add(bundle: BundleFacts, missing: string, kubectl: string): string[] {
  if (bundle.keeper !== undefined) {
    return [`# trust-manager keeps it: add a source with ${missing}`, `${kubectl} edit bundle ${bundle.keeper}`];
  }
  const value = `index .data ${JSON.stringify(bundle.key)}${bundle.kind === 'Secret' ? ' | base64decode' : ''}`;
  return [
    `# new-ca.crt: the certificate of ${missing}, without its key`,
    `${kubectl} get ${bundle.kind.toLowerCase()} ${bundle.name} -o go-template='{{${value}}}' >old-ca.crt`,
    '(cat old-ca.crt; echo; cat new-ca.crt) >bundle.crt',
    put(bundle, 'bundle.crt', kubectl),
  ];
}

function drop(bundle: BundleFacts, keep: Authority, kubectl: string): string[] {
  if (bundle.keeper !== undefined) {
    return [
      `# trust-manager keeps it: leave only the source with ${authorityName(keep)}`,
      `${kubectl} edit bundle ${bundle.keeper}`,
    ];
  }
  return [
    `# new-ca.crt: the certificate of ${authorityName(keep)}; to be sure, compare the fingerprint:`,
    `openssl x509 -in new-ca.crt -noout -fingerprint -sha256   # ${keep.fingerprint}`,
    put(bundle, 'new-ca.crt', kubectl),
  ];
}

function put({ kind, name, key }: BundleFacts, file: string, kubectl: string): string {
  const create = kind === 'ConfigMap' ? 'create configmap' : 'create secret generic';
  return `${kubectl} ${create} ${name} --from-file=${key}=${file} --dry-run=client -o yaml | ${kubectl} ${APPLY}`;
}

function issue(facts: CaFacts, by: Authority, kubectl: string): string[] {
  const { issuer, leafs } = facts;
  if (issuer === undefined) {
    return reissue(leafs, by, kubectl);
  }
  const { secret } = issuer;
  if (secret === undefined) {
    return [`# have ${issuerName(issuer)} sign with ${authorityName(by)}, then:`, ...reissue(leafs, by, kubectl)];
  }
  const where = secret.namespace === undefined ? kubectl : `${kubectl} --namespace ${secret.namespace}`;
  return [
    `# new-ca.crt, new-ca.key: ${authorityName(by)}`,
    `${where} create secret tls ${secret.name} --cert=new-ca.crt --key=new-ca.key --dry-run=client -o yaml | ${where} ${APPLY}`,
    ...reissue(leafs, by, kubectl),
  ];
}

/** Never by deleting Secrets: a node that looks before the new ones exist would have no certificate. */
function reissue(leafs: LeafFacts[], by: Authority | undefined, kubectl: string): string[] {
  const certificates = leafs.flatMap(({ certificate = [] }) => certificate);
  const own = leafs.filter(({ certificate }) => certificate === undefined);
  const condition = {
    type: 'Issuing',
    status: 'True',
    reason: 'ManuallyTriggered',
    message: 'Certificate re-issuance manually triggered',
  };
  const patch = JSON.stringify([{ op: 'add', path: '/status/conditions/-', value: condition }]);
  return [
    ...(certificates.length > 0
      ? [
          '# sign anew, as cmctl renew does:',
          `${kubectl} patch certificates.cert-manager.io ${certificates.join(' ')} --subresource=status --type=json -p '${patch}'`,
        ]
      : []),
    ...own.flatMap(({ identity, secret }) => [
      `# ${identity}: tls.crt and tls.key signed by ${by ? authorityName(by) : 'the new CA'}, ca.crt its certificate`,
      `${kubectl} create secret generic ${secret} --type=kubernetes.io/tls --from-file=tls.crt --from-file=tls.key --from-file=ca.crt --dry-run=client -o yaml | ${kubectl} ${APPLY}`,
    ]),
  ];
}
