import { restricted } from '../../../../imports/pod-security';
import { GUARD } from '../../../kubernetes/names';
import { counted } from '../../../settings/counted';
import { names } from '../../shared/table';
import { type DryRun, dryRun, GUARDS } from '../dry-run';
import { type ModeOf, type NodeSettings, nodeSettings } from '../node-settings';
import { type Attempt, attempt, type Row, type VerifyContext } from '../row';

const ROW = {
  name: 'T5',
  title: 'a user or process on the node reads the settings',
  tries:
    "a look by the node agents at the modes of each file with a key or a credential; a dry run of a pod in the mirror's namespace that mounts all files of a node",
  expected: "files are root's alone: 0600, in folders of 0700; admission refuses the pod",
  locks: ['file modes', 'admission'],
} satisfies Omit<Row, 'run'>;

/** Another user of the node cannot be tried from a restricted pod: the command looks at what would let him. */
export const nodeFiles: Row = {
  ...ROW,
  run: async (context) => [
    nodeFilesAttempt(await nodeSettings(context)),
    await dryRun(ROW, context, mounting(context)),
  ],
};

/** Whether anybody but root may read what is secret. */
export function nodeFilesAttempt(all: readonly NodeSettings[]): Attempt {
  const files = all.flatMap(({ node, files }) => files.map((file) => ({ ...file, where: `${file.path} on ${node}` })));
  const evidence = files.map(({ where, mode, uid }) => `${where}: ${mode}, user ${uid}`);
  const tried = `${counted(files.length, 'path')} of ${names(all.map(({ node }) => node))}`;
  if (files.length === 0)
    return attempt(ROW, 'unknown', { tried, seen: 'not tried: the nodes have no settings of the mirror yet' });
  const open = files.filter(isOpen);
  if (open.length > 0) {
    const seen = `others may read ${names(open.map(({ where, mode }) => `${where} (${mode})`))}`;
    return attempt(ROW, 'problem', {
      tried,
      seen,
      evidence,
      fix: 'restart the node agent there, which sets them again',
    });
  }
  return attempt(ROW, 'ok', { tried, seen: "root's alone", evidence });
}

function isOpen({ mode, uid }: ModeOf): boolean {
  return uid !== '0' || !mode.endsWith('00');
}

/** The namespace is privileged for Pod Security, as the mirror's own pods have host paths. */
function mounting({ mirror, target, guards }: VerifyContext): DryRun {
  const container = {
    name: 'verify',
    image: mirror.images.envoy,
    securityContext: restricted(0),
    volumeMounts: [{ name: 'node', mountPath: '/host', readOnly: true }],
  };
  return {
    tried: "a pod in the mirror's namespace that mounts all files of a node",
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'secure-mirror-verify', namespace: target.namespace },
      spec: { containers: [container], volumes: [{ name: 'node', hostPath: { path: '/' } }] },
    },
    policy: `${GUARD}-mirror-pods`,
    action: guards?.mirrorNamespace.action,
    isSecondLock: true,
    fix: GUARDS,
  };
}
