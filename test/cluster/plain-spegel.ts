import { diagnosed } from './diagnosis';
import { apply, kubectl } from './kubectl';
import { newNamespace } from './pods';

/** The port of the nodes that leads to it: no other mirror's. */
const PORT = 30021;
/** Where it would write the settings of a node. */
const SETTINGS = '/etc/containerd/certs.d';

/**
 * Spegel with nothing around it, as its chart starts it, but for the settings of the nodes, which it writes into a folder of its pod: it shows
 * that what strangers try works without the proxy.
 */
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
            initContainers: [
              {
                name: 'configuration',
                image,
                args: [
                  'configuration',
                  `--containerd-registry-config-path=${SETTINGS}`,
                  `--mirrored-registries=https://${registry}`,
                  '--mirror-targets',
                  `http://$(NODE_IP):${PORT}`,
                ],
                env: [{ name: 'NODE_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } }],
                volumeMounts: [{ name: 'settings', mountPath: SETTINGS }],
              },
            ],
            containers: [
              {
                name: 'spegel',
                image,
                ports: [{ containerPort: 5000, hostPort: PORT }],
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
              { name: 'settings', emptyDir: {} },
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
