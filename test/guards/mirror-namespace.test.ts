import { App, Chart, JsonPatch } from 'cdk8s';
import { SecuredStack } from '../../src/stack/secured-stack';
import { kind, type Manifest, minimal, objectsOf, variants } from '../support';

const GUARD = 'secured-mirror-guard-mirror';
const guarded = { ...minimal, ...variants.guards, guards: {} } as typeof minimal;
const policyOf = (objects: Manifest[], name: string) =>
  kind(objects, 'ValidatingAdmissionPolicy').find(({ metadata }) => metadata.name === `${GUARD}-${name}`).spec;
const pods = (settings: object = {}) => policyOf(objectsOf({ ...guarded, ...settings } as typeof minimal), 'pods');
const writers = (settings: object = {}) =>
  policyOf(objectsOf({ ...guarded, ...settings } as typeof minimal), 'namespace');
const variable = ({ variables }: Manifest, name: string) =>
  variables.find((one: Manifest) => one.name === name).expression;

/** The lists of a policy's expressions, together. */
function lists({ validations }: Manifest): string[] {
  const texts: string[] = validations.map(({ expression }: Manifest) => expression);
  return texts.flatMap((text) => [...text.matchAll(/ in (\[".*?"\])/g)].flatMap(([, list = '[]']) => JSON.parse(list)));
}

describe('the guard of the pods in the mirror’s namespace', () => {
  it('is this', () => {
    expect(pods()).toMatchSnapshot();
  });

  it('knows images by their names, whatever the version', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const images = { registryPrefix: 'registry.example.com:5000/mirror', spegel: { digest, tag: 'v9' } };
    expect(lists(pods({ images }))).toContain('spegel registry.example.com:5000/mirror/spegel-org/spegel');
    expect(JSON.stringify(pods({ images }))).not.toContain(digest);
    expect(pods({ images: { spegel: { tag: 'v8' } } })).toEqual(pods());
  });

  it.each(Object.entries(variants))('holds exactly what the pod has: %s', (_, props) => {
    const settings = { ...guarded, ...props, network: { ...guarded.network, ...props.network }, guards: {} };
    const objects = objectsOf(settings);
    const { volumes, containers, initContainers } = kind(objects, 'DaemonSet')[0].spec.template.spec;
    const found = lists(policyOf(objects, 'pods'));
    for (const { name, hostPath } of volumes)
      if (hostPath) expect(found).toContain(`${name} hostPath ${hostPath.path}`);
    expect(found.filter((word) => / hostPath /.test(word)).length).toBe(
      volumes.filter((v: Manifest) => v.hostPath).length,
    );
    for (const { name, securityContext } of [...containers, ...initContainers]) {
      expect(found).toContain(`${name} ${securityContext.runAsUser}`);
    }
    expect(found.filter((word) => /^(?!redirect).* [A-Z_]+$/.test(word))).toEqual([]);
  });

  it('follows what the app patches', () => {
    const chart = new Chart(new App(), 'test');
    const { daemonSet } = new SecuredStack(chart, 'stack', guarded);
    daemonSet.addJsonPatch(
      JsonPatch.add('/spec/template/spec/volumes/-', { name: 'more', hostPath: { path: '/var/more' } }),
      JsonPatch.add('/spec/template/spec/containers/-', { name: 'more', image: 'short:v1' }),
    );
    const found = lists(policyOf(chart.toJson(), 'pods'));
    expect(found).toEqual(expect.arrayContaining(['more hostPath /var/more', 'more short']));
  });

  it('lets pods of check in where the pull secrets are, and only there', () => {
    const messages = (policy: Manifest) =>
      policy.validations.map(({ messageExpression }: Manifest) => messageExpression);
    expect(messages(pods())).toContainEqual(expect.stringContaining("is for the mirror's own pods; who deletes"));
    const own = pods({ imagePullSecrets: ['site'] }).validations.find(({ messageExpression }: Manifest) =>
      messageExpression.includes('secure-mirror check'),
    );
    expect(own.expression).toMatchSnapshot();
  });
});

describe('the guard of changes in the mirror’s namespace', () => {
  it('is this', () => {
    expect(writers()).toMatchSnapshot();
  });

  it('keeps NetworkPolicies, also from being deleted, and lets the end of a namespace through', () => {
    const rules: Manifest[] = writers().matchConstraints.resourceRules;
    const operations = (resource: string) => rules.find(({ resources }) => resources.includes(resource))?.operations;
    expect(operations('networkpolicies')).toEqual(['CREATE', 'UPDATE', 'DELETE']);
    expect(operations('services')).toEqual(['CREATE', 'UPDATE']);
    expect(rules.filter(({ operations }) => operations.includes('DELETE')).length).toBe(1);
    expect(variable(writers(), 'excepted')).toContain(
      "variables.what == 'networkpolicies' ? (request.operation == 'DELETE' && (authorizer.group('networking.k8s.io')",
    );
  });

  it('takes for operators who could lift it anyway, unless groups are given', () => {
    expect(variable(writers(), 'lifter')).toContain(`.name('${GUARD}-namespace').check('patch')`);
    const operators = { groups: ['platform', 'o\'brien "s"'], fieldManagers: ['flux', 'pulumi-*'] };
    const policy = writers({ guards: { mirrorNamespace: { operators } } });
    expect(variable(policy, 'operator')).toBe(
      `request.userInfo.?groups.orValue([]).exists(group, group in ["platform","o'brien \\"s\\""])`,
    );
    expect(policy.validations.map(({ expression }: Manifest) => expression)).toMatchSnapshot();
  });

  it('judges the lists of the guards by every way to the Namespace', () => {
    const operators = { fieldManagers: ['flux'] };
    const { matchConstraints, validations } = writers({ guards: { mirrorNamespace: { operators } } });
    expect(matchConstraints.resourceRules).toContainEqual(
      expect.objectContaining({ resources: ['namespaces', 'namespaces/status', 'namespaces/finalize'] }),
    );
    expect(validations.length).toBe(2);
    expect(JSON.stringify(validations)).not.toMatch(/what == 'namespaces/);
  });

  it('reads no ConfigMap: without it nobody could make it again', () => {
    for (const policy of [pods(), writers()]) expect(policy.paramKind).toBeUndefined();
  });

  it('lets another program keep the bundle of CAs', () => {
    const trust = { configMap: 'bundle' };
    const authentication = { mutualTls: { issuer: { caSecret: 'mirror-ca' }, trust } };
    const excepted = variable(writers({ authentication }), 'excepted');
    expect(excepted).toContain('variables.name == "bundle" && (authorizer');
    // trust-manager has no right to update.
    expect(excepted).toContain(".resource('configmaps').check('patch')");
  });
});
