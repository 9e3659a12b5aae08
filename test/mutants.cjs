// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of code as text
// Breaks the code on purpose, one line at a time, and expects the tests to notice: node test/mutants.cjs
const { spawnSync } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');

/** What an attacker would like to be changed: file, text, what it becomes. */
const MUTANTS = [
  ['src/cli/shared/program-process.ts', 'if (running.get(child) && child.pid !== undefined) killGroup(child.pid);', ''],
  ['src/cli/shared/within.ts', '    endPrograms();\n', ''],
  ['src/cli/registry/client.ts', 'if (leaves) request = withoutCredential(request);', ''],
  ['src/cli/registry/client.ts', "elsewhere && to.protocol === 'https:'", 'elsewhere'],
  ['src/cli/registry/client.ts', '(leaves && !mayLeave(to, asked))', 'false'],
  ['src/cli/registry/manifest.ts', 'one !== null && one !== digest', 'false'],
  ['src/cli/images/ask.ts', 'isOpen ? undefined : await this', 'await this'],
  ['src/cli/images/lock.ts', 'code === 0 && !check && locks', '!check && locks'],
  ['src/cli/images/locked-text.ts', '  verify(file, all, edited, locks);\n', ''],
  ['src/cli/images/stack.ts', 'if (stackText(file) !== before) {', 'if (false) {'],
  ['src/cli/docker-config/credential.ts', 'registriesFor(key, [registry]).length > 0 && ', ''],
  [
    'src/cli/docker-config/credential.ts',
    '`${repository}/`.startsWith(`${key.path}/`)',
    'repository.startsWith(key.path)',
  ],
  ['src/cli/registry/push-probe.ts', "{ method: 'DELETE', finishes: true }", "{ method: 'DELETE' }"],
  ['src/cli/shared/whole-file.ts', "openSync(file, 'wx', mode)", "openSync(file, 'w', mode)"],
  [
    'src/cli/shared/whole-file.ts',
    'if (found !== undefined && isSpecial(found)) writeFileSync(place, text);\n    else ',
    '',
  ],
  ['src/stack/common-metadata.ts', 'if (object.node.scope instanceof AccountsChart) continue;', ''],
  ['src/stack/file-header.ts', 'PLAIN.test(slashed) ? slashed : quoted(slashed)', 'slashed'],
  ['src/stack/file-header.ts', 'basename(file)', 'file'],
  ['src/kubernetes/harmful-keys.ts', 'key.startsWith(one) : ', 'key === one : '],
  ['src/stack/own-metadata.ts', "key.startsWith('secured-mirror/')", 'false'],
  ['src/stack/own-metadata.ts', ', SUBSTITUTE]', ']'],
  ['src/stack/rules/patches.ts', '[...KEPT, SELECTOR]', 'KEPT'],
  ['src/mirror/rules/cidr.ts', 'length >= SHORTEST', 'length >= 1'],
  ['src/stack/defaults.ts', '&& isChosen(own.basic) && ', '&& !isChosen(own.basic) && '],
  ['src/stack/file-header.ts', '.replace(UNSEEN, ', '.replace(/^$/, '],
  ['src/stack/files.ts', '...CHART_FILES, ', ''],
  ['src/cli/synth/ledger-path.ts', 'way.startsWith(`..${sep}`)', "way.startsWith('..')"],
  ['src/cli/synth/ledger-path.ts', 'if (!isOutside)', 'if (false)'],
  ['src/cli/synth/ledger-path.ts', 'return realpathSync(full)', 'return full'],
  ['src/cli/synth/written-list.ts', 'owner === this.owner', 'true'],
  ['src/cli/synth/folder.ts', '!this.list.files.has(file) && this.find', 'this.find'],
  ['src/stack/helm-chart.ts', ".replaceAll('{{', '{{\"{{\"}}')", ''],
  ['src/stack/helm-chart.ts', 'additionalProperties: false', 'additionalProperties: true'],
  ['src/mirror/auth-proxy/proxy-container.ts', 'http:warning,', ''],
  ['src/mirror/auth-proxy/auth-proxy.ts', 'amountOf(props.memoryLimit)', "amountOf('4Gi')"],
  ['src/kubernetes/added-metadata.ts', 'isTaken ? OWN : ', ''],
  ['src/mirror/envoy/direct-path.ts', "dynamic_metadata: [found('address')],", ''],
  ['src/mirror/envoy/direct-path.ts', "response_headers_to_remove: ['www-authenticate'],", ''],
  ['src/mirror/envoy/find-peer.lua', "answer['oci-namespace'] or ", ''],
  ['src/mirror/envoy/find-peer.lua', "marker .. pod .. ';'", 'marker'],
  ['src/mirror/envoy/find-peer.lua', '  hide(handle:headers())', ''],
  ['src/mirror/envoy/find-peer.lua', '%]:(%d+)$', '%]:(%d+)'],
  ['src/mirror/envoy/peer-answer.lua', "headers:replace(':status', '404')", ''],
  ['src/mirror/envoy/peer-answer.lua', "chunk:setBytes('')", ''],
  ['src/mirror/envoy/peer-answer.lua', 'handle:streamInfo():drainConnectionUponCompletion()', ''],
  ['src/mirror/envoy/peer-answer.lua', 'headers:remove(name)', ''],
  ['src/mirror/envoy/access-log.ts', '|^\\\\C*$', ''],
  ['src/mirror/envoy/access-log.ts', '      use_independent_randomness: true,\n', ''],
  ['src/mirror/envoy/egress.ts', "'location', ", ''],
  ['src/mirror/envoy/egress.ts', ", 'www-authenticate'", ''],
  ['src/mirror/envoy/tls-context.ts', 'require_client_certificate: true', 'require_client_certificate: false'],
  [
    'src/mirror/envoy/tls-context.ts',
    'disable_stateless_session_resumption: true',
    'disable_stateless_session_resumption: false',
  ],
  [
    'src/mirror/envoy/tls-context.ts',
    'disable_stateful_session_resumption: true',
    'disable_stateful_session_resumption: false',
  ],
  [
    'src/mirror/envoy/tls-context.ts',
    "tls_minimum_protocol_version: 'TLSv1_3'",
    "tls_minimum_protocol_version: 'TLSv1_2'",
  ],
  ['src/mirror/envoy/tls-context.ts', "san_type: 'URI'", "san_type: 'DNS'"],
  [
    'src/mirror/envoy/tls-context.ts',
    "match_typed_subject_alt_names: [{ san_type: 'URI', matcher: { exact: san } }],",
    '',
  ],
  ['src/mirror/envoy/tls-context.ts', 'exact: san', 'prefix: san'],
  ['src/mirror/envoy/tls-context.ts', '/ca.crt', '/tls.crt'],
  ['src/mirror/authentication/mutual-tls.ts', 'return Identity.NODE;', 'return Identity.PEER;'],
  ['src/mirror/authentication/mutual-tls.ts', 'return Identity.METRICS;', 'return Identity.NODE;'],
  [
    'src/mirror/authentication/mutual-tls.ts',
    'case AuthenticatedListener.ROUTER:\n      return Identity.PEER;',
    'case AuthenticatedListener.ROUTER:\n      return Identity.NODE;',
  ],
  [
    'src/mirror/authentication/certificates.ts',
    "certificate(Identity.NODE, ['client auth'])",
    "certificate(Identity.NODE, ['client auth', 'server auth'])",
  ],
  ['imports/cert-manager.ts', "rotationPolicy: 'Always'", "rotationPolicy: 'Never'"],
  [
    'src/mirror/envoy/authenticated-listeners.ts',
    '...(chain.transportSocket ? { transport_socket: chain.transportSocket } : {}),',
    '',
  ],
  ['src/mirror/envoy/authenticated-listeners.ts', "transport_socket_connect_timeout: '5s',", ''],
  [
    'src/mirror/envoy/authenticated-listeners.ts',
    'filters: [...httpFilters, ...(http.filters ?? [])]',
    'filters: http.filters',
  ],
  ['src/mirror/envoy/authenticated-listeners.ts', 'if (httpFilters.length > 0) {', 'if (httpFilters.length > 9) {'],
  ['src/mirror/envoy/authenticated-listeners.ts', 'filter_chain_match: chain.match,', ''],
  ['src/mirror/envoy/authenticated-listeners.ts', 'max_downstream_connection_duration: CONNECTION_DURATION,', ''],
  ['src/mirror/envoy/http.ts', 'normalize_path: true', 'normalize_path: false'],
  ['src/mirror/envoy/http.ts', 'REJECT_REQUEST', 'KEEP_UNCHANGED'],
  ['src/mirror/envoy/http.ts', "request_headers_timeout: options.brief ? '1s' : '5s',", ''],
  ['src/mirror/envoy/http.ts', "max_connection_duration: options.brief ? '2s' : CONNECTION_DURATION,", ''],
  [
    'src/mirror/envoy/http.ts',
    "address_prefix: '255.255.255.255', prefix_len: 32",
    "address_prefix: '10.0.0.0', prefix_len: 8",
  ],
  ['src/mirror/envoy/http.ts', 'status: 405', 'status: 200'],
  ['src/mirror/envoy/http.ts', 'invert_match: true', 'invert_match: false'],
  ['src/mirror/envoy/http.ts', 'routes: [...routes, notFound]', 'routes'],
  ['src/mirror/envoy/registry-routes.ts', "onlyMethods('GET|HEAD'),", ''],
  ['src/mirror/envoy/registry-routes.ts', "'[.]'", "'.'"],
  ['src/mirror/envoy/direct-path.ts', 'blobs/${OCI_DIGEST}', '(?:blobs|manifests)/${OCI_DIGEST}'],
  ['src/mirror/envoy/direct-path.ts', '[?]ns=[a-zA-Z0-9.-]+', '.*'],
  ['src/mirror/envoy/registry-routes.ts', 'side === RegistrySide.PEERS', 'side === RegistrySide.ENTRY'],
  [
    'src/mirror/envoy/types.ts',
    "{ key, value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD'",
    "{ key, value }, append_action: 'ADD_IF_ABSENT'",
  ],
  [
    'src/mirror/envoy/registry-routes.ts',
    "request_headers_to_remove: [MIRRORED, 'authorization']",
    "request_headers_to_remove: ['authorization']",
  ],
  ['src/mirror/envoy/registry-routes.ts', "response_headers_to_remove: ['www-authenticate'],", ''],
  ['src/mirror/envoy/health.ts', "match: { path, headers: [method('GET')] }", "match: { prefix: '/' }"],
  ['src/mirror/envoy/metrics.ts', "match: { path, headers: [method('GET')] }", "match: { prefix: '/' }"],
  ['src/mirror/envoy/metrics.ts', "prefix_rewrite: '/stats/prometheus'", "prefix_rewrite: '/'"],
  ['src/mirror/envoy/egress.ts', "withoutHeaders('request_mutations', 'authorization'),", ''],
  ['src/mirror/envoy/egress.ts', "socket('127.0.0.1', port)", "socket('0.0.0.0', port)"],
  ['src/mirror/envoy/clusters.ts', '...(transportSocket ? { transport_socket: transportSocket } : {}),', ''],
  ['src/mirror/envoy/clusters.ts', 'upstream_port_override: port', 'upstream_port_override: 5000'],
  ['src/mirror/envoy/clusters.ts', 'mode: 0o600', 'mode: 0o666'],
  ['src/mirror/envoy/clusters.ts', 'circuit_breakers: limit,', ''],
  [
    'src/mirror/envoy/bootstrap.ts',
    'admin: { address: adminSocket }',
    "admin: { address: { socket_address: { address: '0.0.0.0', port_value: 9901 } } }",
  ],
  [
    'src/mirror/envoy/overload.ts',
    'max_active_downstream_connections: connections(limits)',
    'max_active_downstream_connections: 10 * connections(limits)',
  ],
  ['imports/node-readiness.ts', "enforcementMode: 'bootstrap-only'", "enforcementMode: 'continuous'"],
  ['src/mirror/contract/node-readiness.ts', "effect: 'NoSchedule'", "effect: 'NoExecute'"],
  ['src/mirror/node-readiness/reporter.ts', 'expirationSeconds: 600', 'expirationSeconds: 86400'],
  ['src/mirror/node-readiness/reporter.ts', 'defaultMode: 0o440', 'defaultMode: 0o444'],
  ['src/mirror/node-readiness/reporter.ts', 'restricted(UID)', 'restricted(0)'],
  [
    'src/mirror/node-readiness/node-readiness.ts',
    "resources: ['nodes/status']",
    "resources: ['nodes', 'nodes/status']",
  ],
  ['src/mirror/node-readiness/node-status-policy.ts', 'variables.node == [object.metadata.name]', 'true'],
  ['src/mirror/node-readiness/node-status-policy.ts', "['managedFields', 'resourceVersion']", "['labels']"],
  ['src/mirror/node-readiness/node-status-policy.ts', "kept('status', ['conditions', ...OPEN])", "'true'"],
  ['src/mirror/node-readiness/node-status-policy.ts', "['nodes', 'nodes/status']", "['nodes']"],
  ['src/mirror/auth-proxy/redirect.ts', '! --uid-owner', '--uid-owner'],
  ['src/mirror/auth-proxy/redirect.ts', '! -i lo -p tcp', '-i lo -p tcp'],
  ['src/mirror/auth-proxy/redirect.ts', 'limited(listeners.router, options.connectionsPerSource),', ''],
  ['src/mirror/auth-proxy/redirect.ts', '--connlimit-mask ${mask}', '--connlimit-mask 0'],
  ['src/mirror/auth-proxy/redirect-container.ts', "add: ['NET_ADMIN']", "add: ['NET_ADMIN', 'SYS_ADMIN']"],
  ['src/mirror/authentication/mutual-tls.ts', "volume('peer', 0o440)", "volume('peer', 0o444)"],
  ['src/mirror/authentication/mutual-tls.ts', "volume('node', 0o400)", "volume('node', 0o444)"],
  ['src/mirror/authentication/mounts.ts', 'items, defaultMode: 0o440', 'items, defaultMode: 0o444'],
  [
    'src/mirror/authentication/mutual-tls.ts',
    'const { mountPath } = this.volumes.trust ?? this.volumeOf(identity);',
    'const { mountPath } = this.volumeOf(identity);',
  ],
  ['src/mirror/authentication/mutual-tls.ts', "{ transport_protocol: 'tls' }", '{}'],
  ['src/mirror/authentication/basic.ts', "{ transport_protocol: 'raw_buffer' }", '{}'],
  ['src/mirror/envoy/basic-filters.ts', 'dynamicFilter(DynamicFile.USERS),', ''],
  ['src/mirror/envoy/basic-filters.ts', 'dynamicFilter(DynamicFile.METRICS_USERS), ', ''],
  ['src/mirror/envoy/basic-filters.ts', 'dynamicFilter(DynamicFile.METRICS_USERS)', 'dynamicFilter(DynamicFile.USERS)'],
  ['src/mirror/envoy/basic-filters.ts', 'overwrite: true', 'overwrite: false'],
  ['src/mirror/envoy/basic-filters.ts', "'authorization', ", ''],
  ['src/mirror/envoy/basic-filters.ts', ", 'www-authenticate'", ''],
  [
    'src/mirror/authentication/authentication-methods.ts',
    '...(this.permissive ? permissiveFilterChains(listener) : [])',
    '...permissiveFilterChains(listener)',
  ],
  [
    'src/mirror/envoy/permissive.ts',
    'listener !== AuthenticatedListener.ENTRY && listener !== AuthenticatedListener.PEERS',
    'listener === AuthenticatedListener.METRICS',
  ],
  ['src/mirror/auth-proxy/redirect.ts', '...(options.permissive', '...(true'],
  ['src/mirror/envoy/listeners.ts', 'refusesWith404: true', 'refusesWith404: false'],
  ['src/mirror/envoy/agent-listeners.ts', "socket('127.0.0.1', port)", "socket('0.0.0.0', port)"],
  ['src/mirror/envoy/agent-listeners.ts', "headers: [method('GET'), whole]", "headers: [method('GET')]"],
  [
    'src/mirror/auth-proxy/proxy-container.ts',
    'mountPath: DYNAMIC_DIRECTORY, readOnly: true',
    'mountPath: DYNAMIC_DIRECTORY',
  ],
  ['src/mirror/auth-proxy/proxy-container.ts', 'restricted(ENVOY_UID)', 'restricted(0)'],
  ['src/mirror/auth-proxy/proxy-container.ts', "'--concurrency'", "'--admin-address-path', '/tmp/a', '--concurrency'"],
  [
    'src/mirror/network/policies.ts',
    "policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),",
    '',
  ],
  [
    'src/mirror/network/policies.ts',
    "{ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }",
    "{ podSelector: {}, policyTypes: ['Ingress'] }",
  ],
  ['src/mirror/network/policies.ts', "from === 'everybody' ? rule :", 'true ? rule :'],
  [
    'src/mirror/network/policies.ts',
    "to === 'mirrors') return mirrors;",
    "to === 'mirrors') return { podSelector: {} };",
  ],
  ['src/mirror/network/policies.ts', 'isAll ? {} :', 'true ? {} :'],
  ['src/mirror/network/calico-policies.ts', '...(isAll ? {} :', '...(true ? {} :'],
  ['src/mirror/network/calico-policies.ts', 'return { nets: [to.cidr] };', 'return {};'],
  ['src/mirror/network/cilium-policies.ts', '[NAMESPACE_LABEL]: namespace, ...labels', '[NAMESPACE_LABEL]: namespace'],
  ['src/mirror/network/cilium-policies.ts', '.filter((port) => !open.has(port))', '.slice(1)'],
  ['src/stack/reader.ts', 'found.length > 0 ? found : checkPatched(value as StackFile)', 'found'],
  ['src/stack/rules/patches.ts', "'/metadata/name', '/metadata/namespace'", "'/metadata/namespace'"],
  ['src/stack/patch-operation.ts', "key === '__proto__' || ", ''],
  ['src/stack/config-hash.ts', '!place.startsWith', 'place.startsWith'],
  ['src/stack/patch-warnings.ts', 'return [from, path]', 'return [path]'],
  ['src/mirror/rules/extra-rules.ts', "  [ports.listeners.entry, 'the entry'],\n", ''],
  ['src/mirror/rules/extra-rules.ts', "...checkPort(port, settings, [...path, 'port']),", ''],
  ['src/mirror/network/policies.ts', 'namespaceSelector: named(to.namespace), podSelector', 'podSelector'],
  ['src/mirror/network/policies.ts', 'to: to.map(peer),', ''],
  ['src/mirror/network/flows.ts', '...(permissive ?', '...(true ?'],
  ['src/mirror/network/flows.ts', "from: ['mirrors'], ports: peerPorts", "from: 'everybody', ports: peerPorts"],
  [
    'src/mirror/network/flows.ts',
    'ports: [ports.listeners.metrics] }',
    'ports: [ports.listeners.metrics, ports.listeners.entry] }',
  ],
  ['src/mirror/network/flows.ts', 'ports: [apiServer.port],', 'ports: [apiServer.port, 22],'],
  ['src/mirror/network/cilium-policies.ts', "['world', 'remote-node']", "['world']"],
  ['src/mirror/network/cilium-policies.ts', "['world', 'remote-node']", "['world', 'remote-node', 'kube-apiserver']"],
  [
    'src/mirror/network/cilium-policies.ts',
    "fromEntities: ['host'], toPorts",
    "fromEntities: ['host', 'remote-node'], toPorts",
  ],
  ['src/mirror/network/cilium-policies.ts', '[NAMESPACE_LABEL]: namespace, ', ''],
  ['src/mirror/network/cilium-policies.ts', '(permissive ? {} :', '(true ? {} :'],
  ['src/mirror/network/cilium-policies.ts', '...(hostFirewall ?', '...(true ?'],
  ['imports/cilium.ts', 'enableDefaultDeny: { ingress: false },', ''],
  [
    'src/mirror/network/calico-policies.ts',
    "ingress: [...flows.ingress.flatMap(ingressRules), { action: 'Deny' }],",
    'ingress: flows.ingress.flatMap(ingressRules),',
  ],
  [
    'src/mirror/network/calico-policies.ts',
    "egress: [...flows.egress.flatMap(egressRules), { action: 'Deny' }],",
    'egress: flows.egress.flatMap(egressRules),',
  ],
  ['src/mirror/network/calico-policies.ts', 'const ORDER = 100;', 'const ORDER = 2000;'],
  ['src/mirror/network/calico-policies.ts', 'source: { notNets: [LOOPBACK] },', ''],
  ['src/mirror/network/calico-policies.ts', 'namespaceSelector: namespace(to.namespace)', "selector: 'all()'"],
  ['imports/calico.ts', 'preDNAT: true, ', ''],
  ['src/mirror/network/reachability.ts', "if (source === 'ownNode') return 'cannotDeny';", ''],
  ['src/mirror/network/reachability.ts', "if (cni === 'calico') return true;", 'return true;'],
  ['src/mirror/network/sources.ts', 'one.namespace === other.namespace && labels', 'labels'],
  ['src/mirror/network/sources.ts', 'Number(bits) <= Number(otherBits) && ', ''],
  ['src/mirror/resolve.ts', 'network.policies ?? mirrorDefaults.policies', 'false'],
  ['src/mirror/resolve-authentication.ts', 'permissive ?? mirrorDefaults.permissive', 'true'],
  ['src/mirror/pod/spegel.ts', "...(options.permissive ? {} : { hostIp: '127.0.0.1' }),", ''],
  ['src/tokens/constructs/secret-readers.ts', "verbs: ['get']", "verbs: ['get', 'list']"],
  ['src/tokens/constructs/secret-readers.ts', 'resourceNames: [secret], ', ''],
  ['src/tokens/model/service-accounts.ts', '.filter(({ mirror }) => mirror)', ''],
  [
    'src/tokens/constructs/pull-secrets.ts',
    'metadata: { namespace, name, annotations: { ...keptByTools } },',
    'metadata: { namespace, name, annotations: { ...keptByTools }, labels: stackLabels },',
  ],
  ['src/tokens/constructs/pull-secrets.ts', 'applied.length > 0 ? new AccountsChart(this) : this', 'this'],
  ['src/tokens/constructs/pull-secrets.ts', '.filter(name, !object', '.filter(name, object'],
  ['src/tokens/constructs/pull-secrets.ts', 'annotations: { ...keptByTools }', 'annotations: {}'],
  ['src/kubernetes/tool-annotations.ts', "annotations: { [SUBSTITUTE]: 'disabled' }", ''],
  ['src/cli/compare/tool-metadata.ts', "return key === 'app.kubernetes.io/managed-by'", 'return true'],
  ['src/cli/compare/moves.ts', "kind === 'Namespace' || nameLabelOf", "kind === 'x' && nameLabelOf"],
  ['src/tokens/resolve.ts', 'workload === undefined ? [] : [workload.namespace]', "[workload?.namespace ?? 'default']"],
  ['src/tokens/model/docker-config.ts', '{{ .token | toJson }}', '"{{ .token }}"'],
  ['src/tokens/model/docker-config.ts', ' | b64enc', ''],
  ['src/tokens/model/docker-config.ts', "kind === 'push'", "kind === 'pull'"],
  ['src/tokens/model/docker-config.ts', '[...byRepository, hostKey(registry)]', 'byRepository'],
  ['src/tokens/model/registries.ts', '`${host}/${repository}`', 'host'],
  ['src/kubernetes/docker-hub.ts', "[DOCKER_HUB, 'index.docker.io', DOCKER_HUB_API]", '[DOCKER_HUB]'],
  ['src/tokens/model/quota.ts', 'tokens + twice + others', 'tokens + others'],
  ['src/tokens/rules/shared-account.ts', 'daysLeft >= 0', 'daysLeft >= -1'],
  ['src/tokens/rules/shared-account.ts', 'daysLeft >= 0', 'daysLeft > 0'],
  ['src/tokens/model/retirement.ts', 'extension?.until ?? retireBy', 'retireBy'],
  ['src/tokens/rules/token-secrets.ts', '!pulls', 'false'],
  ['src/tokens/rules/token.ts', 'NOBODY_BY_NAME.test(holder.name)', 'false'],
  ['src/tokens/admission/push-secret-policy.ts', '!(name in variables.old)', 'true'],
  ['src/tokens/admission/push-secret-policy.ts', 'variables.place in', 'true || variables.place in'],
  ['src/tokens/admission/shared-account-policy.ts', 'addDays(lastDay, 1)', 'addDays(lastDay, 2)'],
  ['imports/admission-registration.ts', "failurePolicy: 'Fail'", "failurePolicy: 'Ignore'"],
  ['imports/admission-registration.ts', "validationActions = ['Deny']", "validationActions = ['Audit']"],
  ['src/cli/init/settings.ts', 'value: shown(organization)', 'value: organization'],
  ['src/cli/tokens/verify/ask.ts', '!(await registry.login(credential))', 'false'],
  ['src/cli/tokens/verify/ask.ts', 'createsOnGrant && !exists', 'false'],
  ['src/cli/tokens/verify/ask.ts', '[actionOf(right)]', "['pull', 'push', 'delete']"],
  ['src/cli/registry/token-service.ts', '[400, 401, 403]', '[403]'],
  ['src/cli/registry/token-service.ts', "return { kind: 'denied' }", "return { kind: 'granted', authorization: '' }"],
  ['src/cli/registry/dialect.ts', 'deadLogins: [401],', 'deadLogins: [401, 403],'],
  ['src/cli/registry/dialect.ts', 'ghcr: { ...SPECIFIED, deniedLogins: [403] }', 'ghcr: SPECIFIED'],
  ['src/cli/registry/dialect.ts', ' && isDenied(body)', ''],
  ['src/cli/registry/dialect.ts', "path.endsWith('/v2/auth')", 'false'],
  ['src/cli/registry/dialect.ts', "path.endsWith('/jwt/auth')", 'false'],
  ['src/cli/registry/dialect.ts', "right === 'delete' ? '*' : right", 'right'],
  ['src/cli/registry/dialect.ts', '{ ...SPECIFIED, createsOnGrant: true }', 'SPECIFIED'],
  ['src/cli/tokens/verify/credential-findings.ts', "kind === 'asked' || kind === 'unusable'", "kind === 'asked'"],
  ['src/cli/tokens/verify/credential-findings.ts', '!isSameUser(user, subject.user)', 'user !== subject.user'],
  ['src/cli/tokens/verify/rights.ts', "answer === 'absent' && exists", 'false'],
  ['src/cli/tokens/verify/verdict.ts', ' && !unproved(label)', ''],
  ['src/cli/tokens/verify/sources/from-cluster.ts', ' && missing.length === 0', ''],
  ['src/cli/tokens/verify/sources/from-cluster.ts', 'registriesFor(key, [registry]).length > 0', 'text === registry'],
  ['src/cli/tokens/verify/sources/from-docker-config.ts', 'rivals.some(', '[].some('],
  ['src/cli/tokens/verify/credential-findings.ts', 'outcomes.every(', 'outcomes.some('],
  ['src/cli/synth/folder.ts', 'if (links.length > 0)', 'if (links.length > 99)'],
  ['src/pulumi/register.ts', '.sort((one, other) => one.kind[1] - other.kind[1])', ''],
  ['src/pulumi/register.ts', 'before ?? opts.dependsOn', 'before'],
  ['src/pulumi/register.ts', '{ parent, customTimeouts', '{ customTimeouts'],
  ['src/pulumi/register.ts', '`${name}:${pathOf(object)}`', '`${name}:${object.metadata.name}`'],
  ['src/pulumi/resource-kinds.ts', "kind === 'ServiceAccount' && !ours", 'false'],
  [
    'src/pulumi/resource-kinds.ts',
    "'v1/Service': [core.Service, Step.WORKLOAD]",
    "'v1/Service': [core.Service, Step.GUARDS]",
  ],
  ['src/pulumi/outputs.ts', "kind === 'ConfigMap' ? object :", ''],
  ['src/pulumi/outputs.ts', 'metadata.name, metadata.namespace, ', ''],
  ['src/pulumi/outputs.ts', '() => known', 'known'],
  ['src/pulumi/outputs.ts', '`${here}: ${problem.message}`', '`${here}: ${value} ${problem.message}`'],
  ['src/pulumi/secrets.ts', 'if (why !== undefined)', 'if (why === null)'],
  ['src/pulumi/program-settings.ts', '!PLAIN.includes(key) && !isSecret(prefix + key)', 'false'],
  ['src/pulumi/rendering.ts', 'secret.length > 0', 'secret.length > 99'],
  ['src/pulumi/program-provider.ts', 'enableSecretMutable: true', 'enableSecretMutable: false'],
  ['src/pulumi/kubernetes-component.ts', 'JSON.stringify(objects)', 'JSON.stringify(all)'],
  ['src/pulumi/replacement-warnings.ts', "!== 'true'", "=== 'never'"],
  ['.ci/release/checks.ts', 'tag !== `v${version}`', 'false'],
  ['.ci/release/checks.ts', 'value !== due', 'false'],
  ['.ci/release/checks.ts', 'published.repository !== `git+${repository}.git`', 'false'],
  ['.ci/release/checks.ts', 'return verified ? []', 'return true ? []'],
  ['.ci/release/ask.ts', "object?.type !== 'tag'", 'false'],
  ['.ci/release/ask.ts', 'verification?.verified === true', 'true'],
  ['.ci/release/ask.ts', "answer.error?.code === 'E404'", 'answer.error !== undefined'],
  ['.ci/release/check.ts', 'problems.length > 0 ? 1 : 0', '0'],
];

