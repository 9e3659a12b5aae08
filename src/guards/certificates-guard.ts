import { Construct } from 'constructs';
import { SPEC_CHANGES, validation } from '../kubernetes/cel';
import { written } from '../kubernetes/written';
import { GuardPolicy } from './guard-policy';
import { hasEntryAddress, hasMirrorName, type MirrorNames } from './mirror-names';
import { type Operators, operatorVariables, whoLifts, whoMay } from './operators';
import type { GuardAction } from './props/guard-props';

/** What the guards of the mirror's certificates are made of. */
export interface CertificatesGuardProps {
  readonly action: GuardAction;
  /** Namespace of the mirror. */
  readonly namespace: string;
  readonly names: MirrorNames;
  /** Who may change the mirror. */
  readonly operators: Operators;
}

const NAME = 'certificates';

/** Refuses Certificates with names of the mirror outside of its namespace, and what could sign such names. */
export class CertificatesGuard extends Construct {
  public constructor(scope: Construct, id: string, { action, namespace, names, operators }: CertificatesGuardProps) {
    super(scope, id);
    const { sharedIssuer } = names;
    const lift = whoMay(operators, NAME);
    const refusal = (expression: string, message: string) => validation(expression, `${message}: ${lift}`);
    new GuardPolicy(this, 'Resource', {
      name: NAME,
      action,
      matchConstraints: {
        resourceRules: [written('cert-manager.io', ['certificates', 'issuers'], '*')],
      },
      matchConditions: [{ name: 'changed', expression: SPEC_CHANGES }],
      variables: [
        ...operatorVariables(operators, NAME),
        { name: 'spec', expression: 'dyn(object).spec' },
        { name: 'own', expression: `request.namespace == '${namespace}'` },
        {
          name: 'subject',
          expression:
            "(variables.spec.?commonName.orValue('') + ' ' + variables.spec.?literalSubject.orValue('')).lowerAscii()",
        },
      ],
      validations: [
        refusal(
          '!variables.own || variables.operator',
          `Certificates and Issuers of the namespace ${namespace} are the mirror's`,
        ),
        validation(
          `variables.own || !(${hasMirrorName(names)})`,
          `a certificate with a name of the mirror, such as ${names.uri}peer, is asked for in the namespace ${namespace} alone, as it makes its holder a mirror; ${whoLifts(NAME)}`,
        ),
        ...(sharedIssuer === undefined
          ? []
          : [
              refusal(
                `variables.own || !(${isSharedIssuer(sharedIssuer)}) || ` +
                  `!(variables.spec.?isCA.orValue(false) || ${hasEntryAddress(names)}) || variables.operator`,
                `${sharedIssuer.kind} ${sharedIssuer.name} signs for the mirror, so it gives nobody else a CA, and none a certificate for ${names.address}, the address of the mirror's entry`,
              ),
            ]),
      ],
    });
  }
}

/** Whether the spec of a Certificate or CertificateRequest, a variable of CEL, names an issuer. */
export function isSharedIssuer({ name, kind, group }: NonNullable<MirrorNames['sharedIssuer']>): string {
  const reference = 'variables.spec.issuerRef';
  return (
    `${reference}.name == '${name}' && ${reference}.?kind.orValue('Issuer') == '${kind}' && ` +
    `${reference}.?group.orValue('cert-manager.io') in ['${group}', '']`
  );
}
