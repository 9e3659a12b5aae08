import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kubectl } from '../../src/cli/kubectl/kubectl';
import { kubectlError } from '../../src/cli/kubectl/kubectl-error';
import { CliError } from '../../src/cli/shared/cli-error';
import type { NodePaths } from '../../src/mirror/platforms';
import { TOOLS_NAMESPACE } from './names';

const LIBRARY = ['node', 'images', 'load']
  .map((name) => readFileSync(join(__dirname, `${name}.sh`), 'utf8'))
  .join('\n');

/** A pod of the bench on a node, which runs the functions of the shell files beside this one. */
export class NodeTools {
  private readonly pod: string;

  /**
   * @param kubectl asks the cluster
   * @param node the node
   */
  public constructor(
    private readonly kubectl: Kubectl,
    public readonly node: string,
  ) {
    this.pod = podName(node);
  }

  /**
   * Runs a script of these functions.
   *
   * @param script the script
   * @param seconds how long it may take
   * @returns what it printed
   */
  public async run(script: string, seconds = 120): Promise<string> {
    const words = [
      '--namespace',
      TOOLS_NAMESPACE,
      'exec',
      '-i',
      this.pod,
      '--',
      'sh',
      '-c',
      `${LIBRARY}\nnoted\n${script}`,
    ];
    const { status, stdout, stderr } = await this.kubectl.run(words, { seconds });
    if (status === 0) return stdout;
    if (stdout === '' && stderr.startsWith('Error from server')) throw kubectlError(stderr);
    throw new CliError(
      'other',
      `on the node ${this.node}: ${stderr.trim().split('\n').slice(-3).join(' ') || 'no answer in time'}`,
    );
  }
}

/** The pod of the tools on a node. */
export function toolsPod(node: string, image: string, { socket, registryConfig }: NodePaths): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: TOOLS_NAMESPACE, name: podName(node), labels: { app: 'tools' } },
    spec: {
      nodeName: node,
      hostPID: true,
      hostNetwork: true,
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      tolerations: [{ operator: 'Exists' }],
      containers: [
        {
          name: 'tools',
          image,
          imagePullPolicy: 'IfNotPresent',
          command: ['sh', '-c', 'while :; do sleep 3600; done'],
          env: [
            { name: 'SOCKET', value: socket },
            { name: 'HOSTS', value: registryConfig },
          ],
          securityContext: { privileged: true, runAsUser: 0 },
          volumeMounts: [{ name: 'work', mountPath: '/work' }],
        },
      ],
      volumes: [{ name: 'work', emptyDir: {} }],
    },
  };
}

function podName(node: string): string {
  return `tools-${node}`.slice(0, 253);
}
