import { KubectlWriter, type Manifest } from '../../kubectl/kubectl-writer';
import type { Check, CheckContext } from '../../probe/check';
import { type Finding, finding } from '../../shared/finding';
import { spellingOf } from '../../shared/started';
import { names } from '../../shared/table';
import { livingNamespace } from './dry-run-namespace';

/** Whether cert-manager issues certificates here. */
export const certManager: Check = {
  name: 'cert-manager',
  title: "cert-manager's version, and whether its webhook answers",
  when: 'always',
  run: look,
};

const INSTALL = 'https://cert-manager.io/docs/installation/';
const ADVISORY = 'https://github.com/cert-manager/cert-manager/security/advisories/GHSA-8rvj-mm4h-c258';

/** The first patch of each minor version that has the fix; all later minor versions have it. */
const FIXED: readonly (readonly [minor: number, patch: number])[] = [
  [19, 6],
  [20, 3],
];
const FIXED_FROM = 21;

/** Controllers by their image, as an operator may give them other labels. */
const CONTROLLER = /(?:^|\/)(?:jetstack-)?cert-manager-controller(?:-rhel\d+)?(?=[:@]|$)/;
const TEMPLATE = `{{range .items}}{{$d := .}}{{range .spec.template.spec.containers}}{{.image}} {{with $d.metadata.labels}}{{with index . "app.kubernetes.io/version"}}{{.}}{{end}}{{end}}{{"\\n"}}{{end}}{{end}}`;

async function look(context: CheckContext): Promise<Finding[]> {
  const { kubectl, objects } = context;
  const certificate = objects.find(({ kind }) => kind === 'Certificate');
  if (certificate === undefined) {
    return [finding('note', certManager.name, '', 'not needed: the stack makes no Certificate')];
  }
  const [group] = certificate.apiVersion.split('/');
  if ((await kubectl.raw(`/apis/${group}`)) === undefined) {
    const why = 'the cluster has no cert-manager, which issues the certificates';
    return [finding('problem', certManager.name, '', why, `install it: ${INSTALL}`)];
  }
  const deployments = await kubectl.everywhere('deployments.apps', TEMPLATE);
  return [...versionFindings(versionsIn(deployments)), await webhookFinding(context, certificate)];
}

/** Versions of the controllers in a list of images and labels. */
export function versionsIn(lines: string): string[] {
  return lines.split('\n').flatMap((line) => {
    const [image = '', label = ''] = line.split(' ');
    if (!CONTROLLER.test(image)) return [];
    return [/:v?(\d+[.]\d+[.]\d+[^@]*)/.exec(image)?.[1] ?? label.replace(/^v/, '')];
  });
}

/** Findings about the versions of cert-manager's controllers. */
export function versionFindings(versions: readonly string[]): Finding[] {
  const old = versions.filter((version) => /^\d+[.]\d+[.]\d+/.test(version) && !isFixed(version));
  const about = (level: 'ok' | 'warning' | 'unknown', message: string, fix?: string) =>
    finding(level, certManager.name, '', message, fix);
  if (old.length > 0) {
    const what = `version ${names([...old])} lets users of a namespace misuse a ClusterIssuer (GHSA-8rvj-mm4h-c258)`;
    return [about('warning', what, `update it to 1.19.6, 1.20.3, or 1.21 or newer: ${ADVISORY}`)];
  }
  const known = versions.filter((version) => version !== '');
  return known.length > 0
    ? [about('ok', `version ${names([...known])}`)]
    : [
        about(
          'unknown',
          'no Deployment tells its version',
          `it should be 1.19.6, 1.20.3, or 1.21 or newer: ${ADVISORY}`,
        ),
      ];
}

function isFixed(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.+-]/).map(Number);
  if (major > 1 || minor >= FIXED_FROM) return true;
  return FIXED.some(([fixed, first]) => minor === fixed && patch >= first);
}

/** A dry run reaches the webhook, and leaves nothing. */
async function webhookFinding(context: CheckContext, { metadata, ...certificate }: Manifest): Promise<Finding> {
  const { kubectl } = context;
  const namespace = await livingNamespace(context);
  const object = { ...certificate, metadata: { ...metadata, namespace, name: 'secure-mirror-check' } };
  const { refused } = await new KubectlWriter(kubectl).create(namespace, [object], '--dry-run=server');
  if (refused[0] === undefined)
    return finding('ok', certManager.name, 'webhook', "it takes a Certificate like the stack's");
  const words = spellingOf(kubectl.access).kubectl();
  const fix = [
    'its webhook must be ready, and the API server must reach it:',
    `${words} get deployments --all-namespaces --selector app.kubernetes.io/component=webhook`,
    'more reasons: https://cert-manager.io/docs/troubleshooting/webhook/',
  ].join('\n');
  return finding('problem', certManager.name, 'webhook', `a Certificate is refused: ${refused[0]}`, fix);
}
