import { diagnosed } from './diagnosis';
import { apply, kubectl } from './kubectl';
import { newNamespace } from './pods';

/** Spegel with nothing around it, and without settings on the nodes: it shows that what strangers try works without the proxy. */
export async function installPlainSpegel(image: string, registry: string): Promise<string> {
  const namespace = await newNamespace('plain-spegel');
  const labels = { app: 'spegel' };
  const content = '/var/lib/containerd/io.containerd.content.v1.content';
  const socket = '/run/containerd/containerd.sock';
  await apply(
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace, name: 'peers' },
      spec: { clusterIP: 'None', publishNotReadyAddresses: true, selector: labels, ports: [{ port: 5001 }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { namespace, name: 'spegel' },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            automountServiceAccountToken: false,
            tolerations: [{ operator: 'Exists' }],
            terminationGracePeriodSeconds: 1,
            containers: [
              {
                name: 'spegel',
                image,
                args: [
                  'registry',
                  '--registry-addr=:5000',
                  '--router-addr=:5001',
                  '--metrics-addr=:9090',
                  `--mirrored-registries=https://${registry}`,
                  `--containerd-sock=${socket}`,
                  `--containerd-content-path=${content}`,
                  '--bootstrap-kind=dns',
                  `--dns-bootstrap-domain=peers.${namespace}.svc.cluster.local`,
                ],
                readinessProbe: { httpGet: { path: '/readyz', port: 5000 }, periodSeconds: 1 },
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
  );
  await diagnosed(namespace, () =>
    kubectl(['-n', namespace, 'rollout', 'status', 'daemonset/spegel', '--timeout=120s'], { timeout: 130_000 }),
  );
  return namespace;
}
