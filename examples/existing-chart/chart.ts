import { Chart } from 'cdk8s';
import { Deployment, k8s, Secret, ServiceAccount } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { CertificateIssuer, PodsOf, SecuredStack } from 'secure-mirror';

/** A shop of your own, and the mirror that its nodes pull it through. */
export class ShopChart extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'shop' });

    // The Secret with the token, which is made elsewhere.
    const pullSecret = Secret.fromSecretName(this, 'pull-secret', 'shop-pull');
    const account = new k8s.KubeServiceAccount(this, 'account', {
      metadata: { name: 'shop' },
      imagePullSecrets: [{ name: pullSecret.name }],
    });
    const deployment = new Deployment(this, 'web', {
      containers: [{ image: 'docker.io/example/shop:1.4.2', portNumber: 8080 }],
      replicas: 3,
      serviceAccount: ServiceAccount.fromServiceAccountName(this, 'pods-account', account.name),
    });
    deployment.metadata.addLabel('app', 'shop');

    const ca = Secret.fromSecretName(this, 'ca', 'mirror-ca');
    new SecuredStack(this, 'mirror', {
      name: 'production',
      registries: ['docker.io'],
      authentication: { mutualTls: { issuer: CertificateIssuer.ofCaSecret(ca) } },
      tokens: [
        {
          organization: 'example',
          pull: [
            {
              purpose: 'shop pull',
              repositories: ['example/shop'],
              owner: 'team-shop',
              secret: pullSecret.name,
              // The account is made above, with its list.
              bindTo: PodsOf.serviceAccounts([account], { apply: false }),
            },
          ],
        },
      ],
    });
  }
}
