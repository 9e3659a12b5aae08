import { ApiObject, type Chart, JsonPatch } from 'cdk8s';
import { chartOf, type Manifest, variants } from '../support';

/** A patch for each kind that is emitted, at a place where generated classes lose patches: unknown and plain values. */
const PLACES: { [kind: string]: { path: string; value: unknown } } = {
  Namespace: { path: '/spec', value: { finalizers: ['example.com/keep'], newer: true } },
  ResourceQuota: { path: '/spec/hard/pods', value: '7' },
  ServiceAccount: { path: '/newer', value: { field: 1 } },
  NetworkPolicy: { path: '/spec/newer', value: 1 },
  CiliumNetworkPolicy: { path: '/spec/newer', value: 1 },
  CiliumClusterwideNetworkPolicy: { path: '/spec/newer', value: 1 },
  GlobalNetworkPolicy: { path: '/spec/newer', value: 1 },
  ConfigMap: { path: '/immutable', value: true },
  Service: { path: '/spec/trafficDistribution', value: 'PreferSameNode' },
  DaemonSet: { path: '/spec/updateStrategy/rollingUpdate/maxUnavailable', value: 1 },
  Issuer: { path: '/spec/newer', value: 1 },
  ExternalSecret: { path: '/spec/newer', value: 1 },
  Role: { path: '/rules/0/newer', value: 1 },
  RoleBinding: { path: '/roleRef/newer', value: 1 },
  ClusterRole: { path: '/rules/0/newer', value: 1 },
  ClusterRoleBinding: { path: '/roleRef/newer', value: 1 },
  PodMonitor: { path: '/spec/newer', value: 1 },
  PrometheusRule: { path: '/spec/newer', value: 1 },
  NodeReadinessRule: { path: '/spec/newer', value: 1 },
  ValidatingAdmissionPolicy: { path: '/spec/newer', value: 1 },
  ValidatingAdmissionPolicyBinding: { path: '/spec/newer', value: 1 },
  MutatingAdmissionPolicy: { path: '/spec/newer', value: 1 },
  MutatingAdmissionPolicyBinding: { path: '/spec/newer', value: 1 },
  Certificate: { path: '/spec/privateKey/size', value: 384 },
  CertificateRequestPolicy: { path: '/spec/newer', value: 1 },
};

describe('a JSON patch of a consumer survives', () => {
  const emitted = new Set(Object.values(variants).flatMap((props) => kindsOf(chartOf(props))));

  it.each([...emitted])('in every %s', (kind) => {
    const place = PLACES[kind];
    if (place === undefined) {
      throw new Error(`no patch is tried on the kind ${kind}: add one`);
    }
    for (const props of Object.values(variants)) {
      const chart = chartOf(props);
      for (const object of apiObjects(chart).filter((o) => o.kind === kind)) {
        object.addJsonPatch(JsonPatch.add(place.path, place.value));
        expect(at(object.toJson(), place.path)).toEqual(place.value);
      }
    }
  });
});

function apiObjects(chart: Chart): ApiObject[] {
  return chart.node.findAll().filter(ApiObject.isApiObject);
}

function kindsOf(chart: Chart): string[] {
  return apiObjects(chart).map(({ kind }) => kind);
}

function at(value: Manifest, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce((inner, key) => inner[key], value);
}
