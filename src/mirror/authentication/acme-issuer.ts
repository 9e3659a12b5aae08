import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { type CertificateIssuer, isAcmeIssuer } from '../../../imports/cert-manager';
import { REFUSES_ACME } from './acme';

/**
 * An issuer that signs by ACME, if the app makes it: cert-manager would try for ever.
 *
 * @param here a construct of the app
 * @param issuer the issuer
 * @param namespace namespace of the mirror
 * @returns what is wrong, in words
 */
export function acmeMistakes(here: Construct, issuer: CertificateIssuer, namespace: string): string[] {
  const objects = here.node.root.node.findAll().filter(ApiObject.isApiObject);
  const made = objects.some(
    (object) =>
      object.kind === issuer.kind &&
      object.name === issuer.name &&
      (object.kind === 'ClusterIssuer' || object.metadata.namespace === namespace) &&
      isAcmeIssuer(object),
  );
  return made ? [`${issuer.kind} ${issuer.name} is made in this app, and ${REFUSES_ACME}`] : [];
}
