import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { apply, get, kubectl, tryKubectl } from './kubectl';
import { startToolbox, type Toolbox } from './pods';
import { eventually, run, sleep } from './run';
import { NAMESPACE, scratch } from './stack';

/** A webhook of a tenant: a name, the path it is called at, and the CA of its server. */
export interface Hook {
  readonly service: string;
  readonly path: string;
  readonly caBundle: string;
}

/** Starts a tenant's webhook server that redirects, to names of a registry: https behind the Service `redirector`, http on port 8080 of the pod. */
export async function startRedirector(
  namespace: string,
  node: string,
  registry: string,
): Promise<{ pod: Toolbox; caBundle: string }> {
  const folder = scratch();
  const [key, certificate] = [join(folder, 'tls.key'), join(folder, 'tls.crt')];
  const name = `redirector.${namespace}.svc`;
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`, '-days', '2'];
  const algorithm = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  await run(['openssl', 'req', '-x509', ...algorithm, ...subject, '-keyout', key, '-out', certificate]);
  await kubectl(['-n', namespace, 'create', 'secret', 'tls', 'redirector', `--cert=${certificate}`, `--key=${key}`]);
  const caBundle = readFileSync(certificate).toString('base64');
  rmSync(folder, { recursive: true });
  await apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name: 'redirector' },
    spec: { selector: { app: 'redirector' }, ports: [{ port: 443, targetPort: 8443 }] },
  });
  const pod = await startToolbox(namespace, 'redirector', node, {
    volumes: [{ name: 'secret', secret: { secretName: 'redirector' } }],
  });
  await pod.install('redirector');
  await pod.shell(`cd /tmp
    ./redirector :8080 ${registry} >http.log 2>&1 &
    ./redirector :8443 ${registry} /secret/tls.crt /secret/tls.key >https.log 2>&1 &`);
  await eventually('the redirector', 10, () => pod.shell('curl -s -o /dev/null localhost:8080/ && echo answers'));
  return { pod, caBundle };
}

/** Makes a Service of a tenant whose endpoint, made by hand, is a port of a mirror's pod. */
export async function stealEndpoint(namespace: string, name: string, ip: string, port: number): Promise<Hook> {
  await apply(
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace, name },
      spec: { ports: [{ port: 443, name: 'https' }] },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { namespace, name, labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      endpoints: [{ addresses: [ip], conditions: { ready: true } }],
      ports: [{ name: 'https', port, protocol: 'TCP' }],
    },
  );
  // The certificate of the mirror's CA is no secret.
  const caBundle = (await get('-n', NAMESPACE, 'secret', 'mirror-ca')).data['tls.crt'];
  return { service: name, path: '/v2/', caBundle };
}

/** Has the API server call webhooks that fail closed, each at most 2 s long. Gives what whoever makes the object sees. */
export async function callWebhooks(namespace: string, hooks: Hook[]): Promise<string> {
  const name = namespace;
  await apply({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name },
    webhooks: hooks.map(({ service, path, caBundle }, i) => ({
      name: `hook-${i}.example.com`,
      clientConfig: { service: { namespace, name: service, path }, caBundle },
      rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      failurePolicy: 'Fail',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      timeoutSeconds: 2,
    })),
  });
  try {
    return await eventually(`a refusal by ${hooks.length} webhooks`, 20, async () => {
      const { code, stderr } = await tryKubectl(['-n', namespace, 'create', 'configmap', 'x', '--dry-run=server']);
      if (hooks.length > 1) await sleep(2500); // the first failure is answered at once; the other calls may still run
      return code !== 0 && stderr;
    });
  } finally {
    await kubectl(['delete', 'validatingwebhookconfiguration', name]);
  }
}
