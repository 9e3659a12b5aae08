import { resolveTokens } from '../../src/tokens/resolve';
import { containersOf, envoyFile, kind, listenersOf, type Manifest, objectsOf, podOf, variants } from '../support';

/** Both ends: Envoy's clients would stop at 1.2. */
const onlyTls13 = { tls_minimum_protocol_version: 'TLSv1_3', tls_maximum_protocol_version: 'TLSv1_3' };
const DNS_NAME = /^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/;

/** Places of the node that a pod may see, and how its containers may mount them. */
const HOST_PATHS: { [volume: string]: { containers: string[]; readOnly: boolean } } = {
  'containerd-socket': { containers: ['spegel'], readOnly: false },
  // The agent looks at sizes and times of what arrives, and whether it is a manifest.
  'containerd-content': { containers: ['spegel', 'node-agent'], readOnly: true },
  'registry-config': { containers: ['node-agent'], readOnly: false },
  // Where containerd looks when it takes its default list for one path: the agent keeps a link there.
  'default-list': { containers: ['node-agent'], readOnly: false },
  'node-state': { containers: ['node-agent', 'prepare'], readOnly: false },
};

/** Users of containers that are not root. */
const USERS: { [container: string]: number } = { proxy: 101, 'node-readiness-reporter': 65532 };

