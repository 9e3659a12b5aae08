import { Construct } from 'constructs';
import { literal, validation } from '../kubernetes/cel';
import { written } from '../kubernetes/written';
import { type CertificatesGuardProps, isSharedIssuer } from './certificates-guard';
import { GuardPolicy } from './guard-policy';
import { addressInRequest, namesInRequest } from './mirror-names';
import { isController, operatorVariables, whoMay } from './operators';
import { MOST_BYTES, requestVariables } from './request-text';

const NAME = 'certificate-requests';
const CA_ANNOTATION = 'experimental.cert-manager.io/request-is-ca';

/**
 * Refuses CertificateRequests and CertificateSigningRequests with names of the mirror, read from the request itself, unless cert-manager
 * makes them of a Certificate in the mirror's namespace.
 */
export class CertificateRequestsGuard extends Construct {
  public constructor(scope: Construct, id: string, { action, namespace, names, operators }: CertificatesGuardProps) {
    super(scope, id);
    const { sharedIssuer } = names;
    const lift = whoMay(operators, NAME);
    const refusal = (expression: string, message: string) => validation(expression, `${message}: ${lift}`);
    const has = (words: string[]) => `${literal(words)}.exists(word, variables.text.contains(word))`;
    new GuardPolicy(this, 'Resource', {
      name: NAME,
      action,
      matchConstraints: {
        resourceRules: [
          written('cert-manager.io', ['certificaterequests'], '*'),
          written('certificates.k8s.io', ['certificatesigningrequests'], '*'),
        ],
      },
      matchConditions: [
        {
          name: 'changed',
          expression:
            "request.operation != 'UPDATE' || dyn(object).spec != dyn(oldObject).spec || " +
            'dyn(object).metadata.?annotations != dyn(oldObject).metadata.?annotations',
        },
      ],
      variables: [
        ...operatorVariables(operators, NAME),
        { name: 'spec', expression: 'dyn(object).spec' },
        { name: 'issuing', expression: isController('cert-manager.io', 'certificaterequests', 'status') },
        { name: 'own', expression: `request.?namespace.orValue('') == '${namespace}'` },
        { name: 'signer', expression: "variables.spec.?signerName.orValue('')" },
        ...requestVariables,
        {
          name: 'shared',
          expression:
            sharedIssuer === undefined
              ? 'false'
              : `has(variables.spec.issuerRef) ? (${isSharedIssuer(sharedIssuer)}) : ` +
                `variables.signer == 'clusterissuers.cert-manager.io/${sharedIssuer.name}'`,
        },
        {
          name: 'ca',
          expression:
            `variables.spec.?isCA.orValue(false) || ` +
            `dyn(object).metadata.?annotations[?'${CA_ANNOTATION}'].orValue('') == 'true'`,
        },
      ],
      validations: [
        refusal(
          'variables.own || variables.fits',
          `a request of more than ${MOST_BYTES / 1024} KiB is too long to be searched for the mirror's names`,
        ),
        refusal(
          `!(variables.own || variables.signer.startsWith('issuers.cert-manager.io/${namespace}.')) || ` +
            'variables.operator || (variables.own && variables.issuing)',
          `Issuers of the namespace ${namespace} sign for the mirror alone, and cert-manager asks them`,
        ),
        refusal(
          `variables.own || !${has(namesInRequest(names))} || (variables.signer != '' && variables.operator)`,
          `a request with a name of the mirror, such as ${names.uri}peer, is for cert-manager in the namespace ${namespace} alone: the certificate makes its holder a mirror`,
        ),
        ...(sharedIssuer === undefined
          ? []
          : [
              refusal(
                `variables.own || !variables.shared || !(variables.ca || ${has(addressInRequest(names))}) || ` +
                  'variables.operator || variables.issuing',
                `${sharedIssuer.kind} ${sharedIssuer.name} signs for the mirror, so it gives nobody else a CA, and none a certificate for ${names.address}, the address of the mirror's entry`,
              ),
            ]),
      ],
    });
  }
}
