import { restricted } from '../../../../imports/pod-security';
import { GUARD } from '../../../kubernetes/names';
import { ENVOY_UID } from '../../../mirror/contract/ports';
import { dryRun, GUARDS } from '../dry-run';
import { notTried, type Row } from '../row';

const ROW = {
  name: 'T13',
  title: "a tenant without the pull secret uses another's private image",
  tries:
    "a dry run of a tenant's pod with an image of an organisation of the stack; a pull is not tried, as it needs a private image",
  expected: 'admission refuses it, also for an image that the node has already',
  locks: ['admission'],
  isOfStack: true,
} satisfies Omit<Row, 'run'>;

/** The registry checks each pull; an image that a node has already is not pulled. */
export const privateImage: Row = {
  ...ROW,
  run: async (context) => {
    const token = context.tokens.tokens.find(({ kind, repositories }) => kind === 'pull' && repositories.length > 0);
    if (token === undefined) return [notTried(ROW, 'note', 'the stack has no organisation with private repositories')];
    const name = token.repositories[0]?.replaceAll('*', 'verify');
    const image = `${token.registry}/${name}:1`;
    const container = {
      name: 'verify',
      image,
      imagePullPolicy: 'IfNotPresent',
      securityContext: restricted(ENVOY_UID),
    };
    const object = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'secure-mirror-verify' },
      spec: { containers: [container] },
    };
    const action = context.guards?.privateRepositories.action;
    return [
      await dryRun(ROW, context, {
        tried: `a tenant's pod of ${image}`,
        object,
        policy: `${GUARD}-private-repositories`,
        action,
        isSecondLock: true,
        fix: GUARDS,
      }),
    ];
  },
};
