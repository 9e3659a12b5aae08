import { pinned } from '../../src/mirror/images';
import type { NodePaths } from '../../src/mirror/platforms';
import { NODE_LABEL, places } from './names';

/** Spegel by itself, with the arguments of its chart, but for the port, and the same patience as in the mirror that it is compared with. */
export function plainObjects({ socket, content }: NodePaths): object[] {
  const { namespace, port, registry } = places.plain;
  const labels = { app: 'spegel' };
  const metadata = (name: string) => ({ namespace, name });
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      // Host paths and a host port.
      metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata('peers'),
      spec: {
        clusterIP: 'None',
        publishNotReadyAddresses: true,
        selector: labels,
        ports: [{ name: 'router', port: 5001 }],
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: metadata('spegel'),
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            automountServiceAccountToken: false,
            nodeSelector: { [NODE_LABEL]: 'true' },
            tolerations: [{ operator: 'Exists' }],
            containers: [
              {
                name: 'spegel',
                image: `${pinned.spegel.repository}:${pinned.spegel.tag}`,
                args: [
                  'registry',
                  '--registry-addr=:5000',
                  '--router-addr=:5001',
                  '--metrics-addr=:9090',
                  `--mirrored-registries=https://${registry}`,
                  '--mirror-resolve-timeout=250ms',
                  `--containerd-sock=${socket}`,
                  '--containerd-namespace=k8s.io',
                  `--containerd-content-path=${content}`,
                  '--bootstrap-kind=dns',
                  `--dns-bootstrap-domain=peers.${namespace}.svc.cluster.local`,
                ],
                ports: [{ containerPort: 5000, hostPort: port, hostIP: '127.0.0.1' }],
                readinessProbe: { httpGet: { path: '/readyz', port: 5000 }, periodSeconds: 2 },
                securityContext: {
                  readOnlyRootFilesystem: true,
                  allowPrivilegeEscalation: false,
                  capabilities: { drop: ['ALL'] },
                },
                volumeMounts: [
                  { name: 'socket', mountPath: socket },
                  { name: 'content', mountPath: content, readOnly: true },
                ],
              },
            ],
            volumes: [
              { name: 'socket', hostPath: { path: socket, type: 'Socket' } },
              { name: 'content', hostPath: { path: content, type: 'Directory' } },
            ],
          },
        },
      },
    },
  ];
}

/** containerd's settings for the plain set-up, in the words of Spegel's own configuration command. */
export function plainHostsToml(): string {
  const { registry, url } = places.plain;
  return [`server = 'https://${registry}'`, '', `[host.'${url}']`, "capabilities = ['pull', 'resolve']", ''].join('\n');
}
