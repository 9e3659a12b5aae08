import { tryKubectl } from './kubectl';

/** What the API server says to an object. */
export interface Said {
  readonly admitted: boolean;
  readonly message: string;
}

/** Asks the API server whether it would take objects, one after the other. */
export async function ask(objects: object[]): Promise<Said[]> {
  return Promise.all(
    objects.map(async (object) => {
      const { code, stderr, stdout } = await tryKubectl(
        ['apply', '--server-side', '--force-conflicts', '--dry-run=server', '-o', 'json', '-f', '-'],
        { input: JSON.stringify(object) },
      );
      return { admitted: code === 0, message: code === 0 ? stdout : stderr };
    }),
  );
}

const IMAGE = 'docker.io/kong/kubernetes-ingress-controller:3.4';

/** What pods are made of, with pull secrets. */
function podSpec(secrets: string[], more: object = {}) {
  return {
    ...more,
    containers: [{ name: 'main', image: IMAGE }],
    imagePullSecrets: secrets.map((name) => ({ name })),
  };
}

/**
 * A pod, a ServiceAccount, a Deployment and a CronJob that pull with Secrets.
 *
 * @param namespace where
 * @param name their name
 * @param secrets names of the Secrets
 * @param labels their labels
 */
export function pullers(
  namespace: string,
  name: string,
  secrets: string[],
  labels: { readonly [name: string]: string } = {},
) {
  const metadata = { namespace, name, labels };
  const template = { metadata: { labels: { app: name } }, spec: podSpec(secrets) };
  const job = { template: { ...template, spec: podSpec(secrets, { restartPolicy: 'Never' }) } };
  return [
    // It never runs.
    { apiVersion: 'v1', kind: 'Pod', metadata, spec: podSpec(secrets, { nodeSelector: { no: 'node' } }) },
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata,
      imagePullSecrets: secrets.map((secret) => ({ name: secret })),
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: { replicas: 0, selector: { matchLabels: { app: name } }, template },
    },
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata,
      spec: { schedule: '0 0 1 1 *', suspend: true, jobTemplate: { spec: job } },
    },
  ];
}

/** A pod of a ServiceAccount. */
export function podOf(namespace: string, serviceAccountName: string, secrets: string[] = []) {
  const spec = podSpec(secrets, { serviceAccountName });
  return { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name: `pod-of-${serviceAccountName}` }, spec };
}
