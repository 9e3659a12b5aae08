import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { checkEnvironment } from './environment';
import { kubectl } from './kubectl';
import { applyManifests, manifestsOfKind, NAMESPACE, scratch, synth } from './stack';

jest.setTimeout(300_000);

const root = join(__dirname, '..', '..');
const examples = existsSync(join(root, 'examples')) ? readdirSync(join(root, 'examples')) : [];
const files = ['stack.yaml', ...examples.map((name) => join('examples', name, 'stack.yaml'))].filter((file) =>
  existsSync(join(root, file)),
);

describe('the API server takes every example without a warning', () => {
  beforeAll(checkEnvironment);

  test.each(files)('%s', async (file) => {
    for (const manifests of await synth(join(root, file), join(scratch(), 'out'))) {
      // A dry run makes no namespace that the other objects could be in.
      const namespaces = [
        ...manifestsOfKind(manifests, 'Namespace'),
        ...manifestsOfKind(manifests, 'ServiceAccount').map(({ metadata: { namespace } }) => ({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: namespace },
        })),
      ].filter(({ metadata: { name } }, index, all) => all.findIndex((o) => o.metadata.name === name) === index);
      await kubectl(['apply', '--server-side', '-f', '-'], {
        input: namespaces.map((o) => stringify(o)).join('---\n'),
      });
      try {
        await applyManifests(manifests, '--dry-run=server');
      } finally {
        await kubectl([
          'delete',
          'namespace',
          NAMESPACE,
          ...namespaces.map((o) => o.metadata.name),
          '--ignore-not-found',
        ]);
      }
    }
  });
});
