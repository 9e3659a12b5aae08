import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';

const page = readFileSync(resolve(__dirname, '../../docs/gitops.md'), 'utf8');
const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => parseAllDocuments(text));
// biome-ignore lint/suspicious/noExplicitAny: objects of several tools
const objects: any[] = blocks.flatMap((documents) => [...documents].map((document) => document.toJS()));
const ofKind = (apiVersion: string) => objects.filter((object) => object.apiVersion === apiVersion);

describe('the examples of docs/gitops.md', () => {
  it('are YAML', () => {
    expect(blocks.flat().flatMap(({ errors }) => errors)).toEqual([]);
    expect(objects.length).toBe(7);
  });

  it('are applied by the server, in waves, and into no other namespace than the objects name', () => {
    const applications = ofKind('argoproj.io/v1alpha1');
    const wave = ({ metadata }: { metadata: { annotations: { [name: string]: string } } }) =>
      Number(metadata.annotations['argocd.argoproj.io/sync-wave']);
    expect(applications.map(({ metadata }) => metadata.name)).toEqual(['cert-manager', 'secured-mirror']);
    expect(applications.map(wave)).toEqual([-1, 0]);
    for (const { spec } of applications) expect(spec.syncPolicy.syncOptions).toContain('ServerSideApply=true');
    expect(applications[1].spec.destination).not.toHaveProperty('namespace');
  });

  it('depend on what comes first, which waits for its health', () => {
    const [first, second] = ofKind('kustomize.toolkit.fluxcd.io/v1');
    expect(second.spec.dependsOn).toEqual([{ name: first.metadata.name }]);
    expect(first.spec.wait).toBe(true);
    expect(second.spec).not.toHaveProperty('targetNamespace');
  });

  it('transform nothing that compare finds', () => {
    const kustomizations = [...ofKind('kustomize.config.k8s.io/v1beta1'), ...objects.filter(({ patches }) => patches)];
    const forbidden = ['namespace', 'namePrefix', 'nameSuffix', 'commonLabels', 'images'];
    expect(kustomizations.length).toBeGreaterThanOrEqual(3);
    expect(kustomizations.flatMap((one) => Object.keys(one)).filter((key) => forbidden.includes(key))).toEqual([]);
  });
});

it('docs/gitops.md explains each code of compare', () => {
  const source = readFileSync(resolve(__dirname, '../../src/cli/compare/finding.ts'), 'utf8');
  const codes = [...source.matchAll(/^ {2}\| '(\w+)'/gm)].map(([, code = '']) => code);
  expect(codes.length).toBeGreaterThan(8);
  const rows = page.split('\n').filter((line) => /^\| `/.test(line) && /\| (problem|note)/.test(line));
  expect(codes.filter((code) => !rows.some((row) => row.split('|')[1]?.includes(`\`${code}\``)))).toEqual([]);
});
