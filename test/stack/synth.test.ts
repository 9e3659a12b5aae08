import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { VERSION } from '../../src/kubernetes/version';
import { fileHeader } from '../../src/stack/file-header';
import type { Files } from '../../src/stack/files';
import { readStackFile } from '../../src/stack/reader';
import { makeClusters } from '../../src/stack/synth';
import { yamlText } from '../../src/stack/yaml-text';

const ROOT = resolve(__dirname, '../..');
const DAY = '2025-06-01';
const files = ['stack.yaml', '.ci/manifests-stack.yaml', ...examples()].map((file) => join(ROOT, file));

function examples(): string[] {
  const folders = readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' });
  return folders.filter((file) => file.endsWith('/stack.yaml')).map((file) => join('examples', file));
}

const made = (file: string) => [...makeClusters(readStackFile(file, DAY).clusters, DAY, file)];

describe.each(files)('what synth makes of %s', (file) => {
  const clusters = made(file);

  it('is the same each time, byte for byte', () => {
    expect(made(file)).toEqual(clusters);
  });

  it('begins with a comment, and then has the objects as cdk8s writes them', () => {
    for (const { name, manifests } of clusters) {
      for (const [path, text] of Object.entries(manifests)) {
        const [first = '', second = '', ...rest] = text.split('\n');
        expect(first).toMatch(
          new RegExp(`^# Made by secure-mirror ${VERSION} from [\\w/.-]*stack[.]yaml for the cluster ${name}[.]$`),
        );
        expect(second).toMatch(/^# Do not edit: /);
        expect(text).not.toContain(ROOT);
        const objects = parseAllDocuments(text).map((document) => document.toJS());
        if (path !== 'Kustomization') expect(rest.join('\n')).toBe(yamlText(objects));
      }
    }
  });

  it('has a Kustomization with each manifest, in their order', () => {
    for (const { manifests } of clusters) {
      const { Kustomization = '', ...others } = manifests as Files;
      expect(parse(Kustomization)).toEqual({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        sortOptions: { order: 'fifo' },
        resources: Object.keys(others),
      });
      expect(Object.keys(others)[0]).toBe('mirror.k8s.yaml');
    }
  });
});

describe('the comment at the head of a file', () => {
  const source = (file: string) =>
    fileHeader('one', file)
      .split('\n')[0]
      ?.replace(/^.* from (.*) for the cluster one[.]$/, '$1');

  it.each([
    ['stack.yaml', 'stack.yaml'],
    ['./stack.yaml', 'stack.yaml'],
    ['clusters/../stack.yaml', 'stack.yaml'],
    ['../stack.yaml', '../stack.yaml'],
    [join(process.cwd(), 'clusters/stack.yaml'), 'clusters/stack.yaml'],
    // No path of a machine.
    ['/home/somebody/stack.yaml', 'stack.yaml'],
    // One line, whatever a name has in it.
    ['a\nkind: Secret', '"a\\nkind: Secret"'],
    ['my stack.yaml', '"my stack.yaml"'],
    ['a\u0085b\u2028c\u2029d\u009b.yaml', '"a\\u0085b\\u2028c\\u2029d\\u009b.yaml"'],
    ['übung 1.yaml', '"übung 1.yaml"'],
  ])('calls %j %s', (file, name) => {
    expect(source(file)).toBe(name);
    expect(
      fileHeader('one', file)
        .split('\n')
        .slice(0, -1)
        .every((line) => line.startsWith('# ')),
    ).toBe(true);
  });
});
