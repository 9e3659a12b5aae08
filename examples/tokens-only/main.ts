import { App, Chart } from 'cdk8s';
import { ClusterTokens, IngressControllerTokens, PodsOf } from 'secure-mirror';

const app = new App();
const chart = new Chart(app, 'organisation-tokens');

// A pull token and a push token, of releases and of nightly builds. The push tokens are for CI alone: nothing in the cluster has them.
const ingressController = IngressControllerTokens.of({
  owner: 'team-kubernetes',
  releasePods: PodsOf.fromNames('kong', ['kong-controller']),
  nightlyPods: PodsOf.fromNames('kong-nightly', ['kong-controller']),
  quota: { plan: 'team' },
});
const { warnings } = new ClusterTokens(chart, 'tokens', {
  name: 'production',
  namespace: 'platform',
  tokens: [ingressController],
});
for (const warning of warnings) {
  console.error(`warning: ${warning}`);
}
app.synth();
