// An app with copies of cdk8s, cdk8s-plus-28 and constructs that are not the library's. Prints what came of it, as JSON.
const { ApiObject, App, Chart, JsonPatch, Lazy, Testing } = require('cdk8s');
const { Secret, ServiceAccount } = require('cdk8s-plus-28');
const { Construct } = require('constructs');

const { readFileSync, rmSync } = require('node:fs');
const { createRequire } = require('node:module');
const library = createRequire(process.argv[2]);
const { CertificateIssuer, PodsOf, SecuredStack } = library(process.argv[2]);
const [cluster] = JSON.parse(readFileSync('stack.json', 'utf8')).clusters;

const app = new App();
const chart = new Chart(app, 'chart', { namespace: cluster.namespace ?? 'secured-mirror' });
const ca = new Secret(chart, 'ca', { metadata: { name: 'our-ca' } });
const issuer = CertificateIssuer.ofCaSecret(ca);
const stack = new SecuredStack(chart, 'stack', { ...cluster, authentication: { mutualTls: { issuer } } });
const mirror = ApiObject.of(stack.node.findChild('mirror'));
mirror.addJsonPatch(JsonPatch.add('/spec/updateStrategy/rollingUpdate/maxUnavailable', 2));
mirror.metadata.addAnnotation('late', Lazy.any({ produce: () => 'value' }));
stack.node.addDependency(ca);
app.synthYaml();
const objects = app.charts.flatMap((one) => one.toJson());
const daemonSet = objects.find(({ kind }) => kind === 'DaemonSet');

const tested = Testing.chart();
rmSync(App.of(tested).outdir, { recursive: true });
const plain = new SecuredStack(tested, 'stack', cluster);

const other = new App();
const shared = new Chart(other, 'chart');
const account = new ServiceAccount(shared, 'account', { metadata: { name: 'kong-controller', namespace: 'kong' } });
const pull = { purpose: 'a pull', repositories: ['a/a'], owner: 'a', bindTo: PodsOf.serviceAccounts([account]) };
new SecuredStack(shared, 'stack', { ...cluster, tokens: [{ organization: 'a', pull: [pull] }] });
let mistake;
try {
  other.synthYaml();
} catch (error) {
  mistake = error.message;
}

process.stdout.write(
  JSON.stringify({
    copies: ['cdk8s', 'constructs'].map((name) => library.resolve(name) !== require.resolve(name)),
    construct: plain instanceof Construct || Construct.isConstruct(plain),
    first: objects[0].kind,
    issuer: objects.find(({ kind }) => kind === 'Issuer').spec,
    patched: [daemonSet.spec.updateStrategy.rollingUpdate.maxUnavailable, daemonSet.metadata.annotations.late],
    tested: Testing.synth(tested),
    mistake,
  }),
);
