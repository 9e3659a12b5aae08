import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileWithJsii } from './jsii';

jest.setTimeout(600_000);

/** Warnings that stay, and why. */
const ALLOWED: [RegExp, string][] = [
  [
    /JSII5018: "(namespace|ref|operator)" is a reserved word in C#/,
    'they are the keys of stack.yaml and the words of Kubernetes',
  ],
  [/JSII5018: "from" is a reserved word in Python/, 'NetworkPolicies of Kubernetes say from'],
  [/update-strategy-props.* JSII5018: "type" is a reserved word in Go/, 'the updateStrategy of Kubernetes says type'],
];

const folders: string[] = [];
const scratch = () => {
  const folder = mkdtempSync(join(tmpdir(), 'secure-mirror-jsii-'));
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A type of the assembly, as far as it is looked at. */
interface AssemblyType {
  readonly kind: string;
  readonly docs?: { readonly summary?: string };
}

describe('jsii', () => {
  const folder = scratch();
  let said: string[] = [];

  it('compiles the library', () => {
    said = compileWithJsii(folder);
    expect(said.filter((line) => !ALLOWED.some(([pattern]) => pattern.test(line)))).toEqual([]);
  });

  it('still warns of all that is allowed', () => {
    expect(ALLOWED.filter(([pattern]) => !said.some((line) => pattern.test(line)))).toEqual([]);
  });

  it('finds these classes and references in it, all documented', () => {
    const { types } = JSON.parse(readFileSync(join(folder, '.jsii'), 'utf8')) as {
      types: Record<string, AssemblyType>;
    };
    const named = (kind: string, pattern = /./) =>
      Object.entries(types)
        .map(([name, type]) => [name.replace('secure-mirror.', ''), type] as const)
        .filter(([name, type]) => type.kind === kind && pattern.test(name));
    expect(
      named('class')
        .map(([name]) => name)
        .sort(),
    ).toEqual([
      'Authentication',
      'BasicCredential',
      'CertificateIssuer',
      'ClusterTokens',
      'Entry',
      'IngressControllerTokens',
      'MirrorSecret',
      'OrganizationTokens',
      'PodsOf',
      'PullToken',
      'PushToken',
      'SecuredStack',
    ]);
    expect(
      named('interface', /^I[A-Z][a-z]\w*Reference$/)
        .map(([name]) => name)
        .sort(),
    ).toEqual(['IIssuerReference', 'IObjectReference', 'ISecretReference', 'IServiceAccountReference']);
    expect(Object.values(types).filter(({ docs }) => !docs?.summary)).toEqual([]);
  });

  it('fails where something cannot be said in other languages', () => {
    const generic =
      'export interface Broken { readonly names: Partial<BrokenToo>; }\nexport interface BrokenToo { readonly a: string; }\n';
    const broken = () =>
      compileWithJsii(scratch(), (copy) => appendFileSync(join(copy, 'src/tokens/props/tokens-settings.ts'), generic));
    expect(broken).toThrow(/error JSII/);
  });
});