const TESTS =
  'test/(mirror/(auth-proxy|authentication|envoy|network|node-readiness)|stack/invariants|tokens/(admission|constructs/objects|rules/tokens|model/(docker-config|retirement)))';
/** Those of Pulumi's modules and of the command, which take long, only where they matter. */
const testsOf = (file) => {
  if (file.startsWith('src/pulumi/')) return 'test/pulumi-mocks';
  if (file.startsWith('.ci/release/')) return 'test/release';
  if (/^src\/(mirror\/rules|stack|kubernetes\/added)/.test(file))
    return 'test/stack/(wrong-inputs|patches|helm|synth|common-metadata|new-keys)';
  if (file.startsWith('src/cli/synth/')) return 'test/cli/synth';
  if (/^src\/cli\/(images\/|docker-config\/credential[.]|registry\/(client|manifest)[.])/.test(file))
    return 'test/cli/(images|registry/(client|manifest))';
  if (file.includes('/sources/')) return 'test/cli/tokens/verify/(sources|command)';
  return /^src\/cli\/(tokens|registry)\//.test(file)
    ? 'test/cli/(registry/token-service|tokens/verify/(ask|verdict))'
    : TESTS;
};
const RUNNER = ['node_modules/jest/bin/jest.js', '--ci', '--bail', '--testTimeout=60000'];
/** The programs in Lua run in a real Lua. */
const argumentsFor = (file) =>
  file.endsWith('.lua')
    ? ['--selectProjects=integration', '--testPathPatterns', 'test/integration/find-peer']
    : ['--selectProjects=unit', '--testPathPatterns', testsOf(file)];
function runAll() {
  let survived = 0;
  for (const [file, text, instead] of MUTANTS) {
    const before = readFileSync(file, 'utf8');
    if (!before.includes(text)) {
      console.log(`GONE      ${file}: ${text}`);
      survived++;
      continue;
    }
    writeFileSync(
      file,
      before.replace(text, () => instead),
    );
    let status;
    try {
      ({ status } = spawnSync(process.execPath, [...RUNNER, ...argumentsFor(file)], { stdio: 'ignore' }));
    } finally {
      writeFileSync(file, before);
    }
    survived += status === 0 ? 1 : 0;
    console.log(
      `${status === 0 ? 'SURVIVED' : 'killed  '}  ${file}: ${text.split('\n')[0]} -> ${instead.split('\n')[0]}`,
    );
  }
  console.log(`${MUTANTS.length - survived} of ${MUTANTS.length} mutants killed`);
  process.exitCode = survived === 0 ? 0 : 1;
}

module.exports = { MUTANTS };
if (require.main === module) runAll();
