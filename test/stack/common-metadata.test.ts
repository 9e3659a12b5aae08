import { resolveTokens } from '../../src/tokens/resolve';
import { kind, type Manifest, minimal, objectsOf, tokens, variants } from '../support';

const OWN = ['name', 'part-of', 'version', 'managed-by'].map((label) => `app.kubernetes.io/${label}`);

/** Objects without the metadata that `labels` and `annotations` may change. */
function withoutCommon(objects: Manifest[]): Manifest[] {
  return objects.map(({ metadata: { labels, annotations, ...metadata }, ...object }) => ({ ...object, metadata }));
}

/** Whether an object is the ServiceAccount of a workload, and so its owner's. */
function isOfOthers({ kind, metadata }: Manifest, accounts: string[]): boolean {
  return kind === 'ServiceAccount' && accounts.includes(`${metadata.namespace}/${metadata.name}`);
}

describe.each(Object.entries(variants))('the objects of a stack: %s', (_, props) => {
  const accounts = resolveTokens(props).serviceAccounts.map(({ namespace, name }) => `${namespace}/${name}`);
  const marks = { labels: { team: 'platform' }, annotations: { 'example.com/note': 'ours' } };
  const objects = objectsOf(props);
  const marked = objectsOf({ ...props, ...marks });

  it('say what they belong to, but for ServiceAccounts of workloads', () => {
    for (const object of objects) {
      const labels = Object.keys(object.metadata.labels ?? {});
      if (isOfOthers(object, accounts)) expect(labels).toEqual([]);
      else expect(labels).toEqual(expect.arrayContaining(OWN));
    }
  });

  it('have the labels and annotations of the user, and nothing else depends on these', () => {
    for (const object of marked) {
      const { labels = {}, annotations = {} } = object.metadata;
      const isMarked = [labels.team, annotations['example.com/note']];
      expect(isMarked).toEqual(isOfOthers(object, accounts) ? [undefined, undefined] : ['platform', 'ours']);
    }
    expect(withoutCommon(marked)).toEqual(withoutCommon(objects));
  });
});

describe('the labels of the stack', () => {
  const objects = objectsOf({ ...minimal, today: '2025-06-01', tokens });

  it('are in no selector, as the ones of a DaemonSet never change, and in no pod, as a version would replace it', () => {
    const [{ spec }] = kind(objects, 'DaemonSet') as [Manifest];
    const known = { 'app.kubernetes.io/name': 'secured-mirror', 'app.kubernetes.io/component': 'mirror' };
    expect(spec.selector).toEqual({ matchLabels: known });
    for (const { spec } of kind(objects, 'Service')) expect(spec.selector).toEqual(known);
    expect(spec.template.metadata.labels).toEqual({ ...known, 'app.kubernetes.io/managed-by': 'secure-mirror' });
    const others = objects.map(({ metadata, ...object }) => JSON.stringify(object)).join();
    expect(others).not.toMatch(/app[.]kubernetes[.]io\/(version|part-of)/);
  });
});