describe.each(Object.entries(variants))('every stack keeps the invariants: %s', (_, props) => {
  const objects = objectsOf(props);
  const pod = podOf(objects);
  const listeners = listenersOf(objects);
  const containers = containersOf(pod);

  it('names every object once, by DNS names', () => {
    const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { metadata } of objects) {
      expect(metadata.name).toMatch(DNS_NAME);
    }
  });

  it('keeps every object in the namespace that it makes, but for what is the whole cluster’s and what tokens are bound to', () => {
    const [namespace] = kind(objects, 'Namespace');
    const clusterWide =
      /AdmissionPolicy|ClusterRole|NodeReadinessRule|ClusterwideNetworkPolicy|GlobalNetworkPolicy|CertificateRequestPolicy/;
    const own = objects.filter(({ kind, metadata }) => !clusterWide.test(kind) && !isBoundTo(kind, metadata));
    for (const object of own) {
      expect(object.kind === 'Namespace' ? object.metadata.name : object.metadata.namespace).toBe(
        namespace.metadata.name,
      );
    }
  });

  const places = resolveTokens(props).tokens.flatMap(({ secret, namespaces }) =>
    namespaces.map((name) => `${name}/${secret}`),
  );
  const accounts = resolveTokens(props).serviceAccounts.map(({ namespace, name }) => `${namespace}/${name}`);

  /** What goes to the namespaces of tokens: their Secrets, who reads them, and the accounts that pull with them. */
  function isBoundTo(kind: string, { namespace, name }: Manifest): boolean {
    if (kind === 'ServiceAccount') return accounts.includes(`${namespace}/${name}`);
    const tokens = ['ExternalSecret', 'Role', 'RoleBinding'].includes(kind);
    return tokens && places.includes(`${namespace}/${name.replace(/^read-/, '')}`);
  }

  it('has the namespace first, so that one apply is enough', () => {
    expect(objects[0].kind).toBe('Namespace');
  });

  it('leaves nothing for Flux to substitute, but in texts that it leaves alone', () => {
    const texts = objects.filter(
      ({ metadata }) => metadata.annotations?.['kustomize.toolkit.fluxcd.io/substitute'] === 'disabled',
    );
    expect(texts.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort()).toEqual([
      'ConfigMap/mirror-auth-proxy',
      ...(props.monitoring?.dashboard ? ['ConfigMap/mirror-dashboard'] : []),
      'ConfigMap/mirror-node-agent',
      'ConfigMap/mirror-redirect',
    ]);
    const others = objects.filter((object) => !texts.includes(object));
    expect(others.filter((object) => JSON.stringify(object).includes('$' + '{'))).toEqual([]);
  });

  it('makes no Secret and holds no secret value', () => {
    expect(kind(objects, 'Secret')).toEqual([]);
    // A template of the store's operator names the password where the token is to be.
    const others = objects.map(({ spec, ...rest }) => (spec?.target?.template?.data ? rest : { spec, ...rest }));
    expect(JSON.stringify(others)).not.toMatch(/-----BEGIN [A-Z ]*PRIVATE KEY|"(password|token)":|dockerconfigjson/);
  });

  it('gives nobody any right at the API server but to get a token by name, to those that are named', () => {
    // The other one is for cert-manager, to have its requests approved.
    const roles = objects.filter(
      ({ kind, metadata }) => /^Role/.test(kind) && !/guard-certificates$/.test(metadata.name),
    );
    for (const { kind, metadata, rules, roleRef, subjects } of roles) {
      expect(places).toContain(`${metadata.namespace}/${metadata.name.replace(/^read-/, '')}`);
      if (kind === 'Role') {
        const resourceNames = [metadata.name.replace(/^read-/, '')];
        expect(rules).toEqual([{ apiGroups: [''], resources: ['secrets'], resourceNames, verbs: ['get'] }]);
      } else {
        expect([kind, roleRef.kind, roleRef.name]).toEqual(['RoleBinding', 'Role', metadata.name]);
        expect(subjects.length).toBeGreaterThan(0);
      }
    }
    const holders = resolveTokens(props).tokens.some(
      (token) => token.holders.length > 0 || (token.kind === 'push' && token.workload),
    );
    expect(roles.length > 0).toBe(holders);
    expect(kind(objects, 'ServiceAccount')[0].automountServiceAccountToken).toBe(false);
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  it('gives the mirror’s pods no right in the whole cluster but a node’s status, which a policy guards, and that only where pods wait', () => {
    const wide = objects.filter(({ kind }) => /^ClusterRole|NodeReadinessRule/.test(kind));
    if (props.nodeReadiness === undefined) {
      expect(wide).toEqual([]);
      return;
    }
    const [role, binding, rule] = wide;
    expect(wide).toHaveLength(3);
    expect(role.rules).toEqual([
      { apiGroups: [''], resources: ['nodes'], verbs: ['get'] },
      { apiGroups: [''], resources: ['nodes/status'], verbs: ['update'] },
    ]);
    const [{ metadata }] = kind(objects, 'ServiceAccount');
    expect(binding.subjects).toEqual([{ kind: 'ServiceAccount', namespace: metadata.namespace, name: metadata.name }]);
    const guard = kind(objects, 'ValidatingAdmissionPolicy').find(
      ({ metadata }) => metadata.name === role.metadata.name,
    );
    expect(guard.spec.failurePolicy).toBe('Fail');
    expect(guard.spec.matchConditions.map(({ expression }: Manifest) => expression)).toEqual([
      `request.userInfo.username == 'system:serviceaccount:${metadata.namespace}:${metadata.name}'`,
    ]);
    // A mirror that fails later never takes a node out of service.
    expect(rule.spec.enforcementMode).toBe('bootstrap-only');
    expect(rule.spec.taint.effect).toBe('NoSchedule');
    expect(rule.spec.nodeSelector.matchLabels).toEqual(pod.nodeSelector);
  });

  it('gives a token of the API server to the reporter alone, and a short-lived one, and to nobody where no pods wait', () => {
    const tokens = pod.volumes.filter(({ projected }: Manifest) =>
      projected?.sources.some(({ serviceAccountToken }: Manifest) => serviceAccountToken),
    );
    expect(tokens.map(({ name }: Manifest) => name)).toEqual(props.nodeReadiness ? ['api-token'] : []);
    const holders = containers.filter(({ volumeMounts }) =>
      volumeMounts.some(({ name }: Manifest) => name === 'api-token'),
    );
    expect(holders.map(({ name }) => name)).toEqual(props.nodeReadiness ? ['node-readiness-reporter'] : []);
    for (const { projected } of tokens) {
      expect(projected.sources[0].serviceAccountToken).toEqual({ path: 'token', expirationSeconds: 600 });
      expect(projected.defaultMode).toBe(0o440);
    }
  });

  const { mutualTls, basic, permissive, present } = props.authentication;
  const upstreamTls = mutualTls !== undefined && present !== 'basic';

  it('has these filter chains, and no other: each connection matches one by being TLS or not', () => {
    for (const { name, address, filter_chains } of Object.values(listeners)) {
      if (name === 'health' || address.socket_address.address === '127.0.0.1') {
        continue;
      }
      const expected = [
        ...(mutualTls ? [['mutual-tls', 'tls']] : []),
        ...(basic ? [['basic', 'raw_buffer']] : []),
        ...(permissive && ['entry', 'peers'].includes(name) ? [['permissive', 'raw_buffer']] : []),
      ];
      const found = filter_chains.map((chain: Manifest) => [chain.name, chain.filter_chain_match.transport_protocol]);
      expect(found).toEqual(expected);
      expect(expected.length).toBeGreaterThan(0);
    }
  });

  it('asks every caller without TLS for a credential, but for the router, which the policies guard', () => {
    for (const [name, { filter_chains }] of Object.entries(listeners)) {
      for (const chain of filter_chains.filter((one: Manifest) => one.name === 'basic' && name !== 'router')) {
        const filters = chain.filters[0].typed_config.http_filters.map((filter: Manifest) => filter.name);
        // At the entry a filter that only counts comes first.
        const checks = name === 'entry' ? filters.slice(1) : filters;
        expect(checks[1]).toBe(name === 'metrics' ? 'metrics-users' : 'users');
      }
    }
    if (basic) {
      expect(kind(objects, 'NetworkPolicy').map(({ metadata }) => metadata.name)).toEqual(['default-deny', 'mirror']);
    }
  });

  it('has no filter chain by TLS without a client certificate of one identity', () => {
    for (const { name, address, filter_chains } of Object.values(listeners)) {
      if (name === 'health' || address.socket_address.address === '127.0.0.1') {
        continue;
      }
      for (const { transport_socket } of filter_chains.filter((chain: Manifest) => chain.name === 'mutual-tls')) {
        const tls = transport_socket.typed_config;
        expect(tls['@type']).toBe('type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext');
        expect(tls.require_client_certificate).toBe(true);
        expect(tls.disable_stateless_session_resumption).toBe(true);
        expect(tls.disable_stateful_session_resumption).toBe(true);
        expect(tls.common_tls_context.tls_params).toEqual(onlyTls13);
        expect(sansOf(tls)).toHaveLength(1);
      }
    }
  });

  it('accepts another identity at each kind of listener', () => {
    if (!mutualTls) return;
    const identityAt = (listener: string) =>
      sansOf(listeners[listener].filter_chains[0].transport_socket.typed_config)[0];
    expect(identityAt('entry')).toMatch(/^spiffe:\/\/[^/]+\/ns\/[^/]+\/node$/);
    expect(identityAt('peers')).toMatch(/\/peer$/);
    expect(identityAt('router')).toMatch(/\/peer$/);
    expect(identityAt('metrics')).toMatch(/\/metrics$/);
  });

  function sansOf(tls: Manifest): string[] {
    const { name } = tls.common_tls_context.validation_context_sds_secret_config;
    const { validation_context } = envoyFile(objects, `${name}.json`).resources[0];
    expect(validation_context.trusted_ca.filename).toMatch(/\/ca\.crt$/);
    return validation_context.match_typed_subject_alt_names.map((san: Manifest) => {
      expect(san.san_type).toBe('URI');
      return san.matcher.exact;
    });
  }

  it('listens for egress on loopback only, and for administration on a pipe only', () => {
    for (const name of ['egress-registry', 'egress-router']) {
      const { address, additional_addresses = [] } = listeners[name];
      expect(address.socket_address.address).toBe('127.0.0.1');
      for (const { address } of additional_addresses) {
        expect(address.socket_address.address).toBe('::1');
      }
    }
    expect(Object.keys(envoyFile(objects, 'envoy.json').admin.address)).toEqual(['pipe']);
  });

  it('dials peers with the upstream authentication', () => {
    for (const { name, type, transport_socket } of envoyFile(objects, 'clusters.json').resources) {
      expect({ name, tls: transport_socket?.name }).toEqual({
        name,
        tls: type === 'ORIGINAL_DST' && upstreamTls ? 'envoy.transport_sockets.tls' : undefined,
      });
      if (type === 'ORIGINAL_DST' && upstreamTls) {
        expect(transport_socket.typed_config.common_tls_context.tls_params).toEqual(onlyTls13);
        expect(sansOf(transport_socket.typed_config)[0]).toMatch(/\/peer$/);
      }
    }
  });

  it('binds Spegel to loopback, but for the router that the redirect covers', () => {
    const { args } = pod.containers.find((container: Manifest) => container.name === 'spegel');
    expect(args).toContain('--registry-addr=127.0.0.1:5000');
    expect(args).toContain('--metrics-addr=127.0.0.1:9090');
    expect(args).toContain(props.dualStack ? '--router-addr=:5001' : '--router-addr=0.0.0.0:5001');
    expect(args).toContain('--debug-web-enabled=false');
  });

  it('lays the redirect before anything else runs, for each family that Spegel listens on', () => {
    const names = containers.map(({ name }) => name);
    const redirects = props.dualStack ? ['redirect', 'redirect-ipv6'] : ['redirect'];
    const reporters = props.nodeReadiness ? ['node-readiness-reporter'] : [];
    expect(names).toEqual([...redirects, 'prepare', 'proxy', 'spegel', 'node-agent', ...reporters]);
    expect(containers.find(({ name }) => name === 'proxy').restartPolicy).toBe('Always');
  });

  it('restricts every container, but for the listed exceptions', () => {
    for (const { name, securityContext } of containers) {
      const user = USERS[name] ?? 0;
      expect(securityContext).toEqual({
        runAsUser: user,
        runAsGroup: user,
        runAsNonRoot: user !== 0,
        allowPrivilegeEscalation: false,
        privileged: false,
        readOnlyRootFilesystem: true,
        seccompProfile: { type: 'RuntimeDefault' },
        capabilities: { drop: ['ALL'], ...(name.startsWith('redirect') ? { add: ['NET_ADMIN'] } : {}) },
      });
    }
    expect(pod.hostNetwork ?? pod.hostPID ?? pod.hostIPC ?? false).toBe(false);
    expect(pod.securityContext.seccompProfile).toEqual({ type: 'RuntimeDefault' });
  });

  it('names the version in references to fields, as the API server does: the next manager would meet a conflict', () => {
    const references = containers.flatMap(({ env = [] }) => env).flatMap(({ valueFrom }) => valueFrom?.fieldRef ?? []);
    expect(references.filter(({ apiVersion }) => apiVersion !== 'v1')).toEqual([]);
  });

  it('gives no variable an empty value, which the API server drops: the next manager would meet a conflict', () => {
    const variables = containers.flatMap(({ env = [] }) => env);
    expect(variables.filter(({ value }: { value?: string }) => value === '')).toEqual([]);
    expect(variables).not.toEqual([]);
  });

  it('asks for memory with a limit and for CPU without one', () => {
    for (const { resources } of containers) {
      expect(Object.keys(resources.requests)).toEqual(['cpu', 'memory']);
      expect(Object.keys(resources.limits)).toEqual(['memory']);
    }
  });

  it('restarts every container that hangs, but for the reporter, which cannot be asked', () => {
    const lasting = containers.filter(
      ({ name, restartPolicy }) =>
        restartPolicy === 'Always' || pod.containers.some((one: Manifest) => one.name === name),
    );
    const unwatched = lasting.filter(({ livenessProbe }) => livenessProbe === undefined).map(({ name }) => name);
    expect(unwatched).toEqual(props.nodeReadiness === undefined ? [] : ['node-readiness-reporter']);
  });

  it('mounts of the node what is listed, where it is listed', () => {
    for (const volume of pod.volumes) {
      expect(volume.hostPath === undefined || volume.name in HOST_PATHS).toBe(true);
    }
    for (const { name, volumeMounts } of containers) {
      for (const mount of volumeMounts) {
        const place = HOST_PATHS[mount.name];
        if (place !== undefined) {
          expect(place.containers).toContain(name);
          expect(mount.readOnly ?? false).toBe(place.readOnly);
        }
        expect(mount.subPath).toBeUndefined();
      }
    }
  });

  it('mounts the key of an identity into its own container only', () => {
    const keysOf = (container: string) =>
      containers
        .find(({ name }) => name === container)
        .volumeMounts.map(({ mountPath }: Manifest) => mountPath)
        .filter((path: string) => /[/](tls-|(metrics-)?credential)/.test(path));
    const ofNode = ['tls-node', 'credential', 'metrics-credential'].map((name) => `/etc/secured-mirror/${name}`);
    expect(keysOf('proxy')).toEqual(['/etc/secured-mirror/tls-peer', '/etc/secured-mirror/tls-server']);
    expect(keysOf('node-agent')).toEqual(ofNode);
    expect(keysOf('prepare')).toEqual(ofNode);
    expect(keysOf('spegel')).toEqual([]);
  });

  it('lets nobody but its user and the pod’s group read a key', () => {
    const modes = pod.volumes
      .filter(({ name, secret }: Manifest) => secret && name !== 'trust')
      .map(({ secret }: Manifest) => secret.defaultMode);
    expect(modes).toEqual([0o440, 0o440, 0o400, 0o400, 0o400]);
  });

  it('opens one port of the node at most, on its loopback, and never a NodePort or a load balancer', () => {
    const open = containers.flatMap(({ ports = [] }) => ports).filter(({ hostPort }) => hostPort !== undefined);
    // Permissive stands in for plain Spegel, whose port is on every address.
    const address = props.authentication.permissive ? undefined : '127.0.0.1';
    expect(open.map(({ hostIP }: Manifest) => hostIP)).toEqual(props.entry?.clusterIp ? [] : [address]);
    // The kubelet ignores a hostPort of a native sidecar.
    const ofSidecars = pod.initContainers.flatMap(({ ports = [] }: Manifest) => ports);
    expect(ofSidecars.filter(({ hostPort }: Manifest) => hostPort !== undefined)).toEqual([]);
    for (const { spec } of kind(objects, 'Service')) {
      expect(spec.type ?? 'ClusterIP').toBe('ClusterIP');
      expect(spec.externalIPs).toBeUndefined();
    }
  });

  it('gives containerd a short time to dial', () => {
    const { env } = pod.containers.find((container: Manifest) => container.name === 'node-agent');
    expect(env).toContainEqual({ name: 'MIRROR_DIAL_TIMEOUT', value: '200ms' });
  });

  it('issues certificates with one URI SAN and the usages of one role', () => {
    const roles: { [name: string]: string[] } = !mutualTls?.issuer
      ? {}
      : {
          'mirror-peer': ['server auth', 'client auth'],
          'mirror-node': ['client auth'],
          'mirror-server': ['server auth'],
          ...(props.metrics ? { 'mirror-metrics': ['client auth'] } : {}),
        };
    const certificates = kind(objects, 'Certificate');
    expect(certificates.map(({ metadata }) => metadata.name)).toEqual(Object.keys(roles));
    for (const { metadata, spec } of certificates) {
      expect(spec.usages).toEqual(['digital signature', ...(roles[metadata.name] ?? [])]);
      expect(spec.uris).toHaveLength(1);
      const asked = mutualTls?.certificates?.keyAlgorithm;
      expect(spec.privateKey).toMatchObject({
        rotationPolicy: 'Always',
        ...(asked ? {} : { algorithm: 'ECDSA', size: 256 }),
      });
      expect(spec.isCA ?? false).toBe(false);
    }
  });
});
