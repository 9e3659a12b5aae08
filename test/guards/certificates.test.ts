import { addressInRequest, mirrorNames, namesInRequest } from '../../src/guards/mirror-names';
import { inBase64 } from '../../src/guards/request-text';
import { resolveMirror } from '../../src/mirror/resolve';
import { kind, type Manifest, minimal, objectsOf, variants } from '../support';

const shared = { mutualTls: { issuer: { ref: { name: 'org', kind: 'ClusterIssuer' } } } };
const stack = (settings: object = {}) =>
  objectsOf({ ...minimal, ...variants.guards, guards: {}, ...settings } as typeof minimal);
const policies = (settings: object = {}): Manifest[] =>
  kind(stack(settings), 'ValidatingAdmissionPolicy').filter(({ metadata }) => /guard-certificate/.test(metadata.name));
const namesOf = (settings: object = {}) => mirrorNames(resolveMirror({ ...minimal, ...settings } as typeof minimal));

describe('the guards of certificates', () => {
  it('are these, with an issuer of the namespace', () => {
    expect(policies().map(({ spec }) => spec)).toMatchSnapshot();
  });

  it('ask more of an issuer that others use too', () => {
    const certificates = { commonName: 'mirror.example.com' };
    const authentication = { mutualTls: { ...shared.mutualTls, certificates } };
    const more = policies({ authentication }).map(({ spec: { validations, variables } }) => ({
      validations,
      variables,
    }));
    const less = JSON.stringify(policies().map(({ spec }) => spec));
    expect(
      more.map((spec) => ({
        validations: spec.validations.filter((one: Manifest) => !less.includes(JSON.stringify(one))),
        variables: spec.variables.filter((one: Manifest) => !less.includes(JSON.stringify(one))),
      })),
    ).toMatchSnapshot();
  });

  it('are not made without mutual TLS', () => {
    expect(policies({ ...variants.basic, network: variants.guards?.network })).toEqual([]);
  });
});

describe('names in a request', () => {
  const text = 'spiffe://test/ns/secured-mirror/peer';

  it.each([0, 1, 2, 3, 4])('are found wherever they begin: after %s bytes', (before) => {
    for (const after of ['', 'x', 'xy']) {
      const encoded = Buffer.from(`${'-'.repeat(before)}${text}${after}`).toString('base64');
      expect(inBase64(text).filter((part) => encoded.includes(part)).length).toBe(1);
    }
  });

  it('are long enough to be nobody else’s', () => {
    const { sharedIssuer, ...names } = namesOf() ?? { uri: '', dns: '', commonNames: [], address: '' };
    expect(sharedIssuer).toBeUndefined();
    for (const part of namesInRequest(names)) expect(part.length).toBeGreaterThan(20);
    for (const part of addressInRequest(names)) expect(part.length).toBeGreaterThanOrEqual(7);
  });

  it('have the scheme in no case, as it may be in capitals', () => {
    const names = namesInRequest(namesOf() ?? { uri: '', dns: '', commonNames: [], address: '' });
    const encoded = Buffer.from(text.replace('spiffe', 'SPIFFE')).toString('base64');
    expect(names.some((part) => encoded.includes(part))).toBe(true);
  });

  it.each([
    ['10.96.77.77', [0x87, 4, 10, 96, 77, 77]],
    ['10.96.77.77', [0x87, 16, ...Array(10).fill(0), 0xff, 0xff, 10, 96, 77, 77]],
    ['fd00::a:b', [0x87, 16, 0xfd, 0, ...Array(11).fill(0), 10, 0, 11]],
  ])('find the address %s', (address, bytes) => {
    const found = addressInRequest({ uri: '', dns: '', commonNames: [], address });
    for (const before of [0, 1, 2]) {
      const encoded = Buffer.from([...Array(before).fill(7), ...bytes, 9]).toString('base64');
      expect(found.some((part) => encoded.includes(part))).toBe(true);
    }
  });
});

describe('approver-policy', () => {
  const objects = stack({
    guards: { certificates: { approverPolicy: true } },
    metrics: { from: [{ namespace: 'monitoring' }] },
    authentication: {
      mutualTls: {
        ...shared.mutualTls,
        certificates: { commonName: 'm.example.com', subject: { organizations: ['Example'], serialNumber: '1' } },
      },
    },
  });
  const policies = kind(objects, 'CertificateRequestPolicy');

  it('learns what each Certificate asks for', () => {
    expect(policies.map(({ metadata, spec }) => [metadata.name, spec])).toMatchSnapshot();
    expect(policies.length).toBe(kind(objects, 'Certificate').length);
  });

  it('lets cert-manager use these policies for the mirror’s namespace, and nobody else', () => {
    const [role] = kind(objects, 'Role');
    expect(role.rules).toEqual([
      {
        apiGroups: ['policy.cert-manager.io'],
        resources: ['certificaterequestpolicies'],
        resourceNames: policies.map(({ metadata }) => metadata.name),
        verbs: ['use'],
      },
    ]);
    const [binding] = kind(objects, 'RoleBinding');
    expect(binding.metadata.namespace).toBe('secured-mirror');
    expect(binding.subjects).toEqual([{ kind: 'ServiceAccount', namespace: 'cert-manager', name: 'cert-manager' }]);
  });

  it('is told nothing unless asked for', () => {
    expect(kind(stack(), 'CertificateRequestPolicy')).toEqual([]);
  });
});
