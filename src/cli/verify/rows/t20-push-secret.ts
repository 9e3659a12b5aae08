import { restricted } from '../../../../imports/pod-security';
import { ENVOY_UID } from '../../../mirror/contract/ports';
import { PUSH_SECRETS_POLICY } from '../../../tokens/admission/push-secret-policy';
import { dryRun } from '../dry-run';
import { notTried, type Row } from '../row';

const ROW = {
  name: 'T20',
  title: 'a push token is pasted as a pull secret',
  tries: "a dry run of a pod that pulls with the Secret of a push token, in that token's namespace",
  expected: 'admission refuses it',
  locks: ['admission'],
  isOfStack: true,
} satisfies Omit<Row, 'run'>;

/** The pod is never made, and nobody reads the Secret. */
export const pushSecret: Row = {
  ...ROW,
  run: async (context) => {
    const token = context.tokens.tokens.find(({ kind, namespaces }) => kind === 'push' && namespaces.length > 0);
    const [namespace] = token?.namespaces ?? [];
    if (token?.secret === undefined || namespace === undefined) {
      return [notTried(ROW, 'note', 'the stack has no push token in a namespace')];
    }
    const container = { name: 'verify', image: context.mirror.images.envoy, securityContext: restricted(ENVOY_UID) };
    const object = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'secure-mirror-verify', namespace },
      spec: { containers: [container], imagePullSecrets: [{ name: token.secret }] },
    };
    const tried = `a pod in ${namespace} that pulls with ${token.secret}`;
    return [
      await dryRun(ROW, context, {
        tried,
        object,
        policy: PUSH_SECRETS_POLICY,
        action: context.tokens.policies ? 'Deny' : undefined,
        isSecondLock: false,
        fix: 'admission.policies: true in stack.yaml',
      }),
    ];
  },
};
